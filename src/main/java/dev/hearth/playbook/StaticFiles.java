package dev.hearth.playbook;

import dev.hearth.diag.Diagnostic;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks before the run for the controller's files that tasks name without a template. A missing
 * file is an error; where a condition or a rescue may mean that it is never asked for, it is a
 * warning.
 */
final class StaticFiles {

  /** The directory that is tried first, by action. */
  private static final Map<String, String> FOLDERS =
      Map.of(
          "ansible.builtin.copy", "files",
          "ansible.builtin.template", "templates",
          "ansible.builtin.unarchive", "files",
          "ansible.builtin.script", "files",
          "ansible.builtin.include_vars", "vars");

  private final Reading reading;

  StaticFiles(Reading reading) {
    this.reading = reading;
  }

  void check(Playbook playbook) {
    for (Play play : playbook.plays()) {
      check(play.preTasks());
      check(play.roleEntries());
      check(play.tasks());
      check(play.postTasks());
      play.handlers().forEach(handler -> check(handler.task(), false));
    }
  }

  void check(List<Entry> entries) {
    entries.forEach(entry -> check(entry, false));
  }

  private void check(Entry entry, boolean lenient) {
    switch (entry) {
      case Task task -> check(task, lenient);
      case Block block -> {
        boolean rescued = lenient || !block.rescue().isEmpty();
        block.entries().forEach(each -> check(each, rescued));
        block.rescue().forEach(each -> check(each, true));
        block.always().forEach(each -> check(each, lenient));
      }
    }
  }

  private void check(Task task, boolean lenient) {
    String folder = FOLDERS.get(task.action().name());
    Optional<Located> name = folder == null ? Optional.empty() : fileName(task);
    if (folder == null || name.isEmpty()) {
      return;
    }
    String file = Shapes.characters(name.get().value());
    List<Path> directories = new ArrayList<>();
    for (Path directory : task.context().searchDirectories()) {
      directories.add(directory.resolve(folder));
      directories.add(directory);
    }
    if (file.isBlank() || file.startsWith("~") || exists(file, directories)) {
      return;
    }
    Diagnostic missing = TaskFiles.missing(file, name.get().at(), "the file", directories);
    boolean mayNotRun =
        lenient
            || !task.attributes().when().isEmpty()
            || task.attributes().get(Keyword.IGNORE_ERRORS).isPresent()
            || !task.failedWhen().isEmpty()
            || task.attributes().tags().contains("never");
    reading.report(mayNotRun ? missing.asWarning() : missing);
  }

  /** Whether a file or directory of that name is in one of the directories. */
  static boolean exists(String name, List<Path> directories) {
    try {
      return directories.stream().anyMatch(directory -> Files.exists(directory.resolve(name)));
    } catch (InvalidPathException impossible) {
      return false;
    }
  }

  private static Optional<Located> fileName(Task task) {
    Map<String, Located> args = task.action().args();
    return switch (task.action().name()) {
      case "ansible.builtin.copy" ->
          isOn(args.get("remote_src")) ? Optional.empty() : text(args.get("src"));
      case "ansible.builtin.unarchive" ->
          isOn(args.get("remote_src")) || args.containsKey("copy")
              ? Optional.empty()
              : text(args.get("src"))
                  .filter(src -> !Shapes.characters(src.value()).contains("://"));
      case "ansible.builtin.script" -> script(task);
      case "ansible.builtin.include_vars" ->
          args.containsKey("dir")
              ? Optional.empty()
              : task.action()
                  .freeForm()
                  .flatMap(StaticFiles::text)
                  .or(() -> text(args.get("file")));
      default -> text(args.get("src"));
    };
  }

  private static Optional<Located> script(Task task) {
    Optional<Located> written =
        task.action().freeForm().or(() -> Optional.ofNullable(task.action().args().get("cmd")));
    return written
        .flatMap(StaticFiles::text)
        .map(
            located -> {
              String command = Shapes.characters(located.value()).strip();
              String first = command.split("\\s", 2)[0];
              return new Located(Value.text(first), located.at());
            })
        .filter(located -> !Shapes.characters(located.value()).matches(".*['\"\\\\].*"));
  }

  private static Optional<Located> text(@Nullable Located value) {
    return value != null && value.value() instanceof Value.Text
        ? Optional.of(value)
        : Optional.empty();
  }

  /** Anything but a plain no counts: a template may turn out to be yes. */
  private static boolean isOn(@Nullable Located flag) {
    return flag != null && (flag.value() instanceof Value.Template || Shapes.isTrue(flag.value()));
  }
}
