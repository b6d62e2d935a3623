package dev.hearth.cli.settings;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An {@code ansible.cfg}, read as Python's {@code configparser} reads it: sections in brackets,
 * {@code key = value} or {@code key: value}, comments at the start of a line and behind {@code "
 * ;"}, values that go on in indented lines. Keys are in small letters.
 */
public final class ConfigFile {

  private static final Pattern SECTION = Pattern.compile("\\[(.+)].*");
  private static final Pattern ENTRY = Pattern.compile("([^=:]*?)\\s*[=:]\\s*(.*)");
  private static final Pattern COMMENT = Pattern.compile("(^|\\s);.*");

  private final Source source;
  private final Map<String, Located> values = new LinkedHashMap<>();
  private String section = "";
  private String key = "";
  private int indentation;

  private ConfigFile(Source source) {
    this.source = source;
  }

  /**
   * The values of a file by {@code section.key}.
   *
   * @throws HearthException if it cannot be read or a line is no setting
   */
  public static Map<String, Located> read(Path file) {
    try {
      return read(new Source(file.toString(), Files.readString(file, StandardCharsets.UTF_8)));
    } catch (IOException unreadable) {
      throw Diagnostic.error(ExitCode.INVALID, "cannot read " + file)
          .because(String.valueOf(unreadable.getMessage()))
          .next("check that it is a text file that you may read")
          .failure();
    }
  }

  /** The same for a text. */
  static Map<String, Located> read(Source source) {
    ConfigFile file = new ConfigFile(source);
    List<String> lines = source.text().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      file.line(lines.get(i), i + 1);
    }
    return Collections.unmodifiableMap(file.values);
  }

  private void line(String line, int number) {
    String stripped = line.strip();
    if (stripped.isEmpty() || stripped.charAt(0) == '#' || stripped.charAt(0) == ';') {
      return;
    }
    int indented = line.length() - line.stripLeading().length();
    String text = COMMENT.matcher(stripped).replaceFirst("").strip();
    Location at = new Location(source, number, indented + 1);
    Located before = values.get(key);
    if (before != null && indented > indentation) {
      String whole = ((Value.Text) before.value()).value() + "\n" + text;
      values.put(key, new Located(Value.text(whole.strip()), before.at()));
      return;
    }
    indentation = indented;
    Matcher header = SECTION.matcher(text);
    if (header.matches()) {
      section = header.group(1);
      key = "";
    } else {
      entry(text, at);
    }
  }

  private void entry(String text, Location at) {
    Matcher entry = ENTRY.matcher(text);
    if (section.isEmpty()) {
      throw wrong(at, "this line stands before the first section", "begin with a line [defaults]");
    }
    if (!entry.matches() || entry.group(1).isEmpty()) {
      throw wrong(at, "this line is no setting", "write key = value");
    }
    key = section + "." + entry.group(1).strip().toLowerCase(Locale.ROOT);
    Value value = Value.text(unquoted(entry.group(2)));
    Located first = values.putIfAbsent(key, new Located(value, at.plus(0, entry.start(2))));
    if (first != null) {
      throw wrong(
          at,
          "the setting '" + entry.group(1) + "' stands twice in [" + section + "]",
          "remove one; the first is in line " + first.at().line());
    }
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() > 1
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(value.length() - 1) == value.charAt(0)
            && value.charAt(value.length() - 2) != '\\';
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private static HearthException wrong(Location at, String summary, String next) {
    return Diagnostic.error(at, summary)
        .because("settings are read as Python's configparser reads them")
        .next(next)
        .failure();
  }
}
