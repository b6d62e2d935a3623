package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.module.textfile.TextFile;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.LinkedHashMap;
import java.util.Map;

/** All one-line-style lists of repositories on the host, by path. */
record SourcesFact() implements Fact<Map<String, TextFile>> {

  private static final String PROBE =
      """
      for f in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
        if [ -f "$f" ]; then
          printf '@@@@ %s\\n' "$f"
          stat -L -c '%a %u:%g' "$f" && awk 1 "$f" || exit
        fi
      done
      exit 0
      """;

  @Override
  public String key() {
    return "apt sources";
  }

  @Override
  public Script probe() {
    return Script.of(PROBE);
  }

  @Override
  public Map<String, TextFile> parse(Outcome.Exited answer) {
    Map<String, TextFile> files = new LinkedHashMap<>();
    for (String part : answer.out().split("(?m)^@@@@ ", -1)) {
      String[] lines = part.split("\n", 3);
      if (lines.length == 3) {
        String[] words = lines[1].split(" ", -1);
        files.put(lines[0], new TextFile(lines[0], true, "0" + words[0], words[1], lines[2]));
      }
    }
    return files;
  }
}
