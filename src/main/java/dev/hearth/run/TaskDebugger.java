package dev.hearth.run;

import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.playbook.Action;
import dev.hearth.playbook.Keyword;
import dev.hearth.playbook.Task;
import dev.hearth.template.Scope;
import dev.hearth.template.TemplateFailure;
import dev.hearth.template.python.Printed;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.vars.Layers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The task debugger ({@code debugger}, {@code strategy: debug}): at a task's result it reads
 * commands that show and change the task's arguments and variables and say how the run goes on.
 * Expressions are those of templates.
 */
final class TaskDebugger {

  private static final Pattern COMMAND = Pattern.compile("(\\w+|\\?)(?:\\s+(.*))?");
  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "(task_vars|task\\.args)\\[(['\"])(.+?)\\2]\\s*=(?!=)\\s*(.+)", Pattern.DOTALL);
  private static final String HELP =
      """
      p EXPRESSION                shows a value: task, task.args, task_vars, host, result
      task.args['NAME'] = VALUE   changes an argument of the task
      task_vars['NAME'] = VALUE   changes a variable of the task
      u                           makes the task anew from its file, with the changed variables
      r                           does the task again
      c                           goes on with the run
      q                           ends the run\
      """;

  private final Services services;
  private final String host;
  private final Task written;
  private final Layers scope;
  private final Consumer<String> tell;
  private final Map<String, Value> vars = new LinkedHashMap<>();
  private final Map<String, Located> args = new LinkedHashMap<>();
  private String last = "";

  /** How the run goes on. */
  enum Next {
    /** The task is done again. */
    REDO,
    /** With the result as it is. */
    CONTINUE
  }

  /**
   * @param scope what the task sees on the host
   * @param tell shows lines to the user
   */
  TaskDebugger(Services services, Task task, String host, Layers scope, Consumer<String> tell) {
    this.services = services;
    this.written = task;
    this.host = host;
    this.scope = scope;
    this.tell = tell;
  }

  /**
   * Whether a task may stop for the debugger at all.
   *
   * @param active whether failures stop everywhere
   */
  static boolean watches(Task task, boolean active) {
    return mode(task).map(mode -> !mode.equals("never")).orElse(active);
  }

  /** Whether a result stops for the debugger. */
  static boolean stops(Task task, TaskReport report, boolean active) {
    boolean failed = report.result().failed();
    boolean lost = report.unreachable();
    return switch (mode(task).orElse("")) {
      case "always" -> true;
      case "never" -> false;
      case "on_failed" -> failed && !ignored(report) || (active && lost);
      case "on_unreachable" -> lost || (active && failed && !ignored(report));
      case "on_skipped" -> report.result().skipped() || (active && failed && !ignored(report));
      default -> active && ((failed && !ignored(report)) || lost);
    };
  }

  private static boolean ignored(TaskReport report) {
    return report.status() == Event.Status.IGNORED;
  }

  private static Optional<String> mode(Task task) {
    return task.attributes().get(Keyword.DEBUGGER).map(value -> Keywords.text(value.value()));
  }

  /** The task with the arguments that were changed. */
  Task task() {
    if (args.isEmpty()) {
      return written;
    }
    Action action = written.action();
    Map<String, Located> changed = new LinkedHashMap<>(action.args());
    changed.putAll(args);
    Located text = changed.remove(Arguments.FREE_FORM);
    return written.with(
        new Action(
            action.written(),
            action.name(),
            changed,
            text == null ? action.freeForm() : Optional.of(text),
            action.argsTemplate(),
            action.at()));
  }

  /** Variables of the host with those that were changed. */
  Layers changed(Layers others) {
    return vars.isEmpty() ? others : services.scopes().locals(others, vars);
  }

  /**
   * Reads commands until one says how to go on.
   *
   * @throws Interrupted when the user ends the run, or nobody is there to type
   */
  Next ask(TaskReport report) {
    String name = Names.of(written, services.templar(), scope);
    while (true) {
      Optional<String> typed =
          services.steps().typed("[" + host + "] TASK: " + name + " (debug)> ");
      // Whoever types may have done something on a host before.
      services.sessions().freshness().spoil();
      String line = typed.map(String::strip).orElse("q");
      line = line.isEmpty() ? last : line;
      last = line;
      Matcher command = COMMAND.matcher(line);
      String word = command.matches() ? command.group(1) : "";
      String rest = command.matches() && command.group(2) != null ? command.group(2) : "";
      switch (word) {
        case "c", "continue" -> {
          return Next.CONTINUE;
        }
        case "r", "redo" -> {
          return Next.REDO;
        }
        case "q", "quit", "EOF" -> {
          tell.accept("User interrupted execution");
          throw new Interrupted();
        }
        case "u", "update_task" -> args.clear();
        case "p", "pprint" -> show(rest, report);
        case "h", "help", "?" -> tell.accept(HELP);
        default -> change(line, report);
      }
    }
  }

  private void show(String expression, TaskReport report) {
    try {
      tell.accept(
          switch (expression) {
            case "task" -> "TASK: " + Names.of(written, services.templar(), scope);
            case "host" -> host;
            default -> Pretty.of(value(expression, report));
          });
    } catch (TemplateFailure failure) {
      tell.accept("*** " + failure.diagnostic().summary());
    }
  }

  private void change(String line, TaskReport report) {
    Matcher assignment = ASSIGNMENT.matcher(line);
    if (!assignment.matches()) {
      if (!line.isEmpty()) {
        tell.accept("*** there is no such command\n" + HELP);
      }
      return;
    }
    try {
      Value value = value(assignment.group(4), report);
      if (assignment.group(1).equals("task_vars")) {
        vars.put(assignment.group(3), value);
      } else {
        args.put(assignment.group(3), new Located(value, written.action().at()));
      }
    } catch (TemplateFailure failure) {
      tell.accept("*** " + failure.diagnostic().summary());
    }
  }

  private Value value(String expression, TaskReport report) {
    Layers now = changed(scope);
    Map<String, Value> names = new LinkedHashMap<>();
    names.put("task", FailedTask.of(task(), services, now));
    names.put("task_vars", services.templar().view(now));
    names.put("host", Value.text(host));
    Value given = report.result().toValue();
    names.put("result", Value.Dict.ofTexts(Map.of("_result", given, "_return_data", given)));
    Location at = Location.startOf(Source.of("the debugger", expression));
    return services.templar().evaluate(expression, at, Scope.of(names, now.searchPath()));
  }

  /** Values over several lines where one is too short, as Python's {@code pprint} does it. */
  private static final class Pretty {
    private static final int WIDTH = 80;

    private Pretty() {}

    static String of(Value value) {
      return of(sorted(value), 0);
    }

    private static Value sorted(Value value) {
      return switch (value) {
        case Value.Seq list -> new Value.Seq(list.items().stream().map(Pretty::sorted).toList());
        case Value.Dict dict -> {
          Map<Value, Value> entries = new LinkedHashMap<>();
          dict.entries().entrySet().stream()
              .sorted(Comparator.comparing(entry -> Printed.repr(entry.getKey())))
              .forEach(entry -> entries.put(entry.getKey(), sorted(entry.getValue())));
          yield new Value.Dict(entries);
        }
        default -> value;
      };
    }

    private static String of(Value value, int indent) {
      String line = Printed.repr(value);
      if (line.length() + indent <= WIDTH) {
        return line;
      }
      String between = ",\n" + " ".repeat(indent + 1);
      List<String> parts = new ArrayList<>();
      return switch (value) {
        case Value.Seq list -> {
          list.items().forEach(item -> parts.add(of(item, indent + 1)));
          yield "[" + String.join(between, parts) + "]";
        }
        case Value.Dict dict -> {
          dict.entries()
              .forEach(
                  (key, entry) -> {
                    String name = Printed.repr(key) + ": ";
                    parts.add(name + of(entry, indent + 1 + name.length()));
                  });
          yield "{" + String.join(between, parts) + "}";
        }
        default -> line;
      };
    }
  }
}
