package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What ufw's own files say: whether it is on, its logging and its default policies. */
record UfwState() implements Fact<UfwState.Answer> {

  private static final String PROBE =
      """
      if ! command -v ufw >/dev/null; then
        echo "ufw is not on this host; install it first" >&2
        exit 1
      fi
      grep -hE '^(ENABLED|LOGLEVEL|DEFAULT_[A-Z]*_POLICY)=' /etc/ufw/ufw.conf /etc/default/ufw
      """;

  /**
   * The answer.
   *
   * @param settings by name, lower case, without quotes
   */
  record Answer(Map<String, String> settings) {

    boolean enabled() {
      return settings.getOrDefault("ENABLED", "no").equals("yes");
    }

    String logging() {
      return settings.getOrDefault("LOGLEVEL", "off");
    }

    /** The default policy for a direction as ufw's command line names it. */
    String policy(String direction) {
      String chain =
          switch (direction) {
            case "outgoing" -> "OUTPUT";
            case "routed" -> "FORWARD";
            default -> "INPUT";
          };
      return switch (settings.getOrDefault("DEFAULT_" + chain + "_POLICY", "")) {
        case "accept" -> "allow";
        case "drop" -> "deny";
        default -> "reject";
      };
    }
  }

  @Override
  public String key() {
    return "ufw";
  }

  @Override
  public Script probe() {
    return Script.of(PROBE);
  }

  @Override
  public Answer parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact(answer.err().strip());
    }
    Map<String, String> settings = new LinkedHashMap<>();
    for (String line : answer.out().lines().toList()) {
      List<String> parts = List.of(line.split("=", 2));
      settings.put(parts.get(0), parts.get(1).replace("\"", "").strip().toLowerCase(Locale.ROOT));
    }
    return new Answer(settings);
  }
}
