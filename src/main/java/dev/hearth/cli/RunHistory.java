package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.journal.Entry;
import dev.hearth.journal.Journal;
import dev.hearth.journal.Receipt;
import dev.hearth.journal.RunStore;
import dev.hearth.view.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the journals of a store tell, as text. */
final class RunHistory {

  private final RunStore store;

  RunHistory(RunStore store) {
    this.store = store;
  }

  /**
   * The list of runs.
   *
   * @param text a line for each run, the oldest first
   * @param damaged what is wrong with those whose records cannot be read
   */
  record Listed(String text, List<Diagnostic> damaged) {

    /** Keeps its own copy. */
    Listed {
      damaged = List.copyOf(damaged);
    }
  }

  /** All runs; one whose records are damaged hides no other. */
  Listed list() {
    StringBuilder text = new StringBuilder();
    List<Diagnostic> damaged = new ArrayList<>();
    for (String run : store.runs()) {
      try {
        line(text, run + "  " + told(run));
      } catch (HearthException unreadable) {
        line(text, run + "  damaged");
        damaged.addAll(unreadable.diagnostics());
      }
    }
    return new Listed(text.toString(), damaged);
  }

  private String told(String run) {
    Optional<Journal> begun = store.run(run);
    if (begun.isEmpty()) {
      return "cut off       before its journal began";
    }
    Journal journal = begun.get();
    List<String> hosts = new ArrayList<>();
    for (Journal host : store.hosts(run)) {
      long steps = host.entries().stream().filter(Entry.Intended.class::isInstance).count();
      long undone = host.entries().stream().filter(Entry.Undone.class::isInstance).count();
      hosts.add(
          host.header().host()
              + (steps > 0 ? " " + steps + (steps == 1 ? " step" : " steps") : "")
              + (undone > 0 ? " " + undone + " undone" : ""));
    }
    return "%-12s".formatted(end(run, journal))
        + "  "
        + String.join(" ", journal.header().details().getOrDefault("arguments", List.of()))
        + (hosts.isEmpty() ? "" : "  [" + String.join(", ", hosts) + "]");
  }

  private String end(String run, Journal journal) {
    if (!journal.ended()) {
      return store.isRunning(run) ? "running" : "cut off";
    }
    int exit = ((Entry.End) journal.entries().getLast()).exit();
    return exit == 0 ? "ok" : "exit " + exit;
  }

  /** All that a run did, host by host. */
  String show(String run) {
    Journal journal = store.journalOf(run);
    StringBuilder text = new StringBuilder();
    line(text, "run        " + run);
    journal
        .header()
        .details()
        .forEach(
            (name, values) -> {
              if (!values.isEmpty()) {
                line(text, "%-10s %s".formatted(name, String.join(" ", values)));
              }
            });
    line(text, "version    " + journal.header().tool());
    line(text, "end        " + end(run, journal));
    for (Journal host : store.hosts(run)) {
      line(text, "");
      line(text, host.header().host() + (host.torn() > 0 ? "  (the last record was cut off)" : ""));
      Receipt.steps(host.entries()).forEach(step -> step(text, step));
      for (Entry entry : host.entries()) {
        if (entry instanceof Entry.Undone undone) {
          line(
              text,
              "  step "
                  + undone.step()
                  + " of "
                  + undone.run()
                  + " undone: "
                  + undone.how()
                  + (undone.why().isEmpty() ? "" : ", " + undone.why()));
        }
      }
    }
    return text.toString();
  }

  private static void step(StringBuilder text, Receipt.Step step) {
    Entry.Intended intended = step.intended();
    line(
        text,
        "%5d  %s%s"
            .formatted(
                intended.step(),
                intended.what(),
                intended.user().isEmpty() ? "" : " as " + intended.user()));
    line(text, "       task  " + intended.task() + "  (" + intended.at() + ")");
    line(text, "       end   " + step.ended().map(RunHistory::ended).orElse("cut off"));
    for (Entry.Part part : intended.undo()) {
      line(
          text,
          (part.kind() == Entry.Kind.WATCH ? "       left  " : "       undo  ")
              + switch (part.kind()) {
                case RESTORE, TREE -> "put back " + part.text();
                case ATTRIBUTES -> "put back owners and modes below " + part.text();
                case APPEARED -> part.text() + ": " + appeared(step);
                case RUN -> part.text();
                case WATCH -> part.text() + left(step, part);
                case NOTHING -> "nothing: " + part.text();
                case IMPOSSIBLE -> "impossible: " + part.text();
              });
    }
  }

  private static String left(Receipt.Step step, Entry.Part part) {
    int number = step.intended().undo().indexOf(part);
    return step.ended()
        .filter(ended -> number < ended.after().size())
        .map(ended -> ": " + ended.after().get(number))
        .orElse("");
  }

  private static String appeared(Receipt.Step step) {
    return String.join(" ", step.ended().map(Entry.Ended::appeared).orElse(List.of()));
  }

  private static String ended(Entry.Ended ended) {
    OptionalInt exit = ended.exit();
    return exit.isEmpty()
        ? ended.how()
        : exit.getAsInt() == 0 ? "ok" : "exit status " + exit.getAsInt();
  }

  private static void line(StringBuilder text, String line) {
    text.append(Printable.of(line)).append('\n');
  }
}
