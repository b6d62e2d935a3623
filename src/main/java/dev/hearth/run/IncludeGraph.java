package dev.hearth.run;

import dev.hearth.playbook.Block;
import dev.hearth.playbook.Entry;
import dev.hearth.playbook.Handler;
import dev.hearth.playbook.Play;
import dev.hearth.playbook.Playbook;
import dev.hearth.playbook.RoleInstance;
import dev.hearth.playbook.Task;
import dev.hearth.playbook.TaskSource;
import dev.hearth.value.Value;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Which file brings in which: playbooks, plays, roles and task files as a tree of indented lines.
 * What only the run can tell is in it with the words it is written in.
 */
public final class IncludeGraph {

  private final StaticIncludes includes;
  private final Path directory;
  private final StringBuilder text = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  private IncludeGraph(TaskSource tasks, Path directory) {
    this.includes = new StaticIncludes(tasks);
    this.directory = directory.toAbsolutePath().normalize();
  }

  /**
   * The tree of some playbooks.
   *
   * @param tasks loads what is included by name
   * @param directory what paths are shown relative to
   */
  public static String of(List<Playbook> playbooks, TaskSource tasks, Path directory) {
    IncludeGraph graph = new IncludeGraph(tasks, directory);
    playbooks.forEach(graph::playbook);
    return graph.text.toString();
  }

  private void playbook(Playbook playbook) {
    Path own = absolute(playbook.file());
    line(0, shown(own));
    Path current = own;
    for (Play play : playbook.plays()) {
      Path file = absolute(play.file());
      boolean imported = !file.equals(own);
      if (imported && !file.equals(current)) {
        line(1, "playbook " + shown(file));
      }
      current = file;
      play(play, file, imported ? 2 : 1);
    }
  }

  private void play(Play play, Path file, int depth) {
    String hosts = written(play.hosts().value());
    String name = play.name().map(each -> written(each.value())).orElse(hosts);
    line(depth, "play " + name + " (" + hosts + ")");
    entries(play.preTasks(), file, depth + 1);
    entries(play.roleEntries(), file, depth + 1);
    entries(play.tasks(), file, depth + 1);
    entries(play.postTasks(), file, depth + 1);
    handlers(play.handlers(), file, depth + 1);
  }

  /** A file is one line, however many entries of it stand in a row. */
  private void entries(List<Entry> entries, Path around, int depth) {
    Path last = around;
    for (Entry entry : entries) {
      Path file = file(entry);
      if (!file.equals(around) && !file.equals(last)) {
        line(depth, label(entry, file));
      }
      last = file;
      int inside = file.equals(around) ? depth : depth + 1;
      switch (entry) {
        case Task task when Directives.includes(task.action().name()) ->
            include(task, file, inside);
        case Task task -> {}
        case Block block -> {
          entries(block.entries(), file, inside);
          entries(block.rescue(), file, inside);
          entries(block.always(), file, inside);
        }
      }
    }
  }

  private void handlers(List<Handler> handlers, Path around, int depth) {
    Path last = around;
    for (Handler handler : handlers) {
      Path file = file(handler.task());
      if (!file.equals(last)) {
        line(depth, label(handler.task(), file));
      }
      last = file;
      if (Directives.includes(handler.task().action().name())) {
        include(handler.task(), file, depth + 1);
      }
    }
  }

  private void include(Task include, Path file, int depth) {
    String what = include.action().written() + " " + asked(include);
    String identity = StaticIncludes.identity(include);
    if (open.contains(identity)) {
      line(depth, what + " (again)");
      return;
    }
    Optional<StaticIncludes.Brought> brought = includes.of(include);
    if (brought.isEmpty()) {
      line(depth, what + " (depends on variables of the run)");
    } else if (!brought.get().problems().isEmpty()) {
      line(depth, what + " (" + brought.get().problems().getFirst().summary() + ")");
    } else {
      line(depth, what);
      open.push(identity);
      entries(brought.get().entries(), file, depth + 1);
      handlers(brought.get().handlers(), file, depth + 1);
      open.pop();
    }
  }

  private static String asked(Task include) {
    return include
        .action()
        .freeForm()
        .or(() -> Optional.ofNullable(include.action().args().get("file")))
        .or(() -> Optional.ofNullable(include.action().args().get("name")))
        .or(() -> Optional.ofNullable(include.action().args().get("role")))
        .map(name -> written(name.value()).strip())
        .orElse("");
  }

  private String label(Entry entry, Path file) {
    Optional<RoleInstance> role =
        switch (entry) {
          case Task task -> task.context().role();
          case Block block -> block.context().role();
        };
    return role.filter(each -> file.startsWith(absolute(each.path())))
        .map(each -> "role " + each.name() + ": " + shown(file))
        .orElse("tasks " + shown(file));
  }

  private static Path file(Entry entry) {
    return absolute(
        switch (entry) {
          case Task task -> task.context().file();
          case Block block -> block.context().file();
        });
  }

  private void line(int depth, String what) {
    text.append("  ".repeat(depth)).append(what).append('\n');
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private String shown(Path path) {
    return path.startsWith(directory) ? directory.relativize(path).toString() : path.toString();
  }

  private static String written(Value value) {
    return switch (value) {
      case Value.Template template -> template.source();
      case Value.Seq list ->
          String.join(",", list.items().stream().map(IncludeGraph::written).toList());
      default -> Keywords.text(value);
    };
  }
}
