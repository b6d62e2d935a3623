package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.inventory.Host;
import dev.hearth.journal.Receipt;
import dev.hearth.journal.RunStore;
import dev.hearth.receipt.Receipts;
import dev.hearth.receipt.RunRecorder;
import dev.hearth.receipt.TakingBack;
import dev.hearth.receipt.Way;
import dev.hearth.run.Event;
import dev.hearth.view.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Takes hosts down by their receipts: what was done is taken back, the last thing first. */
final class ReceiptTeardown {

  private final Environment environment;
  private final Workbench bench;
  private final boolean drifted;
  private final Duration patience;

  /**
   * @param drifted whether what was changed since is taken back as well
   * @param patience how long to wait for another run's lock
   */
  ReceiptTeardown(Environment environment, Workbench bench, boolean drifted, Duration patience) {
    this.patience = patience;
    this.environment = environment;
    this.bench = bench;
    this.drifted = drifted;
  }

  /**
   * Shows what would be taken back, asks, and does it.
   *
   * @param check whether only to show it
   * @param agreed asks whether to go on
   */
  ExitCode of(List<Host> hosts, boolean check, Predicate<String> agreed) {
    RunStore store = bench.store();
    Receipts receipts =
        new Receipts(
            store,
            environment.ownPlace(),
            Version.text(),
            warning -> bench.sink().accept(new Event.Warned(warning)));
    try (HostWays ways = new HostWays(bench)) {
      Map<Host, Receipt> all = new LinkedHashMap<>();
      boolean something = false;
      for (Host host : hosts) {
        Receipt receipt = Tailnet.last(receipts.read(reader(host, ways)));
        Optional<Host> same =
            all.entrySet().stream()
                .filter(other -> sameMachine(other.getValue(), receipt))
                .map(Map.Entry::getKey)
                .findFirst();
        if (same.isPresent()) {
          say(host.name() + ": the same machine as " + same.get().name() + ", taken down with it");
          continue;
        }
        tellOtherNames(host, receipt);
        all.put(host, receipt);
        something |= !receipt.steps().isEmpty();
        show(host, taking(host, receipt, ways).plan());
        Tailnet.warning(receipt, ways.to(host, ""))
            .ifPresent(warning -> bench.sink().accept(new Event.Warned(warning)));
      }
      if (check || !something) {
        return ExitCode.OK;
      }
      if (!agreed.test("the receipts above")) {
        return ExitCode.FAILED;
      }
      return take(all, ways);
    }
  }

  /** No two machines have a step of the same run with the same number. */
  private static boolean sameMachine(Receipt one, Receipt other) {
    return !one.steps().isEmpty() && one.steps().equals(other.steps());
  }

  private void tellOtherNames(Host host, Receipt receipt) {
    Set<String> others = receipt.names();
    others.remove(host.name());
    if (!others.isEmpty() && !receipt.steps().isEmpty()) {
      bench
          .sink()
          .accept(
              new Event.Warned(
                  Diagnostic.warning(host.name() + " is also known as " + String.join(", ", others))
                      .because("its receipt has what was done under all of these names")
                      .next("this takes all of it back")));
    }
  }

  /** The receipt is with root where there is a way to become root, which most hosts give. */
  private Way reader(Host host, HostWays ways) {
    Way plain = ways.to(host, "");
    return plain.own() ? plain : ways.to(host, "root");
  }

  private TakingBack taking(Host host, Receipt receipt, HostWays ways) {
    return new TakingBack(
        user -> ways.to(host, user), environment.ownPlace(), drifted, receipt.steps());
  }

  private ExitCode take(Map<Host, Receipt> all, HostWays ways) {
    RunRecorder recorder =
        bench
            .journals()
            .begin(
                bench.journals().purpose(false, Set.of(), Optional.empty(), patience),
                Map.of("hosts", all.keySet().stream().map(Host::name).toList()));
    ExitCode exit = ExitCode.FAILED;
    try {
      exit = ExitCode.OK;
      for (Map.Entry<Host, Receipt> one : all.entrySet()) {
        Host host = one.getKey();
        recorder.lock(reader(host, ways));
        TakingBack taking = taking(host, one.getValue(), ways);
        List<TakingBack.Taken> left = new ArrayList<>();
        int done = 0;
        for (Receipt.Step step : one.getValue().steps().reversed()) {
          TakingBack.Taken taken = taking.take(step);
          recorder.undone(reader(host, ways), TakingBack.record(taken));
          if (List.of("done", "same").contains(taken.how())) {
            done++;
          } else {
            left.add(taken);
          }
          if (taken.how().equals("failed")) {
            exit = ExitCode.HOSTS_FAILED;
          }
        }
        say(
            "\n"
                + host.name()
                + ": "
                + done
                + " steps taken back"
                + (left.isEmpty() ? "" : ", left:"));
        lines(left.stream());
      }
      return exit;
    } finally {
      recorder.finish(exit);
    }
  }

  private void show(Host host, List<TakingBack.Taken> plan) {
    if (plan.isEmpty()) {
      say(host.name() + ": the receipt is empty, there is nothing to take back");
      return;
    }
    say(host.name() + ": " + plan.size() + " steps, the last one first");
    lines(plan.stream().filter(taken -> taken.how().equals("impossible")));
    lines(plan.stream().filter(taken -> !taken.how().equals("impossible")));
  }

  /** Alike ones behind each other, such as those of a loop, are told once with their number. */
  private void lines(Stream<TakingBack.Taken> several) {
    List<List<String>> before = new ArrayList<>();
    several
        .map(ReceiptTeardown::lines)
        .forEach(
            lines -> {
              if (!before.isEmpty() && !before.getLast().equals(lines)) {
                say(before);
              }
              before.add(lines);
            });
    say(before);
  }

  private void say(List<List<String>> alike) {
    if (alike.isEmpty()) {
      return;
    }
    List<String> lines = alike.getLast();
    say(lines.getFirst() + (alike.size() == 1 ? "" : "  " + alike.size() + " times"));
    lines.stream().skip(1).forEach(this::say);
    alike.clear();
  }

  private static List<String> lines(TakingBack.Taken taken) {
    List<String> lines = new ArrayList<>();
    String sign =
        switch (taken.how()) {
          case "would", "done" -> "  take back  ";
          case "same" -> "  nothing    ";
          case "impossible" -> "  cannot     ";
          case "failed" -> "  FAILED     ";
          default -> "  leave      ";
        };
    lines.add(sign + taken.step().intended().what() + "   (" + taken.step().intended().at() + ")");
    for (TakingBack.Fate part : taken.parts()) {
      String action =
          switch (part.part().kind()) {
            case RESTORE, TREE -> "put back " + part.part().text();
            case ATTRIBUTES -> "put back owners and modes below " + part.part().text();
            case APPEARED, RUN -> part.part().text();
            case WATCH, NOTHING, IMPOSSIBLE -> "";
          };
      String told =
          (action.isEmpty() ? "" : action) + (part.why().isEmpty() ? "" : ": " + part.why());
      if (!told.isEmpty() && !part.how().equals("same")) {
        lines.add("               " + told.replaceFirst("^: ", ""));
      }
    }
    return lines;
  }

  private void say(String line) {
    environment.out().println(bench.masker().mask(Printable.of(line)));
  }
}
