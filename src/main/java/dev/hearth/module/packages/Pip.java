package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.HostPath;
import dev.hearth.module.Arg;
import dev.hearth.module.CommandLine;
import dev.hearth.module.Exclusive;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code ansible.builtin.pip}: Python packages, of the host or of a virtual environment. Whether
 * {@code latest}, {@code forcereinstall} and {@code requirements} change something is known only
 * when pip has run; check mode says that they would.
 */
public final class Pip implements Module<Pip.Args> {

  private static final String MAKE =
      """
      directory=$1 umask=$2 chdir=$3
      shift 3
      [ -z "$umask" ] || umask "$umask"
      cd -- "${chdir:-/tmp}" || exit 1
      exec "$@" "$directory"
      """;

  private static final String RUN =
      PipFact.FIND
          + """
          find_pip "$1" "$2" || { echo "there is no pip on this host" >&2; exit 1; }
          if [ -n "$1" ]; then PATH=$1/bin:$PATH; fi
          [ -z "$3" ] || umask "$3"
          [ "$4" != yes ] || export PIP_BREAK_SYSTEM_PACKAGES=1
          cd -- "${5:-/tmp}" || exit 1
          shift 5
          export PIP_DISABLE_PIP_VERSION_CHECK=1 LC_ALL=C.UTF-8
          "$pip" "$@"
          """;

  private static final String NAMES =
      PipFact.FIND
          + """
          find_pip "$1" "$2" || exit 0
          "$pip" freeze 2>/dev/null | sed -n 's/==.*//p'
          """;

