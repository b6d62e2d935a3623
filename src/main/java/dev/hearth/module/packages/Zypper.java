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

/** {@code community.general.zypper}: packages of openSUSE. */
public final class Zypper implements Module<Zypper.Args> {

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "The packages; `*` with `latest` upgrades everything.",
              aliases = {"pkg"})
          Optional<List<String>> name,
      @Arg(
              doc =
                  "Whether they are installed; `latest` also upgrades; `dist-upgrade`, only of `*`,"
                      + " brings everything to what the repositories have.",
              choices = {"absent", "dist-upgrade", "installed", "latest", "present", "removed"},
              defaultsTo = "present")
          String state,
      @Arg(
              doc = "What the names are.",
              choices = {"application", "package", "patch", "pattern", "product", "srcpackage"},
              defaultsTo = "package")
          String type,
      @Arg(doc = "Take packages of other vendors.", defaultsTo = "false") boolean allowVendorChange,
      @Arg(doc = "Remove what nothing needs any more.", defaultsTo = "false") boolean cleanDeps,
      @Arg(doc = "Do not check signatures.", defaultsTo = "false") boolean disableGpgCheck,
      @Arg(doc = "Leave recommended packages away.", defaultsTo = "true") boolean disableRecommends,
      @Arg(doc = "Further options of the command.") Optional<String> extraArgs,
      @Arg(doc = "Further options in front of the command.") Optional<String> extraArgsPrecommand,
      @Arg(doc = "Install even if nothing is newer.", defaultsTo = "false") boolean force,
      @Arg(doc = "Solve conflicts by removing.", defaultsTo = "false") boolean forceResolution,
      @Arg(doc = "Allow older versions.", defaultsTo = "false") boolean oldpackage,
      @Arg(doc = "Say less; means nothing.", defaultsTo = "true") boolean quiet,
      @Arg(doc = "Replace files of other packages.", defaultsTo = "false") boolean replacefiles,
      @Arg(doc = "Say errors briefly; means nothing.", defaultsTo = "false") boolean simpleErrors,
      @Arg(doc = "A script of a package may fail.", defaultsTo = "false") boolean skipPostErrors,
      @Arg(
              doc = "Fetch the lists first.",
              aliases = {"refresh"},
              defaultsTo = "false")
          boolean updateCache) {

    /** The packages; none when none are given. */
    List<String> names() {
      return name.orElse(List.of());
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.zypper",
        Args.class,
        "Installs, upgrades and removes packages of openSUSE.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return plan(want).facts();
  }

  private static PackagePlan plan(Args want) {
    List<String> always = new ArrayList<>();
    if (want.disableGpgCheck()) {
      always.add("--no-gpg-checks");
    }
    want.extraArgsPrecommand().ifPresent(more -> always.addAll(CommandLine.split(more)));
    List<String> install = new ArrayList<>();
    option(install, want.disableRecommends(), "--no-recommends");
    option(install, want.force(), "--force");
    option(install, want.forceResolution(), "--force-resolution");
    option(install, want.replacefiles(), "--replacefiles");
    boolean versions = want.names().stream().anyMatch(name -> name.matches(".*[<>=].*"));
    option(install, want.oldpackage() || versions, "--oldpackage");
    option(
        install,
        want.state().equals("dist-upgrade") && want.allowVendorChange(),
        "--allow-vendor-change");
    List<String> remove = new ArrayList<>();
    option(remove, want.cleanDeps(), "--clean-deps");
    want.extraArgs()
        .ifPresent(
            more -> {
              install.addAll(CommandLine.split(more));
              remove.addAll(CommandLine.split(more));
            });
    String state = PackagePlan.plain(want.state());
    boolean all = all(want);
    if (!all) {
      install.add("--");
      remove.add("--");
    }
    List<String> names = want.names().stream().filter(name -> !name.isEmpty()).toList();
    return new PackagePlan(
        ZypperTool.of(want.type(), upgrade(want), want.skipPostErrors()),
        all
            ? List.of()
            : state.equals("absent")
                ? names.stream().map(name -> name.replaceFirst("^[-~]", "")).toList()
                : names,
        state,
        want.updateCache(),
        all,
        always,
        install,
        remove);
  }

  private static void option(List<String> options, boolean wanted, String option) {
    if (wanted) {
      options.add(option);
    }
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.name().isEmpty()) {
      throw new Refusal("zypper needs the parameter 'name'");
    }
    if (want.state().equals("dist-upgrade") && !all(want)) {
      throw new Refusal("Can not dist-upgrade specific packages.");
    }
    if (PackagePlan.plain(want.state()).equals("absent")) {
      refuseRemoval(want);
    }
    return plan(want).verdict(host);
  }

  private static boolean all(Args want) {
    return want.names().equals(List.of("*"))
        && (want.state().equals("latest") || want.state().equals("dist-upgrade"));
  }

  private static String upgrade(Args want) {
    if (want.type().equals("patch")) {
      return "patch";
    }
    return want.state().equals("dist-upgrade") ? "dist-upgrade" : "update";
  }

  private static void refuseRemoval(Args want) {
    if (want.type().equals("patch")) {
      throw new Refusal("Can not remove patches.");
    }
    for (String name : want.names()) {
      if (name.startsWith("+")) {
        throw new Refusal("Can not combine '+' prefix with state=remove/absent.");
      }
      if (name.contains("://") || name.endsWith(".rpm")) {
        throw new Refusal("Can not remove via URL.");
      }
    }
  }
}
