package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
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

/** {@code ansible.builtin.dnf}: packages of Red Hat's family. */
public final class Dnf implements Module<Dnf.Args> {

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "Packages, groups (`@name`), files or addresses; `*` with `latest` means all.",
              aliases = {"pkg"})
          Optional<List<String>> name,
      @Arg(
              doc = "Whether they are installed; `latest` also upgrades.",
              choices = {"absent", "installed", "latest", "present", "removed"})
          Optional<String> state,
      @Arg(doc = "Allow older versions than the installed ones.", defaultsTo = "false")
          boolean allowDowngrade,
      @Arg(doc = "Remove what is in the way.", defaultsTo = "false") boolean allowerasing,
      @Arg(doc = "Remove what nothing needs any more.", defaultsTo = "false") boolean autoremove,
      @Arg(doc = "Only the newest versions.") Optional<Boolean> best,
      @Arg(doc = "With `latest`: only corrections.", defaultsTo = "false") boolean bugfix,
      @Arg(doc = "Fetch nothing.", defaultsTo = "false") boolean cacheonly,
      @Arg(doc = "Another configuration.") Optional<String> confFile,
      @Arg(doc = "Configured exclusions that do not count.") Optional<String> disableExcludes,
      @Arg(doc = "Do not check signatures.", defaultsTo = "false") boolean disableGpgCheck,
      @Arg(doc = "Plugins to leave away.") List<String> disablePlugin,
      @Arg(doc = "Repositories to leave away.") List<String> disablerepo,
      @Arg(doc = "Where downloads go.") Optional<String> downloadDir,
      @Arg(doc = "Only download.", defaultsTo = "false") boolean downloadOnly,
      @Arg(doc = "Plugins to use.") List<String> enablePlugin,
      @Arg(doc = "Repositories to use as well.") List<String> enablerepo,
      @Arg(doc = "Packages to leave as they are.") List<String> exclude,
      @Arg(doc = "Means nothing.", defaultsTo = "true") boolean installRepoquery,
      @Arg(doc = "Install what packages recommend.", defaultsTo = "true") boolean installWeakDeps,
      @Arg(doc = "The root of another system.", defaultsTo = "/") String installroot,
      @Arg(
              doc =
                  "Only list: `installed`, `available` or `upgrades`, the enabled `repos`, or the"
                      + " packages of a name or pattern.")
          Optional<String> list,
      @Arg(doc = "Seconds to wait for a lock; dnf waits itself.", defaultsTo = "30")
          int lockTimeout,
      @Arg(doc = "Other than the newest versions are fine.") Optional<Boolean> nobest,
      @Arg(doc = "The release whose packages are taken.") Optional<String> releasever,
      @Arg(doc = "With `latest`: only what closes holes.", defaultsTo = "false") boolean security,
      @Arg(doc = "Leave out what cannot be installed.", defaultsTo = "false") boolean skipBroken,
      @Arg(doc = "Check certificates.", defaultsTo = "true") boolean sslverify,
      @Arg(
              doc = "Fetch the lists first.",
              aliases = {"expire-cache"},
              defaultsTo = "false")
          boolean updateCache,
      @Arg(doc = "With `latest`: install nothing new.", defaultsTo = "false") boolean updateOnly,
      @Arg(
              doc = "The program; `auto` finds out.",
              choices = {"auto", "dnf", "dnf4", "dnf5", "yum", "yum4"},
              defaultsTo = "auto")
          String useBackend,
      @Arg(doc = "Check certificates of addresses.", defaultsTo = "true") boolean validateCerts) {

    /** The packages; none when none are given. */
    List<String> names() {
      return name.orElse(List.of());
    }

    String plainState() {
      return PackagePlan.plain(state.orElse(autoremove ? "absent" : "present"));
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
            "ansible.builtin.dnf",
            Args.class,
            "Installs, upgrades and removes packages of Red Hat's family.")
        .alias("ansible.builtin.dnf5", "ansible.builtin.yum");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(new PackageManagerFact(true));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.name().isEmpty()
        && !want.autoremove()
        && !want.updateCache()
        && want.list().isEmpty()) {
      throw new Refusal("one of the following is required: name, autoremove, update_cache, list");
    }
    String found = host.get(new PackageManagerFact(true));
    String command =
        switch (want.useBackend()) {
          case "auto" -> found;
          case "dnf4" -> "dnf";
          case "yum4" -> "yum";
          default -> want.useBackend();
        };
    if (!List.of("dnf", "dnf5", "yum").contains(command)) {
      throw new Refusal("this host has no dnf; the module package uses what the host has");
    }
    if (want.list().isPresent()) {
      List<String> options = options(want);
      option(options, want.updateCache(), "--refresh");
      return Verdict.satisfied(
          Result.ok()
              .with("msg", "")
              .with(
                  "results",
                  new Value.Seq(host.get(new DnfListFact(command, want.list().get(), options)))));
    }
    PackageTool tool = PackageTool.dnf(command);
    boolean removes = want.plainState().equals("absent");
    boolean all = want.names().equals(List.of("*"));
    if (want.names().isEmpty() && want.autoremove()) {
      return autoremove(tool);
    }
    List<String> names = all ? List.of() : want.names();
    if (want.updateOnly() && want.plainState().equals("latest")) {
      Map<String, String> states = host.get(new PackageStatesFact(tool, names, true));
      names = names.stream().filter(name -> !"missing".equals(states.get(name))).toList();
    }
    Verdict verdict =
        new PackagePlan(
                tool,
                names,
                want.plainState(),
                want.updateCache(),
                all && want.plainState().equals("latest"),
                options(want),
                List.of(),
                removes && want.autoremove()
                    ? List.of("--setopt=clean_requirements_on_remove=True")
                    : removes ? List.of("--setopt=clean_requirements_on_remove=False") : List.of())
            .verdict(host);
    // Nothing is installed then, and what was fetched before is told as fetched again.
    return want.downloadOnly() && verdict instanceof Verdict.Changes changes
        ? changes.telling((end, ends) -> end.changed(true))
        : verdict;
  }

  private static Verdict autoremove(PackageTool tool) {
    Step step =
        Step.change(
            "remove what nothing needs",
            Script.of("exec \"$1\" -y autoremove </dev/null\n", tool.name()),
            new Undo.Impossible("what nothing needed is gone"));
    return Verdict.changes(List.of(step), List.of(), Result.ok())
        .telling((end, ends) -> end.changed(!ends.getFirst().out().contains("Nothing to do")));
  }

  private static List<String> options(Args want) {
    List<String> options = new ArrayList<>();
    want.confFile().ifPresent(file -> options.add("--config=" + file));
    want.enablerepo().forEach(repo -> options.add("--enablerepo=" + repo));
    want.disablerepo().forEach(repo -> options.add("--disablerepo=" + repo));
    want.exclude().forEach(name -> options.add("--exclude=" + name));
    want.enablePlugin().forEach(name -> options.add("--enableplugin=" + name));
    want.disablePlugin().forEach(name -> options.add("--disableplugin=" + name));
    want.disableExcludes().ifPresent(name -> options.add("--disableexcludes=" + name));
    want.releasever().ifPresent(release -> options.add("--releasever=" + release));
    want.downloadDir().ifPresent(directory -> options.add("--downloaddir=" + directory));
    option(options, !want.installroot().equals("/"), "--installroot=" + want.installroot());
    option(options, want.disableGpgCheck(), "--nogpgcheck");
    option(options, want.allowerasing(), "--allowerasing");
    option(options, want.skipBroken(), "--skip-broken");
    option(options, want.cacheonly(), "--cacheonly");
    option(options, want.downloadOnly(), "--downloadonly");
    option(options, !want.sslverify() || !want.validateCerts(), "--setopt=sslverify=False");
    option(options, !want.installWeakDeps(), "--setopt=install_weak_deps=False");
    option(options, want.best().orElse(false), "--best");
    option(options, want.nobest().orElse(false), "--nobest");
    option(options, want.security(), "--security");
    option(options, want.bugfix(), "--bugfix");
    return options;
  }

  private static void option(List<String> options, boolean wanted, String option) {
    if (wanted) {
      options.add(option);
    }
  }
}
