package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;

/**
 * A user's timetable as crontab shows it.
 *
 * @param user whose; empty for the user that the task becomes
 */
record CrontabFact(String user) implements Fact<String> {

  private static final String PROBE =
      """
      if ! command -v crontab >/dev/null; then
        echo "crontab is not on this host; install cron" >&2
        exit 2
      fi
      if [ -n "$1" ] && [ "$1" != "$(id -un)" ]; then crontab -u "$1" -l; else crontab -l; fi
      """;

  @Override
  public String key() {
    return "crontab " + user;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, user);
  }

  @Override
  public String parse(Outcome.Exited answer) {
    if (answer.code() > 1) {
      throw new UnreadableFact("cannot read the timetable: " + answer.err().strip());
    }
    return answer.code() == 1 ? "" : answer.out();
  }
}
