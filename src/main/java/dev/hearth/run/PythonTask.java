package dev.hearth.run;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.WhichCommand;
import dev.hearth.module.Module;
import dev.hearth.module.PythonJson;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Effect;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.JsonReader;
import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A module written in Python, which the host's Python runs as Ansible would: its arguments are
 * those of the task and Ansible's own beside them, its result is what it prints.
 */
final class PythonTask implements Module<PythonTask.Args> {

  private static final String BOOTSTRAP = resource();

  /**
   * What it does.
   *
   * @param python the module
   * @param arguments of the task
   * @param interpreter the host's Python, where a variable names it
   * @param check whether it may change nothing
   * @param diff whether it shall tell differences
   * @param noLog whether nothing of it may be written down
   */
  record Args(
      PythonPackage python,
      Map<String, Value> arguments,
      Optional<String> interpreter,
      boolean check,
      boolean diff,
      boolean noLog) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of("python", Args.class, "Runs a module that is written in Python.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(new WhichCommand(program(want)));
  }

  private static String program(Args want) {
    return want.interpreter().filter(name -> !name.startsWith("auto")).orElse("python3");
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.check() && !want.python().basic()) {
      // It would not know that it must change nothing. Ansible runs it all the same.
      return Verdict.satisfied(
          Result.skip("remote module (" + want.python().name() + ") does not support check mode"));
    }
    String program = program(want);
    String python =
        host.get(new WhichCommand(program))
            .orElseThrow(
                () ->
                    new Refusal(
                        "the module "
                            + want.python().name()
                            + " is written in Python, and the host has no "
                            + program
                            + "; install Python 3 there, or use a module of Hearth's"));
    Value.Textual arguments = arguments(want);
    byte[] zip = want.python().zip();
    String head =
        "%d %d %s %s\n"
            .formatted(
                zip.length,
                arguments.reveal().getBytes(StandardCharsets.UTF_8).length,
                want.python().basic() ? "basic" : "file",
                want.python().name());
    Script script =
        Script.of("exec \"$1\" -c \"$2\"\n", python, BOOTSTRAP)
            .reading(
                new Payload.Joined(
                    List.of(
                        Payload.of(Value.text(head)),
                        new Payload.Binary(zip),
                        Payload.of(arguments))));
    String what = "run the Python module " + want.python().name();
    Step step =
        want.check()
            ? Step.read(what, script)
            : new Step(
                what,
                script,
                Effect.UNKNOWN,
                new Undo.Impossible("what a module in Python does is not known"));
    return new Verdict.Changes(
        List.of(step), List.of(), Result.ok(), ends -> result(want, ends.getLast()), false);
  }

  private static Value.Textual arguments(Args want) {
    Map<String, Value> all = new LinkedHashMap<>(want.arguments());
    all.remove(Arguments.FREE_FORM);
    String module = want.python().name();
    all.put("_ansible_check_mode", Value.bool(want.check()));
    all.put("_ansible_no_log", Value.bool(want.noLog()));
    all.put("_ansible_debug", Value.bool(false));
    all.put("_ansible_diff", Value.bool(want.diff()));
    all.put("_ansible_verbosity", Value.number(0));
    all.put("_ansible_version", Value.text(want.python().version()));
    all.put("_ansible_module_name", Value.text(module.substring(module.lastIndexOf('.') + 1)));
    all.put("_ansible_syslog_facility", Value.text("LOG_USER"));
    all.put(
        "_ansible_selinux_special_fs",
        Value.Seq.of(
            Value.text("fuse"),
            Value.text("nfs"),
            Value.text("vboxsf"),
            Value.text("ramfs"),
            Value.text("9p"),
            Value.text("vfat")));
    all.put("_ansible_socket", Value.NULL);
    all.put("_ansible_shell_executable", Value.text("/bin/sh"));
    all.put("_ansible_keep_remote_files", Value.bool(false));
    all.put("_ansible_remote_tmp", Value.text("~/.ansible/tmp"));
    return PythonJson.write(Value.Dict.ofTexts(all));
  }

  /** The module prints one mapping in JSON; what libraries print around it does not count. */
  static Result result(Args want, Outcome.Exited end) {
    String out = end.out();
    int first = out.startsWith("{") ? 0 : out.indexOf("\n{") + 1;
    int last = out.lastIndexOf('}');
    if (last > first && out.charAt(first) == '{') {
      try {
        if (JsonReader.read(out.substring(first, last + 1)) instanceof Value.Dict told) {
          return result(told, end);
        }
      } catch (IllegalArgumentException notJson) {
        // Told below, with all that was printed.
      }
    }
    String err = end.err().strip();
    List<String> lines = new ArrayList<>(err.lines().toList());
    String reason = lines.isEmpty() ? "it printed no result" : lines.getLast();
    String hint =
        reason.contains("No module named 'ansible")
            ? "; the Ansible pieces on this machine lack it, install ansible-core here"
            : "";
    return Result.failure("the Python module " + want.python().name() + " failed: " + reason + hint)
        .with("module_stdout", out)
        .with("module_stderr", end.err())
        .with("rc", end.code());
  }

  private static Result result(Value.Dict told, Outcome.Exited end) {
    Map<String, Value> values = new LinkedHashMap<>();
    told.entries()
        .forEach(
            (name, value) -> {
              if (name instanceof Value.Textual text && !text.reveal().equals("invocation")) {
                values.put(text.reveal(), value);
              }
            });
    boolean changed = yes(values.remove("changed"));
    boolean skipped = yes(values.remove("skipped"));
    Value failed = values.remove("failed");
    boolean bad =
        failed == null ? !end.ok() && !(values.get("rc") instanceof Value.Int) : yes(failed);
    return OutputLines.in(new Result(changed, bad, skipped, values));
  }

  private static boolean yes(@org.jspecify.annotations.Nullable Value value) {
    return value instanceof Value.Bool bool
        ? bool.value()
        : value instanceof Value.Textual text && text.reveal().matches("(?i)true|yes|1");
  }

  /** The differences that a module told beside its result. */
  static List<ShownDiff> diffs(Result result) {
    Value diff = result.values().getOrDefault("diff", Value.NULL);
    List<Value> all = diff instanceof Value.Seq list ? list.items() : List.of(diff);
    List<ShownDiff> shown = new ArrayList<>();
    for (Value each : all) {
      if (!(each instanceof Value.Dict parts)) {
        continue;
      }
      if (parts.get("prepared") instanceof Value.Textual prepared) {
        shown.add(new ShownDiff.Prepared(prepared.reveal()));
      } else if (parts.get("before") != null || parts.get("after") != null) {
        shown.add(
            new ShownDiff.Texts(
                header("before", parts),
                side("before", parts),
                header("after", parts),
                side("after", parts)));
      }
    }
    return shown;
  }

  private static String header(String side, Value.Dict parts) {
    return parts.get(side + "_header") instanceof Value.Textual text
        ? side + ": " + text.reveal()
        : side;
  }

  private static Value.Textual side(String side, Value.Dict parts) {
    return switch (parts.get(side)) {
      case Value.Textual text -> text;
      case null -> Value.text("");
      case Value value -> Value.text(Json.write(value, Json.Style.PLAIN.sort().indent(4)) + "\n");
    };
  }

  private static String resource() {
    try (InputStream in = PythonTask.class.getResourceAsStream("bridge.py")) {
      if (in == null) {
        throw new IllegalStateException("bridge.py is not in the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
