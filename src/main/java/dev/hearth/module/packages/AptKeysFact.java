package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The keys that apt trusts for all repositories, by their files.
 *
 * @param keyring a further file; empty for none
 */
record AptKeysFact(String keyring) implements Fact<Map<String, OpenPgp>> {

  private static final String PROBE =
      """
      for f in "$1" /etc/apt/trusted.gpg /etc/apt/trusted.gpg.d/*.gpg /etc/apt/trusted.gpg.d/*.asc; do
        if [ -n "$f" ] && [ -f "$f" ]; then
          printf '@%s\\n' "$f"
          od -A n -v -t x1 <"$f"
        fi
      done
      exit 0
      """;

  @Override
  public String key() {
    return "apt keys " + keyring;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, keyring);
  }

  @Override
  public Map<String, OpenPgp> parse(Outcome.Exited answer) {
    Map<String, StringBuilder> digits = new LinkedHashMap<>();
    StringBuilder current = new StringBuilder();
    for (String line : answer.out().lines().toList()) {
      if (line.startsWith("@")) {
        current = new StringBuilder();
        digits.put(line.substring(1), current);
      } else {
        current.append(line.replaceAll("\\s", ""));
      }
    }
    Map<String, OpenPgp> keys = new LinkedHashMap<>();
    digits.forEach(
        (file, hex) ->
            OpenPgp.read(HexFormat.of().parseHex(hex)).ifPresent(found -> keys.put(file, found)));
    return keys;
  }
}
