package dev.hearth.template.filter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.hearth.template.Call;
import dev.hearth.template.Filter;
import dev.hearth.template.Surroundings;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Sequences;
import dev.hearth.template.python.Tuple;
import dev.hearth.template.python.TypeName;
import dev.hearth.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Filters for paths; those that ask a file system ask the controller's. */
final class PathFilters {

  private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{([^}]*)\\}|(\\w+))");

  private PathFilters() {}

  static Map<String, Filter> all() {
    Map<String, Filter> all = new HashMap<>();
    all.put("basename", Filter.of("", call -> Value.text(basename(call.writtenText()))));
    all.put("dirname", Filter.of("", call -> Value.text(dirname(call.writtenText()))));
    all.put("splitext", Filter.of("", PathFilters::splitExtension));
    all.put("path_join", Filter.of("*", PathFilters::join));
    all.put("normpath", Filter.of("", call -> Value.text(normal(call.writtenText()))));
    all.put("expanduser", Filter.of("", call -> Value.text(home(call))));
    all.put("expandvars", Filter.of("", PathFilters::variables));
    all.put("realpath", Filter.of("", PathFilters::real));
    all.put("relpath", Filter.of("start?", PathFilters::relative));
    all.put("commonpath", Filter.of("", PathFilters::common));
    all.put(
        "win_basename",
        Filter.of("", call -> Value.text(basename(call.writtenText().replace('\\', '/')))));
    all.put("win_splitdrive", Filter.of("", PathFilters::splitDrive));
    all.put(
        "fileglob",
        Filter.of(
            "",
            call ->
                new Value.Seq(call.engine().lookup("fileglob", List.of(call.input()), Map.of()))));
    all.put("win_dirname", Filter.of("", PathFilters::windowsDirectory));
    return all;
  }

  private static String basename(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String dirname(String path) {
    int slash = path.lastIndexOf('/');
    String head = path.substring(0, slash + 1);
    String stripped = head.replaceAll("/+$", "");
    return stripped.isEmpty() ? head : stripped;
  }

  private static Value windowsDirectory(Call call) {
    String path = call.writtenText();
    int cut = Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'));
    int drive = path.length() > 1 && path.charAt(1) == ':' ? 2 : 0;
    String head = path.substring(drive, Math.max(cut + 1, drive));
    String stripped = head.replaceAll("[/\\\\]+$", "");
    return Value.text(path.substring(0, drive) + (stripped.isEmpty() ? head : stripped));
  }

  private static Value splitDrive(Call call) {
    String path = call.writtenText();
    int cut = path.length() > 1 && path.charAt(1) == ':' ? 2 : 0;
    return Tuple.of(Value.text(path.substring(0, cut)), Value.text(path.substring(cut)));
  }

  private static Value splitExtension(Call call) {
    String path = call.writtenText();
    String name = basename(path);
    int dot = name.lastIndexOf('.');
    boolean extension = dot > 0 && !name.substring(0, dot).replace(".", "").isEmpty();
    int cut = extension ? path.length() - name.length() + dot : path.length();
    return Tuple.of(Value.text(path.substring(0, cut)), Value.text(path.substring(cut)));
  }

  private static Value join(Call call) {
    List<Value> parts =
        call.input() instanceof Value.Textual ? List.of(call.input()) : call.inputItems();
    StringBuilder path = new StringBuilder();
    if (parts.isEmpty()) {
      throw new PythonError("needs at least one part");
    }
    for (Value part : parts) {
      if (!(part instanceof Value.Textual)) {
        throw new PythonError("needs texts; a part is of type '" + TypeName.of(part) + "'");
      }
      String text = Printed.str(part);
      if (text.startsWith("/")) {
        path.setLength(0);
      } else if (!path.isEmpty() && path.charAt(path.length() - 1) != '/') {
        path.append('/');
      }
      path.append(text);
    }
    return Value.text(path.toString());
  }

  private static String normal(String path) {
    if (path.isEmpty()) {
      return ".";
    }
    String normal = Path.of(path).normalize().toString();
    if (path.startsWith("/")) {
      normal = normal.replaceAll("^(/\\.\\.)+(?=/|$)", "");
      return normal.isEmpty() ? "/" : normal;
    }
    return normal.isEmpty() ? "." : normal;
  }

  private static String home(Call call) {
    String path = call.inputText();
    Surroundings surroundings = call.engine().surroundings();
    if (!path.startsWith("~")) {
      return path;
    }
    int end = path.indexOf('/') < 0 ? path.length() : path.indexOf('/');
    String user = path.substring(1, end);
    String home = user.isEmpty() ? surroundings.home().toString() : homeOf(user);
    return home.isEmpty() ? path : home + path.substring(end);
  }

  /** The home directory that the controller's accounts give a user; empty when there is none. */
  private static String homeOf(String user) {
    try (Stream<String> accounts = Files.lines(Path.of("/etc/passwd"), ISO_8859_1)) {
      return accounts
          .map(line -> line.split(":", -1))
          .filter(fields -> fields.length > 6 && fields[0].equals(user))
          .map(fields -> fields[5])
          .findFirst()
          .orElse("");
    } catch (IOException | UncheckedIOException unreadable) {
      return "";
    }
  }

  private static Value variables(Call call) {
    Map<String, String> environment = call.engine().surroundings().environment();
    Matcher variable = VARIABLE.matcher(call.inputText());
    return Value.text(
        variable.replaceAll(
            match -> {
              String name = match.group(1) != null ? match.group(1) : match.group(2);
              return Matcher.quoteReplacement(environment.getOrDefault(name, match.group()));
            }));
  }

  private static Path absolute(Call call, String path) {
    return call.engine().surroundings().workingDirectory().resolve(path).normalize();
  }

  /** Symbolic links resolved as far as the path exists. */
  private static Value real(Call call) {
    Path path = absolute(call, call.inputText());
    Path existing = path;
    while (existing != null) {
      try {
        Path rest = existing.relativize(path);
        return Value.text(existing.toRealPath().resolve(rest).normalize().toString());
      } catch (IOException absent) {
        existing = existing.getParent();
      }
    }
    return Value.text(path.toString());
  }

  private static Value relative(Call call) {
    String given = call.writtenText();
    if (given.isEmpty()) {
      throw new PythonError("needs a path");
    }
    Path start = absolute(call, call.text("start", "."));
    String path = start.relativize(absolute(call, given)).toString();
    return Value.text(path.isEmpty() ? "." : path);
  }

  private static Value common(Call call) {
    List<Value> paths = Sequences.iterate(call.input());
    if (paths.isEmpty()) {
      throw new PythonError("needs at least one path");
    }
    Path common = Path.of(Printed.str(paths.getFirst())).normalize();
    for (Value one : paths) {
      Path path = Path.of(Printed.str(one)).normalize();
      while (common != null && !path.startsWith(common)) {
        common = common.getParent();
      }
    }
    return Value.text(common == null ? "" : common.toString());
  }
}
