package dev.hearth.template.lookup;

import dev.hearth.diag.Diagnostic;
import dev.hearth.template.Call;
import dev.hearth.template.Lookup;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * {@code community.general.filetree}: what is in directories of this machine, each path with its
 * properties; what an earlier directory has, a later one does not give again. Directories come
 * before the files beside them, both by name, which Ansible leaves to the file system.
 */
final class FileTree {

  private static final int SET_AND_PERMISSIONS = 07777;

  private FileTree() {}

  static Map<String, Lookup> all() {
    Lookup lookup = Lookup.of("", FileTree::find);
    return Map.of("community.general.filetree", lookup, "filetree", lookup);
  }

  private static List<Value> find(Call call) {
    List<Value> found = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Value term : call.inputItems()) {
      String written = Printed.str(term);
      Optional<Path> root =
          ControllerFiles.candidates(call, "files", written).stream()
              .filter(Files::isDirectory)
              .findFirst();
      if (root.isPresent()) {
        String shown = root.get() + (written.endsWith("/") ? "/" : "");
        walk(call, root.get(), shown, "", seen, found);
      }
    }
    return found;
  }

  private static void walk(
      Call call, Path root, String shown, String below, Set<String> seen, List<Value> found) {
    List<Path> directories = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    try (Stream<Path> entries = Files.list(root.resolve(below))) {
      entries.sorted().forEach(each -> (Files.isDirectory(each) ? directories : files).add(each));
    } catch (IOException unreadable) {
      throw new PythonError(
          "cannot list '" + root.resolve(below) + "': " + unreadable.getMessage());
    }
    for (Path each : Stream.concat(directories.stream(), files.stream()).toList()) {
      String path = root.relativize(each).toString();
      if (!seen.contains(path)) {
        entry(call, shown, path, each)
            .ifPresent(
                properties -> {
                  seen.add(path);
                  found.add(properties);
                });
      }
    }
    for (Path each : directories) {
      if (!Files.isSymbolicLink(each)) {
        walk(call, root, shown, root.relativize(each).toString(), seen, found);
      }
    }
  }

  private static Optional<Value> entry(Call call, String root, String path, Path file) {
    Map<String, Value> entry = new LinkedHashMap<>();
    entry.put("root", Value.text(root));
    entry.put("path", Value.text(path));
    try {
      if (Files.isSymbolicLink(file)) {
        entry.put("state", Value.text("link"));
        entry.put("src", Value.text(Files.readSymbolicLink(file).toString()));
      } else if (Files.isDirectory(file)) {
        entry.put("state", Value.text("directory"));
      } else if (Files.isRegularFile(file)) {
        entry.put("state", Value.text("file"));
        entry.put("src", Value.text(root.endsWith("/") ? root + path : root + "/" + path));
      } else {
        call.engine()
            .surroundings()
            .warnings()
            .accept(
                Diagnostic.warning("'" + file + "' is left out of the tree")
                    .because("it is no file, no directory and no link")
                    .next("move it elsewhere"));
        return Optional.empty();
      }
      Map<String, Object> is = Files.readAttributes(file, "unix:*", LinkOption.NOFOLLOW_LINKS);
      entry.put("uid", Value.number(number(is, "uid")));
      entry.put("gid", Value.number(number(is, "gid")));
      entry.put("owner", account(String.valueOf(is.get("owner"))));
      entry.put("group", account(String.valueOf(is.get("group"))));
      long mode = number(is, "mode") & SET_AND_PERMISSIONS;
      entry.put("mode", Value.text(String.format(Locale.ROOT, "0%03o", mode)));
      entry.put("size", Value.number(number(is, "size")));
      entry.put("mtime", seconds(is, "lastModifiedTime"));
      entry.put("ctime", seconds(is, "ctime"));
    } catch (IOException unreadable) {
      throw new PythonError("cannot read '" + file + "': " + unreadable.getMessage());
    }
    return Optional.of(Value.Dict.ofTexts(entry));
  }

  /** A name; an account without one is told by its number. */
  private static Value account(String name) {
    return name.matches("[0-9]+") ? Value.number(Long.parseLong(name)) : Value.text(name);
  }

  private static long number(Map<String, Object> is, String name) {
    return ((Number) Objects.requireNonNull(is.get(name))).longValue();
  }

  private static Value seconds(Map<String, Object> is, String name) {
    FileTime time = (FileTime) Objects.requireNonNull(is.get(name));
    return new Value.Real(time.to(TimeUnit.MICROSECONDS) / 1e6);
  }
}
