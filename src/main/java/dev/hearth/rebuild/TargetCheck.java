package dev.hearth.rebuild;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Holds what a rebuild came to against its targets. */
final class TargetCheck {

  private final List<Result> results = new ArrayList<>();

  /**
   * One target.
   *
   * @param name what is held against it
   * @param wanted how long at most
   * @param was how long in seconds; -1 when it was not reached
   */
  record Result(String name, Duration wanted, long was) {

    boolean met() {
      return was >= 0 && was <= wanted.toSeconds();
    }

    /** For people. */
    String told() {
      return name
          + (met() ? ": met, " : ": MISSED, ")
          + (was < 0 ? "not reached" : was + " s")
          + "; wanted within "
          + wanted.toSeconds()
          + " s";
    }
  }

  /**
   * @param passed whether the rebuild came to its end
   * @param seconds how long it took without waiting for people
   * @param ready when services were ready, in seconds from its begin
   * @param ages of what came back, in seconds
   */
  TargetCheck(
      Targets targets,
      boolean passed,
      long seconds,
      Map<String, Long> ready,
      Map<String, Long> ages) {
    targets.rto().ifPresent(rto -> add("RTO", rto, passed ? seconds : -1));
    new TreeMap<>(targets.services())
        .forEach(
            (service, wanted) ->
                add(
                    "RTO of " + service,
                    wanted,
                    ready.entrySet().stream()
                        .filter(one -> one.getKey().startsWith(service + "@"))
                        .mapToLong(Map.Entry::getValue)
                        .max()
                        .orElse(-1)));
    targets
        .rpo()
        .ifPresent(
            rpo -> new TreeMap<>(ages).forEach((what, age) -> add("RPO of " + what, rpo, age)));
  }

  private void add(String name, Duration wanted, long was) {
    results.add(new Result(name, wanted, was));
  }

  /** All of them. */
  List<Result> results() {
    return List.copyOf(results);
  }
}
