package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.plan.Undo;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a rule counts.
 *
 * @param query options that ask for it
 * @param permanent whether to ask for after a restart
 * @param immediate whether to ask for now
 */
record FirewallFact(List<String> query, boolean permanent, boolean immediate)
    implements Fact<FirewallFact.Answer> {

  private static final String PROBE =
      """
      permanent=$1 immediate=$2
      shift 2
      if ! command -v firewall-cmd >/dev/null; then
        echo "firewalld is not on this host; install it first" >&2
        exit 127
      fi
      if firewall-cmd --state >/dev/null 2>&1; then
        echo runs
        lasting() { firewall-cmd --permanent "$@"; }
      else
        lasting() { firewall-offline-cmd "$@"; }
        immediate=no
      fi
      case $1 in
        zone)
          case " $(lasting --get-zones | tr '\\n' ' ') " in *" $2 "*) echo permanent ;; esac
          exit 0
          ;;
        target)
          [ "$(lasting $3 --get-target)" != "$2" ] || echo permanent
          exit 0
          ;;
      esac
      if [ "$immediate" = yes ] && firewall-cmd "$@" >/dev/null 2>&1; then echo immediate; fi
      if [ "$permanent" = yes ] && lasting "$@" >/dev/null 2>&1; then echo permanent; fi
      exit 0
      """;

  /** Tells it all in one line. */
  private static final String WATCH =
      "look() (\n" + PROBE + ")\ntold=$(look \"$@\") || exit\necho counts: $told\n";

  /** The answer. */
  record Answer(boolean runs, boolean permanent, boolean immediate) {}

  @Override
  public String key() {
    return "firewalld " + String.join(" ", query);
  }

  @Override
  public Script probe() {
    return script(PROBE);
  }

  /** Where the rule counts, to be looked at later. */
  Undo.Watch watch() {
    return new Undo.Watch(key(), script(WATCH));
  }

  private Script script(String body) {
    List<String> words =
        new ArrayList<>(List.of(permanent ? "yes" : "no", immediate ? "yes" : "no"));
    words.addAll(query);
    return Script.of(body, words.toArray(String[]::new));
  }

  @Override
  public Answer parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact(answer.err().strip());
    }
    List<String> lines = answer.out().lines().toList();
    return new Answer(
        lines.contains("runs"), lines.contains("permanent"), lines.contains("immediate"));
  }
}
