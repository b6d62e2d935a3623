package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.HostPath;
import dev.hearth.module.Arg;
import dev.hearth.module.CommandLine;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code community.general.npm}: packages of Node.js, of a project or of the whole host. */
public final class Npm implements Module<Npm.Args> {

  /** Takes the directory off the words and looks whether the program is there. */
  static final String FIND =
      """
      directory=$1
      shift
      if ! command -v "$1" >/dev/null; then
        echo "$1 is not on this host; install the package npm first" >&2
        exit 127
      fi
      """;

  private static final String RUN =
      FIND
          + """
          if [ -n "$directory" ]; then
            mkdir -p -- "$directory" && cd -- "$directory" || exit
          fi
          exec "$@" </dev/null
          """;

  /** The parameters. */
  public record Args(
      @Arg(doc = "The package; all that package.json names when none is given.")
          Optional<String> name,
      @Arg(doc = "The directory of the project.") Optional<String> path,
      @Arg(doc = "The version of the package.") Optional<String> version,
      @Arg(doc = "For the whole host.", defaultsTo = "false") boolean global,
      @Arg(doc = "The program, with words before npm's own if need be.")
          Optional<String> executable,
      @Arg(doc = "Install just what the lock file says; a change each time.", defaultsTo = "false")
          boolean ci,
      @Arg(doc = "Run no scripts of packages.", defaultsTo = "false") boolean ignoreScripts,
      @Arg(doc = "Run scripts as root.", defaultsTo = "false") boolean unsafePerm,
      @Arg(doc = "Without what is for development only.", defaultsTo = "false") boolean production,
      @Arg(doc = "Where packages come from.") Optional<String> registry,
      @Arg(
              doc = "Whether they are installed, or the newest.",
              choices = {"absent", "latest", "present"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "Without optional packages.", defaultsTo = "false") boolean noOptional,
      @Arg(doc = "Make no links to programs.", defaultsTo = "false") boolean noBinLinks,
      @Arg(doc = "Get what is there already as well.", defaultsTo = "false") boolean force) {

    private List<String> program() {
      return executable.map(text -> CommandLine.split(text)).orElse(List.of("npm"));
    }

    /** What each call is told, whatever it does. */
    private List<String> options(boolean installs) {
      List<String> words = new ArrayList<>();
      flag(words, global, "--global");
      flag(words, production && installs, "--production");
      flag(words, ignoreScripts, "--ignore-scripts");
      flag(words, unsafePerm, "--unsafe-perm");
      registry.ifPresent(address -> words.addAll(List.of("--registry", address)));
      flag(words, noOptional, "--no-optional");
      flag(words, noBinLinks, "--no-bin-links");
      flag(words, force, "--force");
      return words;
    }

    private static void flag(List<String> words, boolean on, String option) {
      if (on) {
        words.add(option);
      }
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.npm",
        Args.class,
        "Installs and removes packages of Node.js in a project or for the whole host.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return want.path()
        .flatMap(path -> new HostPath(path).needs())
        .<List<Fact<?>>>map(List::of)
        .orElse(List.of());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.path().isEmpty() && !want.global()) {
      throw new Refusal("path is needed: the package's directory, unless global is set");
    }
    if (want.state().equals("absent") && want.name().isEmpty()) {
      throw new Refusal("state is absent but all of the following are missing: name");
    }
    String directory = want.path().map(path -> new HostPath(path).on(host)).orElse("");
    if (want.ci()) {
      Step step = step(want, directory, "ci", "install what the lock file says", "");
      return changes(List.of(step), Map.of(), Map.of());
    }
    Map<String, String> now =
        host.get(new NpmFact(want.program(), directory, false, want.options(false)));
    String name = want.name().orElse("");
    String there = now.getOrDefault(name, "");
    if (want.state().equals("absent")) {
      return there.isEmpty()
          ? Verdict.satisfied(Result.ok())
          : changes(
              List.of(step(want, directory, "uninstall", "remove " + name, there)),
              Map.of(name, Value.text(there)),
              Map.of());
    }
    List<Step> steps = new ArrayList<>();
    Map<String, Value> before = new LinkedHashMap<>();
    Map<String, Value> after = new LinkedHashMap<>();
    boolean missing =
        name.isEmpty()
            ? now.isEmpty() || now.containsValue("")
            : there.isEmpty()
                || want.version().filter(version -> !version.equals(there)).isPresent()
                || now.containsValue("");
    if (missing) {
      steps.add(step(want, directory, "install", "install " + described(want), there));
      before.put(described(want), Value.text(there));
      after.put(
          described(want), want.version().<Value>map(Value::text).orElse(Value.text("present")));
    }
    if (want.state().equals("latest")) {
      Map<String, String> outdated =
          host.get(new NpmFact(want.program(), directory, true, want.options(false)));
      if (!name.isEmpty()) {
        outdated.keySet().retainAll(List.of(name));
      }
      if (!outdated.isEmpty()) {
        steps.add(step(want, directory, "update", "update " + described(want), there));
        outdated.keySet().forEach(each -> before.put(each, Value.text("outdated")));
        outdated.keySet().forEach(each -> after.put(each, Value.text("latest")));
      }
    }
    return steps.isEmpty() ? Verdict.satisfied(Result.ok()) : changes(steps, before, after);
  }

  private static String described(Args want) {
    return want.name().orElse("the packages of package.json");
  }

  private static Verdict changes(
      List<Step> steps, Map<String, Value> before, Map<String, Value> after) {
    return Verdict.changes(steps, List.of(new Diff.Properties(before, after)), Result.changedNow());
  }

  private static Step step(Args want, String directory, String command, String what, String there) {
    return Step.change(
        what,
        run(want, directory, command, named(want, !command.equals("uninstall"))),
        undo(want, directory, command, there));
  }

  private static Script run(Args want, String directory, String command, Optional<String> name) {
    List<String> words = new ArrayList<>(want.program());
    words.add(command);
    words.addAll(want.options(!command.equals("uninstall")));
    name.ifPresent(words::add);
    return script(RUN, directory, words);
  }

  static Script script(String body, String directory, List<String> words) {
    List<String> all = new ArrayList<>(List.of(directory));
    all.addAll(words);
    return Script.of(body, all.toArray(String[]::new));
  }

  private static Optional<String> named(Args want, boolean versioned) {
    return want.name()
        .map(name -> name + (versioned ? want.version().map(it -> "@" + it).orElse("") : ""));
  }

  private static Undo undo(Args want, String directory, String command, String there) {
    if (!want.global()) {
      return new Undo.Several(
          List.of(
              new Undo.RestoreTrees(List.of(directory + "/node_modules")),
              Undo.restore(directory + "/package.json", directory + "/package-lock.json")));
    }
    String name = want.name().orElse("");
    if (command.equals("install") && there.isEmpty() && !name.isEmpty()) {
      return new Undo.Run("remove " + name, run(want, directory, "uninstall", Optional.of(name)));
    }
    return name.isEmpty() || there.isEmpty()
        ? new Undo.Impossible("npm does not say what it brings for the whole host")
        : new Undo.Run(
            "install " + name + " " + there,
            run(want, directory, "install", Optional.of(name + "@" + there)));
  }
}
