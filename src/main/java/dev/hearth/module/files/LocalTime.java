package dev.hearth.module.files;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;

/**
 * What a time of day in the host's time zone is in seconds since 1970.
 *
 * @param stamp {@code CCYYMMDDhhmm.SS}
 */
record LocalTime(String stamp) implements Fact<Long> {

  @Override
  public String key() {
    return "time " + stamp;
  }

  @Override
  public Script probe() {
    String readable =
        stamp.substring(0, 4)
            + "-"
            + stamp.substring(4, 6)
            + "-"
            + stamp.substring(6, 8)
            + " "
            + stamp.substring(8, 10)
            + ":"
            + stamp.substring(10, 12)
            + ":"
            + stamp.substring(13);
    return Script.of("date -d \"$1\" +%s\n", readable);
  }

  @Override
  public Long parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact("the host does not understand the time " + stamp);
    }
    return Long.valueOf(answer.out().strip());
  }
}
