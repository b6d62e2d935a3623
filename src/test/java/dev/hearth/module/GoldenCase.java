package dev.hearth.module;

import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.fact.Facts;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * One golden case: arguments and what the host answers, and what a module must decide. Keys that a
 * person writes: {@code args}, {@code controller} (files of this machine by name), {@code facts}
 * (answers by fact key: a text is what the probe prints, or {@code {code, out, err}}), {@code
 * after} (the answers that changed, for planning again), {@code ends} (how steps ended). What the
 * module decides stands behind them: {@code verdict}, {@code steps}, {@code diff}, {@code result},
 * {@code concluded}.
 */
final class GoldenCase {

  private final Path file;
  private final Map<String, @Nullable Object> text;

  private GoldenCase(Path file, Map<String, @Nullable Object> text) {
    this.file = file;
    this.text = text;
  }

  static GoldenCase read(Path file) throws IOException {
    return new GoldenCase(file, new Yaml().load(Files.readString(file)));
  }

  /** What the module decides, in the form in which the case writes it. */
  Map<String, @Nullable Object> decide(Module<?> module) {
    Map<String, @Nullable Object> actual = new LinkedHashMap<>();
    try {
      describe(verdict(module, new CannedHost(answers("facts"))), actual);
    } catch (HearthException findings) {
      actual.put("verdict", "invalid");
      actual.put(
          "messages", findings.diagnostics().stream().map(found -> found.summary()).toList());
    }
    return actual;
  }

  /** What the case says that the module decides. */
  Map<String, @Nullable Object> expected() {
    Map<String, @Nullable Object> expected = new LinkedHashMap<>();
    for (String key :
        List.of("verdict", "messages", "steps", "diff", "again", "result", "concluded")) {
      if (text.containsKey(key)) {
        expected.put(key, text.get(key));
      }
    }
    return expected;
  }

  boolean hasAfter() {
    return text.containsKey("after");
  }

  /** Planned again with the host as the change left it. */
  Verdict again(Module<?> module) {
    Map<String, Outcome.Exited> answers = answers("facts");
    answers.putAll(answers("after"));
    return verdict(module, new CannedHost(answers));
  }

  /** The scripts of the case: those of the probes that are read and those of the steps. */
  List<Script> scripts(Module<?> module) {
    List<Script> scripts = new ArrayList<>();
    Facts host = new CannedHost(answers("facts"));
    try {
      if (verdict(module, host) instanceof Verdict.Changes changes) {
        changes
            .steps()
            .forEach(
                step -> {
                  scripts.add(step.script());
                  scripts.addAll(undoing(step.undo()));
                });
      }
      scripts.addAll(probes(module));
    } catch (HearthException refused) {
      return scripts;
    }
    return scripts;
  }

  /** Writes what the module decides into the case, for a person to read and judge. */
  void rewrite(Module<?> module) throws IOException {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(text);
    expected().keySet().forEach(all::remove);
    all.putAll(decide(module));
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setWidth(100);
    options.setSplitLines(false);
    options.setNonPrintableStyle(DumperOptions.NonPrintableStyle.ESCAPE);
    Files.writeString(file, new Yaml(options).dump(all));
  }

  private <A extends Record> Verdict verdict(Module<A> module, Facts host) {
    try {
      return module.plan(arguments(module), host);
    } catch (Refusal | UnreadableFact refusal) {
      return Verdict.rejected(String.valueOf(refusal.getMessage()));
    }
  }

  private <A extends Record> List<Script> probes(Module<A> module) {
    try {
      return module.reads(arguments(module)).stream().map(fact -> fact.probe()).toList();
    } catch (Refusal refusal) {
      return List.of();
    }
  }

  private <A extends Record> A arguments(Module<A> module) {
    Map<String, String> files = new TreeMap<>();
    if (text.get("controller") instanceof Map<?, ?> contents) {
      contents.forEach((name, content) -> files.put(String.valueOf(name), String.valueOf(content)));
    }
    return new Binder(new CannedController(files))
        .bind(
            module.spec(),
            Plain.values(text.get("args")),
            Map.of(),
            Location.startOf(Source.of(file.getFileName().toString(), "")));
  }

