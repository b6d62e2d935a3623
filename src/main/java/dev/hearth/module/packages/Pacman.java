package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.CommandLine;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Verdict;
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
              doc = "Whether the reason of installed packages changes; only `new` is supported.",
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
    want.reason()
        .ifPresent(why -> install.add(why.equals("explicit") ? "--asexplicit" : "--asdeps"));
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
            files(want) ? List.of("--upgrade", "--noconfirm", "--noprogressbar") : arch.install(),
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

  private static boolean files(Args want) {
    return !want.names().isEmpty()
        && want.names().stream()
            .allMatch(name -> name.contains("://") || name.contains(".pkg.tar"));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.reasonFor().equals("all")) {
      throw new Refusal("reason_for=all is not supported; use 'pacman -D' in a command task");
    }
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
    return plan(want).verdict(host);
  }
}
