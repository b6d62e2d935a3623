package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code community.general.pipx}: applications in Python, each with packages of its own. */
public final class Pipx implements Module<Pipx.Args> {

  /** Takes the program off the words and makes {@code pipx} call it. */
  static final String FIND =
      """
      program=$1
      shift
      if [ -n "$program" ]; then
        pipx() { "$program" "$@"; }
      elif ! command -v pipx >/dev/null; then
        pipx() { python3 -m pipx "$@"; }
      fi
      export USE_EMOJI=0
      """;

  private static final String RUN = FIND + "pipx \"$@\" </dev/null\n";

  /** The parameters. */
  public record Args(
      @Arg(
              doc =
                  "What is done; `present` means `install` and `absent` `uninstall`, `latest`"
                      + " installs or upgrades.",
              choices = {
                "present",
                "absent",
                "install",
                "install_all",
                "uninstall",
                "uninstall_all",
                "inject",
                "uninject",
                "upgrade",
                "upgrade_shared",
                "upgrade_all",
                "reinstall",
                "reinstall_all",
                "latest",
                "pin",
                "unpin"
              },
              defaultsTo = "install")
          String state,
      @Arg(doc = "The application, `name` or `name==version`.") Optional<String> name,
      @Arg(doc = "Where it comes from, if not by its name.") Optional<String> source,
      @Arg(doc = "Also the programs of injected packages.", defaultsTo = "false")
          boolean installApps,
      @Arg(doc = "Also the programs of packages that it needs.", defaultsTo = "false")
          boolean installDeps,
      @Arg(doc = "Packages beside the application.") List<String> injectPackages,
      @Arg(doc = "Also where pipx thinks there is nothing to do.", defaultsTo = "false")
          boolean force,
      @Arg(doc = "Upgrade what is beside it as well.", defaultsTo = "false")
          boolean includeInjected,
      @Arg(doc = "The index of packages.") Optional<String> indexUrl,
      @Arg(doc = "The Python that it gets.") Optional<String> python,
      @Arg(doc = "It sees the host's packages.", defaultsTo = "false") boolean systemSitePackages,
      @Arg(doc = "The program.") Optional<String> executable,
      @Arg(doc = "It stays where its source is.", defaultsTo = "false") boolean editable,
      @Arg(doc = "Options of pip.") Optional<String> pipArgs,
      @Arg(doc = "What is put behind its name.") Optional<String> suffix,
      @Arg(doc = "For all users.", defaultsTo = "false") boolean global,
      @Arg(doc = "The file of `install_all`.") Optional<String> specMetadata) {

    /** The command of pipx. */
    private String command() {
      return switch (state) {
        case "present" -> "install";
        case "absent" -> "uninstall";
        default -> state.replace('_', '-');
      };
    }

    private PipRequirement requirement() {
      return PipRequirement.of(List.of(name.orElse("")), "").getFirst();
    }

    private String application() {
      return requirement().name() + suffix.orElse("");
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.pipx",
        Args.class,
        "Installs, upgrades and removes applications in Python with pipx.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(fact(want));
  }

  private static PipxFact fact(Args want) {
    return new PipxFact(want.executable().orElse(""), want.global());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    refuse(want);
    PipxFact.Answer now = host.get(fact(want));
    if (now.version().matches("(0|1\\.[0-6])\\..*")) {
      throw new Refusal("the host's pipx is older than 1.7.0; install a newer one");
    }
    Optional<PipxFact.Application> there =
        want.name()
            .flatMap(name -> Optional.ofNullable(now.applications().get(want.application())));
    Optional<List<Step>> steps =
        switch (want.command()) {
          case "install" -> install(want, there);
          case "uninstall" -> there.map(it -> List.of(uninstall(want, it)));
          case "latest" -> latest(want, there);
          case "inject" -> inject(want, existing(want, there, "inject packages into"));
          case "uninject" -> uninject(want, existing(want, there, "uninject packages into"));
          case "pin", "unpin" -> pin(want, existing(want, there, want.state()));
          case "upgrade" -> Optional.of(List.of(upgrade(want, existing(want, there, "upgrade"))));
          case "reinstall" -> {
            existing(want, there, "reinstall");
            yield one(want, "reinstall", want.application(), "what it was is replaced");
          }
          case "uninstall-all" ->
              now.applications().isEmpty()
                  ? Optional.empty()
                  : one(want, "uninstall-all", "", "what was installed is not kept");
          default -> one(want, want.command(), "", "what pipx changes is not known before");
        };
    return steps
        .map(all -> changes(want, now, all))
        .orElseGet(() -> Verdict.satisfied(told(want, now, Result.ok())));
  }

  private static void refuse(Args want) {
    boolean named =
        !List.of("upgrade_all", "upgrade_shared", "uninstall_all", "reinstall_all", "install_all")
            .contains(want.state());
    if (named && want.name().isEmpty()) {
      throw new Refusal("state is " + want.state() + " but all of the following are missing: name");
    }
    if (want.state().equals("install_all") && want.specMetadata().isEmpty()) {
      throw new Refusal("state is install_all but all of the following are missing: spec_metadata");
    }
    if (want.state().equals("inject") && want.injectPackages().isEmpty()) {
      throw new Refusal("state is inject but all of the following are missing: inject_packages");
    }
  }

  private static PipxFact.Application existing(
      Args want, Optional<PipxFact.Application> there, String doing) {
    return there.orElseThrow(
        () ->
            new Refusal(
                "Trying to " + doing + " a non-existent application: " + want.application()));
  }

  private static Optional<List<Step>> install(Args want, Optional<PipxFact.Application> there) {
    boolean fits =
        there
            .filter(
                it -> want.requirement().fulfilled(Map.of(want.requirement().name(), it.version())))
            .isPresent();
    if (fits && !want.force()) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>(List.of("install"));
    common(words, want, true);
    flag(words, want.installDeps(), "--include-deps");
    flag(words, want.force() || there.isPresent(), "--force");
    python(words, want);
    flag(words, want.systemSitePackages(), "--system-site-packages");
    flag(words, want.editable(), "--editable");
    want.pipArgs().ifPresent(text -> words.add("--pip-args=" + text));
    want.suffix().ifPresent(text -> words.addAll(List.of("--suffix", text)));
    words.add(want.source().or(want::name).orElseThrow());
    Undo undo =
        there
            .map(
                it ->
                    undo(
                        want,
                        "install",
                        "--force",
                        want.requirement().name() + "==" + it.version()))
            .orElseGet(() -> undo(want, "uninstall", want.application()));
    return Optional.of(List.of(step(want, "install " + want.application(), undo, words)));
  }

  private static Step uninstall(Args want, PipxFact.Application there) {
    return step(
        want,
        "remove " + want.application(),
        undo(want, "install", want.requirement().name() + "==" + there.version()),
        words(want, "uninstall", want.application()));
  }

  private static Optional<List<Step>> latest(Args want, Optional<PipxFact.Application> there) {
    List<Step> steps = new ArrayList<>();
    if (there.isEmpty() || want.force()) {
      install(want, Optional.empty()).ifPresent(steps::addAll);
    }
    there.ifPresent(it -> steps.add(upgrade(want, it)));
    return Optional.of(steps);
  }

  private static Step upgrade(Args want, PipxFact.Application there) {
    List<String> words = new ArrayList<>(List.of("upgrade"));
    flag(words, want.global(), "--global");
    flag(words, want.includeInjected(), "--include-injected");
    want.indexUrl().ifPresent(url -> words.addAll(List.of("--index-url", url)));
    flag(words, want.force(), "--force");
    flag(words, want.editable(), "--editable");
    want.pipArgs().ifPresent(text -> words.add("--pip-args=" + text));
    words.add(want.application());
    return step(
        want,
        "upgrade " + want.application(),
        undo(want, "install", "--force", want.requirement().name() + "==" + there.version()),
        words);
  }

  private static Optional<List<Step>> inject(Args want, PipxFact.Application there) {
    List<String> missing =
        PipRequirement.of(want.injectPackages(), "").stream()
            .filter(each -> !each.fulfilled(there.injected()))
            .map(PipRequirement::text)
            .toList();
    if (missing.isEmpty() && !want.force()) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>(List.of("inject"));
    common(words, want, true);
    flag(words, want.installApps(), "--include-apps");
    flag(words, want.installDeps(), "--include-deps");
    flag(words, want.force(), "--force");
    flag(words, want.editable(), "--editable");
    want.pipArgs().ifPresent(text -> words.add("--pip-args=" + text));
    words.add(want.application());
    words.addAll(want.injectPackages());
    List<String> back = new ArrayList<>(List.of("uninject"));
    flag(back, want.global(), "--global");
    back.add(want.application());
    PipRequirement.of(missing, "").forEach(each -> back.add(each.name()));
    return Optional.of(
        List.of(
            step(
                want,
                "put packages beside " + want.application(),
                missing.isEmpty()
                    ? new Undo.Impossible("what was there before is replaced")
                    : new Undo.Run("take them out again", script(want, back)),
                words)));
  }

  private static Optional<List<Step>> uninject(Args want, PipxFact.Application there) {
    List<String> present =
        want.injectPackages().stream().filter(there.injected()::containsKey).toList();
    if (present.isEmpty()) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>(words(want, "uninject", want.application()));
    words.addAll(present);
    List<String> back = new ArrayList<>(words(want, "inject", want.application()));
    present.forEach(name -> back.add(name + "==" + there.injected().get(name)));
    return Optional.of(
        List.of(
            step(
                want,
                "take packages from beside " + want.application(),
                new Undo.Run("put them there again", script(want, back)),
                words)));
  }

  private static Optional<List<Step>> pin(Args want, PipxFact.Application there) {
    boolean pin = want.state().equals("pin");
    return there.pinned() == pin
        ? Optional.empty()
        : Optional.of(
            List.of(
                step(
                    want,
                    want.state() + " " + want.application(),
                    undo(want, pin ? "unpin" : "pin", want.application()),
                    words(want, want.state(), want.application()))));
  }

  private static Optional<List<Step>> one(Args want, String command, String name, String why) {
    List<String> words = new ArrayList<>(List.of(command));
    flag(words, want.global(), "--global");
    if (List.of("upgrade-all", "install-all").contains(command)) {
      flag(words, want.includeInjected() && command.equals("upgrade-all"), "--include-injected");
      flag(words, want.force(), "--force");
    }
    if (!name.isEmpty()) {
      words.add(name);
    }
    if (command.startsWith("reinstall")) {
      python(words, want);
    }
    if (command.equals("install-all")) {
      want.indexUrl().ifPresent(url -> words.addAll(List.of("--index-url", url)));
      python(words, want);
      flag(words, want.systemSitePackages(), "--system-site-packages");
      flag(words, want.editable(), "--editable");
    }
    if (List.of("upgrade-shared", "install-all").contains(command)) {
      want.pipArgs().ifPresent(text -> words.add("--pip-args=" + text));
    }
    if (command.equals("install-all")) {
      words.add(want.specMetadata().orElseThrow());
    }
    return Optional.of(List.of(step(want, "pipx " + command, new Undo.Impossible(why), words)));
  }

  private static void common(List<String> words, Args want, boolean index) {
    flag(words, want.global(), "--global");
    if (index) {
      want.indexUrl().ifPresent(url -> words.addAll(List.of("--index-url", url)));
    }
  }

  private static void python(List<String> words, Args want) {
    want.python().ifPresent(path -> words.addAll(List.of("--python", path)));
  }

  private static void flag(List<String> words, boolean on, String option) {
    if (on) {
      words.add(option);
    }
  }

  private static List<String> words(Args want, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    if (want.global()) {
      all.add(1, "--global");
    }
    return all;
  }

  private static Script script(Args want, List<String> words) {
    List<String> all = new ArrayList<>(List.of(want.executable().orElse("")));
    all.addAll(words);
    return Script.of(RUN, all.toArray(String[]::new));
  }

  private static Undo undo(Args want, String... words) {
    return new Undo.Run("pipx " + String.join(" ", words), script(want, words(want, words)));
  }

  private static Step step(Args want, String what, Undo undo, List<String> words) {
    return Step.change(what, script(want, words), undo);
  }

  private static Result told(Args want, PipxFact.Answer now, Result result) {
    return want.name()
        .<Result>map(name -> result.with("name", name))
        .orElse(result)
        .with("version", now.version());
  }

  private static Verdict changes(Args want, PipxFact.Answer now, List<Step> steps) {
    PipxFact fact = fact(want);
    List<Step> all = new ArrayList<>(steps);
    all.add(Step.read("look what pipx has", fact.probe()));
    String what = String.join("\n", steps.stream().map(Step::what).toList());
    boolean always =
        want.force()
            || List.of("install", "reinstall", "reinstall-all", "install-all")
                .contains(want.command());
    return Verdict.changes(
            all, List.of(new Diff.Prepared(what + "\n")), told(want, now, Result.changedNow()))
        .telling(
            (result, ends) -> {
              boolean differs =
                  !fact.parse(ends.getLast()).applications().equals(now.applications());
              return result
                  .changed(always || differs)
                  .with("stdout", Value.text(ends.getFirst().out()))
                  .with("stderr", Value.text(ends.getFirst().err()));
            });
  }
}
