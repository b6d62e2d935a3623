package dev.hearth.ssh;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces {@code %h} and its like, {@code ~/} and {@code ${NAME}} in settings. */
final class Tokens {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");

  private Tokens() {}

  /**
   * Replaces the tokens of a setting.
   *
   * @param values what each letter stands for
   * @throws dev.hearth.diag.HearthException for a letter that stands for nothing here
   */
  static String expand(String text, Map<Character, String> values, Location at) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '%') {
        out.append(text.charAt(i));
        continue;
      }
      char letter = ++i < text.length() ? text.charAt(i) : ' ';
      String value = letter == '%' ? "%" : values.get(letter);
      if (value == null) {
        throw Diagnostic.error(at, "the token %" + letter + " is not supported here")
            .next(
                "write %% for a percent sign; supported are "
                    + values.keySet().stream().sorted().map(c -> "%" + c).toList())
            .failure();
      }
      out.append(value);
    }
    return out.toString();
  }

  /**
   * A path with {@code ~/} and {@code ${NAME}} replaced, absolute or relative as it was written.
   */
  static Path home(String text, SshEnvironment environment) {
    String path =
        VARIABLE
            .matcher(text)
            .replaceAll(
                match ->
                    Matcher.quoteReplacement(
                        environment.variables().getOrDefault(match.group(1), "")));
    if (path.equals("~")) {
      return environment.home();
    }
    return path.startsWith("~/") ? environment.home().resolve(path.substring(2)) : Path.of(path);
  }
}
