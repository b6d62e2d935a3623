package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A systemd unit's state and enablement.
 *
 * @param name with or without its suffix
 * @param scope {@code system}, {@code user} or {@code global}
 */
record UnitFact(String name, String scope) implements Fact<Unit> {

  /** For the user's own manager: where its bus is when nobody set it. */
  static final String USER_BUS =
      """
      if [ "$1" = user ] && [ -z "${XDG_RUNTIME_DIR-}" ]; then
        XDG_RUNTIME_DIR=/run/user/$(id -u)
        export XDG_RUNTIME_DIR
      fi
      """;

  private static final String PROBE =
      USER_BUS
          + """
      if [ "$1" != global ]; then systemctl "--$1" show -- "$2" 2>&1; fi
      printf '@@@@\\n%s\\n@@@@\\n' "$?"
      systemctl "--$1" is-enabled -- "$2" 2>/dev/null
      printf '@@@@\\n%s\\n' "$?"
      """;

  @Override
  public String key() {
    return "unit " + scope + " " + name;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, scope, name);
  }

  @Override
  public Unit parse(Outcome.Exited answer) {
    Sections sections = Sections.of(answer.out());
    boolean reachable = sections.get(1).equals("0");
    String enablement = sections.get(2).strip();
    boolean enabled =
        sections.get(3).equals("0")
            && !enablement.equals("indirect")
            && !enablement.equals("alias");
    if (!reachable) {
      return new Unit(Map.of(), enablement, enabled, false, sections.get(0).strip());
    }
    Map<String, String> properties = new LinkedHashMap<>();
    String last = "";
    for (String line : sections.lines(0)) {
      int equals = line.indexOf('=');
      if (equals > 0 && line.substring(0, equals).matches("[A-Za-z0-9]+")) {
        last = line.substring(0, equals);
        properties.merge(last, line.substring(equals + 1), (before, more) -> before + " ; " + more);
      } else if (!last.isEmpty()) {
        properties.merge(last, line, (before, more) -> before + "\n" + more);
      }
    }
    return new Unit(properties, enablement, enabled, true, "");
  }
}
