package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code community.general.pacman}: packages of Arch Linux. */
public final class Pacman implements Module<Pacman.Args> {

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "Packages, groups, files or addresses.",
              aliases = {"package", "pkg"})
          Optional<List<String>> name,
      @Arg(
              doc = "Whether they are installed; `latest` also upgrades.",
              choices = {"absent", "installed", "latest", "present", "removed"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "The program, if it is another one.", defaultsTo = "pacman") String executable,
      @Arg(doc = "Further options.") Optional<String> extraArgs,
      @Arg(doc = "Remove even what others need; fetch lists that look new.", defaultsTo = "false")
          boolean force,
      @Arg(
              doc = "Why the packages are installed.",
              choices = {"dependency", "explicit"})
          Optional<String> reason,
      @Arg(
              doc =
                  "Of which packages the reason is set: those that come, or those that are there as"
                      + " well.",
              choices = {"all", "new"},
              defaultsTo = "new")
          String reasonFor,
      @Arg(doc = "Keep no changed settings on removal.", defaultsTo = "false") boolean removeNosave,
      @Arg(doc = "Fetch the lists first.", defaultsTo = "false") boolean updateCache,
      @Arg(doc = "Further options of that.") Optional<String> updateCacheExtraArgs,
      @Arg(doc = "Upgrade everything.", defaultsTo = "false") boolean upgrade,
      @Arg(doc = "Further options of that.") Optional<String> upgradeExtraArgs) {

    /** The packages; none when none are given. */
    List<String> names() {
      return name.orElse(List.of());
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.pacman",
        Args.class,
        "Installs, upgrades and removes packages of Arch Linux.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return plan(want).facts();
  }

  private static PackagePlan plan(Args want) {
    PackageTool arch = PackageTool.ARCH;
    List<String> refresh = new ArrayList<>(arch.refresh());
    if (want.force()) {
      refresh.add("--refresh");
    }
    refresh.addAll(CommandLine.split(want.updateCacheExtraArgs().orElse("")));
    List<String> install = new ArrayList<>(CommandLine.split(want.extraArgs().orElse("")));
    List<String> fresh =
        new ArrayList<>(
            files(want) ? List.of("--upgrade", "--noconfirm", "--noprogressbar") : arch.install());
    want.reason().ifPresent(why -> fresh.add(option(why)));
    List<String> upgrade = new ArrayList<>(arch.upgrade());
    upgrade.addAll(CommandLine.split(want.upgradeExtraArgs().orElse("")));
    List<String> remove = new ArrayList<>(CommandLine.split(want.extraArgs().orElse("")));
    if (want.force()) {
      remove.addAll(List.of("--nodeps", "--nodeps"));
    }
    if (want.removeNosave()) {
      remove.add("--nosave");
    }
    PackageTool tool =
        new PackageTool(
            want.executable(),
            arch.probe(),
            arch.newer(),
            refresh,
            upgrade,
            fresh,
            arch.latest(),
            arch.remove(),
            arch.list(),
            arch.versions());
    return new PackagePlan(
        tool,
        want.names(),
        PackagePlan.plain(want.state()),
        want.updateCache(),
        want.upgrade(),
        List.of(),
        install,
        remove);
  }

  private static String option(String reason) {
    return reason.equals("explicit") ? "--asexplicit" : "--asdeps";
  }

  private static boolean files(Args want) {
    return !want.names().isEmpty()
        && want.names().stream()
            .allMatch(name -> name.contains("://") || name.contains(".pkg.tar"));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.upgrade() && !want.names().isEmpty()) {
      throw new Refusal("parameters are mutually exclusive: name|upgrade");
    }
    if (want.name().isEmpty() && !want.upgrade() && !want.updateCache()) {
      throw new Refusal("one of the following is required: name, update_cache, upgrade");
    }
    if (!files(want)
        && want.names().stream()
            .anyMatch(name -> name.contains("://") || name.contains(".pkg.tar"))) {
      throw new Refusal("names of packages and files cannot be mixed; write two tasks");
    }
    Verdict packages = plan(want).verdict(host);
    if (want.reason().isEmpty()
        || want.reasonFor().equals("new")
        || want.names().isEmpty()
        || PackagePlan.plain(want.state()).equals("absent")) {
      return packages;
    }
    List<String> others = host.get(reasons(want));
    return others.isEmpty() ? packages : withReason(want, packages, others);
  }

  private static PacmanReasonFact reasons(Args want) {
    return new PacmanReasonFact(
        want.executable(), want.names(), want.reason().orElseThrow().equals("explicit"));
  }

  /** What {@code packages} says, and behind it another reason for packages that are there. */
  private static Verdict withReason(Args want, Verdict packages, List<String> others) {
    String reason = want.reason().orElseThrow();
    String former = reason.equals("explicit") ? "dependency" : "explicit";
    Step step =
        Step.change(
            "call " + String.join(" ", others) + " " + reason,
            mark(want, reason, others),
            new Undo.Run(
                "call " + String.join(" ", others) + " " + former, mark(want, former, others)));
    Diff diff = new Diff.Prepared(reason + ": " + String.join(" ", others) + "\n");
    List<Step> steps = new ArrayList<>();
    List<Diff> diffs = new ArrayList<>();
    if (packages instanceof Verdict.Changes changes) {
      steps.addAll(changes.steps());
      diffs.addAll(changes.diffs());
    }
    steps.add(step);
    diffs.add(diff);
    return Verdict.changes(
        steps, diffs, Result.changedNow().with("packages", PackagePlan.texts(want.names())));
  }

  private static Script mark(Args want, String reason, List<String> names) {
    List<String> words =
        new ArrayList<>(List.of(want.executable(), "--noconfirm", "--database", option(reason)));
    words.addAll(names);
    return Script.of("exec \"$@\" </dev/null\n", words.toArray(String[]::new));
  }
}