  /** The parameters. */
  @Exclusive(
      value = {"name", "requirements"},
      required = true)
  @Exclusive({"executable", "virtualenv"})
  public record Args(
      @Arg(doc = "The packages, perhaps with conditions on their versions; or addresses.")
          List<String> name,
      @Arg(doc = "The version, when there is one package.") Optional<String> version,
      @Arg(doc = "A file on the host that lists packages.") Optional<String> requirements,
      @Arg(
              doc = "What shall be.",
              choices = {"absent", "forcereinstall", "latest", "present"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "A virtual environment; it is made when it is not there.")
          Optional<String> virtualenv,
      @Arg(doc = "How it is made, such as `python3 -m venv`.", defaultsTo = "virtualenv")
          String virtualenvCommand,
      @Arg(doc = "The Python that virtualenv takes.") Optional<String> virtualenvPython,
      @Arg(doc = "The environment also sees the host's packages.", defaultsTo = "false")
          boolean virtualenvSitePackages,
      @Arg(doc = "Further arguments of pip.") Optional<String> extraArgs,
      @Arg(doc = "Install a source tree so that it can be edited.", defaultsTo = "false")
          boolean editable,
      @Arg(doc = "The directory in which pip runs.") Optional<String> chdir,
      @Arg(doc = "Another pip, such as `pip3.12`.") Optional<String> executable,
      @Arg(doc = "Mask of permissions while it runs, octal digits.") Optional<String> umask,
      @Arg(doc = "Allow changes where the distribution manages the packages.", defaultsTo = "false")
          boolean breakSystemPackages) {

    String environment() {
      String path = virtualenv.orElse("");
      return path.isEmpty() || path.startsWith("/") || chdir.isEmpty()
          ? path
          : chdir.get() + "/" + path;
    }

    /** The same with the environment's path as it is on the host. */
    Args at(String path) {
      return new Args(
          name,
          version,
          requirements,
          state,
          Optional.of(path),
          virtualenvCommand,
          virtualenvPython,
          virtualenvSitePackages,
          extraArgs,
          editable,
          chdir,
          executable,
          umask,
          breakSystemPackages);
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.pip",
        Args.class,
        "Installs and removes Python packages with the host's pip, in a virtual environment or"
            + " not.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return new HostPath(want.environment())
        .needs()
        .<List<Fact<?>>>map(home -> List.of(home))
        .orElseGet(() -> List.of(fact(want)));
  }

  private static PipFact fact(Args want) {
    return new PipFact(want.environment(), want.executable().orElse(""));
  }

  @Override
  public Verdict plan(Args given, Facts host) {
    Args want =
        given.virtualenv().isPresent()
            ? given.at(new HostPath(given.environment()).on(host))
            : given;
    if (want.state().equals("latest") && want.version().isPresent()) {
      throw new Refusal("version is incompatible with state=latest");
    }
    if (want.version().isPresent() && want.name().size() != 1) {
      throw new Refusal("version needs exactly one name; write conditions into the names instead");
    }
    if (want.umask().isPresent() && !want.umask().get().matches("[0-7]{1,4}")) {
      throw new Refusal("umask must be an octal integer");
    }
    PipFact.Answer now = host.get(fact(want));
    List<PipRequirement> names =
        want.name().isEmpty()
            ? List.of()
            : PipRequirement.of(want.name(), want.version().orElse(""));
    List<Step> steps = new ArrayList<>();
    if (!now.exists()) {
      steps.add(make(want));
    }
    boolean removes = want.state().equals("absent");
    // An empty list of names asks for nothing.
    boolean asked = !names.isEmpty() || want.requirements().isPresent();
    boolean open =
        asked
            && switch (want.state()) {
              case "present" ->
                  names.isEmpty()
                      || !names.stream().allMatch(name -> name.fulfilled(now.packages()));
              case "absent" ->
                  names.isEmpty()
                      || names.stream().anyMatch(name -> now.packages().containsKey(name.name()));
              default -> true;
            };
    Result result = result(given);
    if (open) {
      steps.add(pip(want, names, removes, now));
    }
    if (steps.isEmpty()) {
      return Verdict.satisfied(result);
    }
    List<Diff> diffs = List.of(diff(want, names, now));
    boolean sure = !now.exists();
    return Verdict.changes(steps, diffs, result.changed(true))
        .telling((all, ends) -> open ? told(all, ends.getLast(), sure) : all);
  }

  private static Result told(Result result, Outcome.Exited end, boolean sure) {
    boolean changed =
        sure
            || end.out().contains("Successfully installed")
            || end.out().contains("Successfully uninstalled");
    return result.changed(changed).with("stdout", end.out()).with("stderr", end.err());
  }

  private static Step make(Args want) {
    List<String> words = new ArrayList<>();
    words.add(want.environment());
    words.add(want.umask().orElse(""));
    words.add(want.chdir().orElse(""));
    List<String> command = CommandLine.split(want.virtualenvCommand());
    if (command.isEmpty()) {
      throw new Refusal("virtualenv_command is empty");
    }
    words.addAll(command);
    boolean venv =
        command.getFirst().endsWith("pyvenv") || command.contains("venv") && command.contains("-m");
    if (want.virtualenvSitePackages()) {
      words.add("--system-site-packages");
    }
    if (want.virtualenvPython().isPresent()) {
      if (venv) {
        throw new Refusal(
            "virtualenv_python should not be used when using the venv module or pyvenv as"
                + " virtualenv_command");
      }
      words.add("-p" + want.virtualenvPython().get());
    }
    return Step.change(
        "make the virtual environment " + want.environment(),
        Script.of(MAKE, words.toArray(String[]::new)),
        new Undo.RestoreTrees(List.of(want.environment())));
  }

  private static Step pip(
      Args want, List<PipRequirement> names, boolean removes, PipFact.Answer now) {
    List<String> words = new ArrayList<>();
    words.addAll(
        switch (want.state()) {
          case "absent" -> List.of("uninstall", "-y");
          case "latest" -> List.of("install", "-U");
          case "forcereinstall" -> List.of("install", "-U", "--force-reinstall");
          default -> List.of("install");
        });
    want.extraArgs().ifPresent(extra -> words.addAll(CommandLine.split(extra)));
    for (PipRequirement name : names) {
      if (want.editable() && !removes) {
        words.add("-e");
      }
      words.add(name.text());
    }
    want.requirements().ifPresent(file -> words.addAll(List.of("-r", file)));
    String what =
        names.isEmpty()
            ? want.requirements().orElse("")
            : String.join(", ", names.stream().map(PipRequirement::text).toList());
    return Step.change(
        (removes ? "uninstall " : "install ") + what,
        script(want, words),
        undo(want, names, removes, now));
  }

  /** Puts back the versions that there were; those that are still there cost nothing. */
  private static Optional<Undo> former(Args want, List<PipRequirement> names, PipFact.Answer now) {
    List<String> words = new ArrayList<>(List.of("install"));
    List<String> touched =
        names.isEmpty()
            ? List.copyOf(now.packages().keySet())
            : names.stream().map(PipRequirement::name).toList();
    for (String name : touched) {
      String version = now.packages().get(name);
      if (version != null) {
        words.add(name + "==" + version);
      }
    }
    return words.size() == 1
        ? Optional.empty()
        : Optional.of(new Undo.Run("install the former versions", script(want, words)));
  }

  private static Undo undo(
      Args want, List<PipRequirement> names, boolean removes, PipFact.Answer now) {
    Optional<Undo> former = former(want, names, now);
    if (removes) {
      return former.orElse(new Undo.Nothing("nothing was installed"));
    }
    Undo appeared =
        new Undo.Appeared(
            Script.of(NAMES, want.environment(), want.executable().orElse("")),
            script(want, List.of("uninstall", "-y")));
    return former
        .<Undo>map(versions -> new Undo.Several(List.of(appeared, versions)))
        .orElse(appeared);
  }

  private static Script script(Args want, List<String> words) {
    List<String> all = new ArrayList<>();
    all.add(want.environment());
    all.add(want.executable().orElse(""));
    all.add(want.umask().orElse(""));
    all.add(want.breakSystemPackages() ? "yes" : "");
    all.add(want.chdir().orElse(""));
    all.addAll(words);
    return Script.of(RUN, all.toArray(String[]::new));
  }

  private static Diff diff(Args want, List<PipRequirement> names, PipFact.Answer now) {
    StringBuilder before = new StringBuilder();
    StringBuilder after = new StringBuilder();
    for (PipRequirement name : names) {
      String version = now.packages().get(name.name());
      if (version != null) {
        before.append(name.name() + "==" + version + "\n");
      }
      if (!want.state().equals("absent")) {
        after.append(name.text() + "\n");
      }
    }
    want.requirements().ifPresent(file -> after.append("-r " + file + "\n"));
    return new Diff.Texts(
        "Python packages",
        Value.text(before.toString()),
        "Python packages",
        Value.text(after.toString()));
  }

  private static Result result(Args want) {
    Value none = Value.NULL;
    return Result.ok()
        .with(
            "name",
            want.name().isEmpty()
                ? none
                : new Value.Seq(
                    want.name().stream().map(each -> (Value) Value.text(each)).toList()))
        .with("version", want.version().<Value>map(Value::text).orElse(none))
        .with("state", want.state())
        .with("requirements", want.requirements().<Value>map(Value::text).orElse(none))
        .with("virtualenv", want.virtualenv().<Value>map(Value::text).orElse(none));
  }
}
