package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The programs that may bear a common name.
 *
 * @param name the common name
 */
record AlternativesFact(String name) implements Fact<AlternativesFact.Answer> {

  private static final String PROBE =
      """
      tool=$(command -v update-alternatives || command -v alternatives) || {
        echo "there is no update-alternatives on this host" >&2
        exit 127
      }
      if "$tool" --query "$1" 2>/dev/null; then exit 0; fi
      # Red Hat's program has no --query, and prints its own words.
      LC_ALL=C "$tool" --display "$1" 2>/dev/null | sed -n \\
        -e 's/^.* - status is \\(auto\\|manual\\).*/Status: \\1/p' \\
        -e 's/^ link currently points to /Value: /p' \\
        -e 's/^ link [^ ]* is /Link: /p' \\
        -e 's/^\\(\\/.*\\) - family \\([^ ]*\\) priority \\([0-9]*\\)$/Alternative: \\1\\nPriority: \\3\\nFamily: \\2/p' \\
        -e 's/^\\(\\/.*\\) - priority \\([0-9]*\\)$/Alternative: \\1\\nPriority: \\2/p'
      exit 0
      """;

  /**
   * The answer.
   *
   * @param link where the name's link is; empty when it is not known
   * @param value the program that bears the name; empty for none
   * @param auto whether it was chosen by priority
   * @param paths priorities by program
   * @param families families by program, of those that have one
   */
  record Answer(
      String link,
      String value,
      boolean auto,
      Map<String, Integer> paths,
      Map<String, String> families) {}

  @Override
  public String key() {
    return "alternatives " + name;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, name);
  }

  @Override
  public Answer parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact(answer.err().strip());
    }
    String link = "";
    String value = "";
    boolean auto = false;
    String path = "";
    Map<String, Integer> paths = new LinkedHashMap<>();
    Map<String, String> families = new LinkedHashMap<>();
    for (String line : answer.out().lines().toList()) {
      int colon = line.indexOf(": ");
      String text = colon < 0 ? "" : line.substring(colon + 2).strip();
      switch (colon < 0 ? "" : line.substring(0, colon)) {
        case "Link" -> link = text;
        case "Value" -> value = text.equals("none") ? "" : text;
        case "Status" -> auto = text.equals("auto");
        case "Alternative" -> path = text;
        case "Priority" -> paths.put(path, Integer.parseInt(text));
        case "Family" -> families.put(path, text);
        default -> {}
      }
    }
    return new Answer(link, value, auto, paths, families);
  }
}
