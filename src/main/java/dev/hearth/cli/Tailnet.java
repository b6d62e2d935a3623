package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.journal.Entry;
import dev.hearth.journal.Receipt;
import dev.hearth.receipt.Way;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tailscale may be the way to a host, so it is taken back last. */
final class Tailnet {

  private static final String NAME = "tailscale";

  private Tailnet() {}

  /**
   * The receipt with the steps of Tailscale first, so that they are taken back last. Where another
   * step touched a path of theirs, the order stays: it decides what comes back.
   */
  static Receipt last(Receipt receipt) {
    List<Receipt.Step> own = receipt.steps().stream().filter(Tailnet::isOwn).toList();
    List<Receipt.Step> others = receipt.steps().stream().filter(step -> !isOwn(step)).toList();
    Set<String> paths = paths(own);
    if (paths(others).stream().anyMatch(paths::contains)) {
      return receipt;
    }
    return new Receipt(receipt.header(), Stream.concat(own.stream(), others.stream()).toList());
  }

  private static Set<String> paths(List<Receipt.Step> steps) {
    return steps.stream()
        .flatMap(step -> step.intended().undo().stream())
        .filter(
            part ->
                Set.of(Entry.Kind.RESTORE, Entry.Kind.TREE, Entry.Kind.ATTRIBUTES)
                    .contains(part.kind()))
        .map(Entry.Part::text)
        .collect(Collectors.toSet());
  }

  private static boolean isOwn(Receipt.Step step) {
    Entry.Intended intended = step.intended();
    return Stream.concat(
            Stream.of(intended.task(), intended.what(), intended.at()),
            intended.undo().stream().map(Entry.Part::text))
        .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(NAME));
  }

  /** Warns when what is taken back includes the way on which the host is reached. */
  static Optional<Diagnostic> warning(Receipt receipt, Way way) {
    if (receipt.steps().stream().noneMatch(Tailnet::isOwn)) {
      return Optional.empty();
    }
    // client, its port, the host's own address, its port
    Script script = Script.of("set -- ${SSH_CONNECTION:-}; printf '%s' \"${3:-}\"");
    return way.connection().run(script, way.become()) instanceof Outcome.Exited end
            && isIn(end.out())
        ? Optional.of(
            Diagnostic.warning(way.host() + " is reached through its tailnet, at " + end.out())
                .because("taking Tailscale back ends this very connection; it comes last")
                .next("have another way into the host at hand, or take it down through that"))
        : Optional.empty();
  }

  /**
   * Whether an address is one of those that Tailscale gives: 100.64.0.0/10 or fd7a:115c:a1e0::/48.
   */
  static boolean isIn(String address) {
    if (address.toLowerCase(Locale.ROOT).startsWith("fd7a:115c:a1e0:")) {
      return true;
    }
    if (!address.matches("100\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}")) {
      return false;
    }
    int second = Integer.parseInt(address.split("\\.")[1]);
    return second >= 64 && second < 128;
  }
}
