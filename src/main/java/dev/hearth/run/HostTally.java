package dev.hearth.run;

/**
 * The recap of one host, counted as {@code ansible-playbook} counts.
 *
 * @param host its name in the inventory
 * @param ok tasks that ended well, the changed ones included
 * @param changed tasks that changed something
 * @param unreachable 1 when it was lost
 * @param failed tasks that failed and were not rescued
 * @param skipped tasks that did not apply
 * @param rescued blocks that failed and were rescued
 * @param ignored failures that were ignored
 * @param roundTrips how often the run waited for its answers
 */
public record HostTally(
    String host,
    int ok,
    int changed,
    int unreachable,
    int failed,
    int skipped,
    int rescued,
    int ignored,
    int roundTrips) {

  /** A host of which nothing is known yet. */
  public static HostTally of(String host) {
    return new HostTally(host, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** The same with this result counted. */
  public HostTally plus(Event.Status status) {
    return switch (status) {
      case OK -> add(1, 0, 0, 0, 0, 0, 0);
      case CHANGED -> add(1, 1, 0, 0, 0, 0, 0);
      case SKIPPED -> add(0, 0, 0, 0, 1, 0, 0);
      case FAILED -> add(0, 0, 0, 1, 0, 0, 0);
      case IGNORED -> add(1, 0, 0, 0, 0, 0, 1);
      case UNREACHABLE -> add(0, 0, 1, 0, 0, 0, 0);
      case UNREACHABLE_IGNORED -> add(1, 0, 0, 0, 0, 0, 1);
    };
  }

  /** The same with one failure turned into a rescue. */
  public HostTally rescuedOne() {
    return add(0, 0, 0, -1, 0, 1, 0);
  }

  /** The same with an ignored failure that also changed something. */
  public HostTally changedToo() {
    return add(0, 1, 0, 0, 0, 0, 0);
  }

  /** The same with so many round trips. */
  public HostTally withRoundTrips(int number) {
    return new HostTally(host, ok, changed, unreachable, failed, skipped, rescued, ignored, number);
  }

  private HostTally add(
      int okMore, int changedMore, int lost, int failedMore, int skippedMore, int saved, int let) {
    return new HostTally(
        host,
        ok + okMore,
        changed + changedMore,
        unreachable + lost,
        failed + failedMore,
        skipped + skippedMore,
        rescued + saved,
        ignored + let,
        roundTrips);
  }
}