  private void describe(Verdict verdict, Map<String, @Nullable Object> actual) {
    switch (verdict) {
      case Verdict.Satisfied satisfied -> {
        actual.put("verdict", "satisfied");
        actual.put("result", Plain.of(satisfied.result()));
      }
      case Verdict.Rejected rejected -> {
        actual.put("verdict", "rejected");
        actual.put("result", Plain.of(rejected.result()));
      }
      case Verdict.Changes changes -> {
        actual.put("verdict", "changes");
        actual.put("steps", changes.steps().stream().map(GoldenCase::step).toList());
        if (!changes.diffs().isEmpty()) {
          actual.put("diff", changes.diffs().stream().map(Plain::of).toList());
        }
        if (changes.again()) {
          actual.put("again", true);
        }
        actual.put("result", Plain.of(changes.predicted()));
        if (text.get("ends") instanceof List<?> ends) {
          Result concluded =
              changes.conclusion().of(ends.stream().map(GoldenCase::outcome).toList());
          actual.put("concluded", Plain.of(concluded));
        }
      }
    }
  }

  private static Object undo(Undo undo) {
    return switch (undo) {
      case Undo.Restore restore -> Map.of("restore", restore.paths());
      case Undo.RestoreTrees restore -> Map.of("restore trees", restore.roots());
      case Undo.RestoreAttributes restore -> Map.of("restore attributes", restore.roots());
      case Undo.Appeared appeared -> Map.of("remove what appeared in", words(appeared.list()));
      case Undo.Run run -> Map.of("run", run.what());
      case Undo.Watch watch -> Map.of("watch", watch.what());
      case Undo.Nothing nothing -> Map.of("nothing", nothing.why());
      case Undo.Impossible impossible -> Map.of("impossible", impossible.why());
      case Undo.Several several -> several.parts().stream().map(GoldenCase::undo).toList();
    };
  }

  private static List<Script> undoing(Undo undo) {
    return switch (undo) {
      case Undo.Appeared appeared -> List.of(appeared.list(), appeared.remove());
      case Undo.Run run -> List.of(run.script());
      case Undo.Watch watch -> List.of(watch.look());
      case Undo.Several several ->
          several.parts().stream().flatMap(part -> undoing(part).stream()).toList();
      default -> List.of();
    };
  }

  private static List<String> words(Script script) {
    // A list of its own: YAML would write a shared empty one as an alias.
    return new ArrayList<>(script.words().stream().map(GoldenCase::word).toList());
  }

  private static Map<String, @Nullable Object> step(Step step) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("what", step.what());
    if (step.effect() != dev.hearth.plan.Effect.KNOWN) {
      shown.put("effect", step.effect().name());
    }
    shown.put("words", words(step.script()));
    if (!step.script().environment().isEmpty()) {
      Map<String, String> environment = new TreeMap<>();
      step.script().environment().forEach((name, word) -> environment.put(name, word(word)));
      shown.put("environment", environment);
    }
    Object input = Plain.of(step.script().input());
    if (input != null) {
      shown.put("input", input);
    }
    if (step.effect() == dev.hearth.plan.Effect.KNOWN) {
      shown.put("undo", undo(step.undo()));
    }
    return shown;
  }

  private static String word(Word word) {
    return switch (word) {
      case Word.Plain plain -> plain.text();
      case Word.Hidden hidden -> "***";
    };
  }

  private Map<String, Outcome.Exited> answers(String key) {
    Map<String, Outcome.Exited> answers = new LinkedHashMap<>();
    if (text.get(key) instanceof Map<?, ?> map) {
      map.forEach((fact, answer) -> answers.put(String.valueOf(fact), outcome(answer)));
    }
    return answers;
  }

  private static Outcome.Exited outcome(@Nullable Object answer) {
    if (answer instanceof Map<?, ?> parts) {
      return Outcome.Exited.of(
          parts.get("code") instanceof Integer code ? code : 0,
          parts.get("out") == null ? "" : String.valueOf(parts.get("out")),
          parts.get("err") == null ? "" : String.valueOf(parts.get("err")));
    }
    return Outcome.Exited.of(0, answer == null ? "" : String.valueOf(answer), "");
  }
}
