package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Packages by whichever package manager the host has: apt, apk, dnf, pacman or zypper. */
public final class PackageModule implements Module<PackageModule.Args> {

  /** The arguments of {@code package}. */
  public record Args(
      @Arg(doc = "The packages, by the names that this host's package manager uses.")
          Optional<List<String>> name,
      @Arg(
              doc = "Whether they are installed; `latest` also upgrades.",
              choices = {"absent", "installed", "latest", "present", "removed"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "The package manager to use; `auto` finds out.", defaultsTo = "auto") String use,
      @Arg(
              doc = "Fetch the lists of packages first.",
              aliases = {"update-cache"})
          Optional<Boolean> updateCache,
      @Arg(doc = "With apt: fetch them only when they are older.", defaultsTo = "0")
          int cacheValidTime,
      @Arg(
              doc = "With apt: allow older versions than the installed ones.",
              aliases = {"allow_downgrades"},
              defaultsTo = "false")
          boolean allowDowngrade,
      @Arg(doc = "With apt: whether recommended packages are installed too.")
          Optional<Boolean> installRecommends,
      @Arg(doc = "With apt: remove configuration files too.", defaultsTo = "false") boolean purge,
      @Arg(doc = "Remove what nothing needs any more.", defaultsTo = "false") boolean autoremove,
      @Arg(doc = "With apt: seconds to wait for another program's lock.", defaultsTo = "60")
          int lockTimeout,
      @Arg(doc = "With dnf: repositories to use as well.") List<String> enablerepo,
      @Arg(doc = "With dnf: repositories to leave away.") List<String> disablerepo,
      @Arg(doc = "With dnf: packages to leave as they are.") List<String> exclude,
      @Arg(doc = "With dnf: do not check signatures.") Optional<Boolean> disableGpgCheck) {

    /** The packages; none when none are given. */
    List<String> names() {
      return name.orElse(List.of());
    }

    /** What {@code dnf} alone understands. */
    List<String> forDnf() {
      List<String> options = new ArrayList<>();
      enablerepo.forEach(repo -> options.add("--enablerepo=" + repo));
      disablerepo.forEach(repo -> options.add("--disablerepo=" + repo));
      exclude.forEach(name -> options.add("--exclude=" + name));
      if (disableGpgCheck.orElse(false)) {
        options.add("--nogpgcheck");
      }
      return options;
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.package",
        Args.class,
        "Installs and removes packages by the host's own package manager.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    List<Fact<?>> facts = new ArrayList<>(List.of(new PackageManagerFact(false)));
    // Most hosts have apt: asked in the same round trip, and not looked at where they have not.
    if (want.use().equals("apt") || want.use().equals("auto")) {
      facts.addAll(AptPlan.facts(apt(want)));
    }
    return facts;
  }

  private static String state(Args want) {
    return switch (want.state()) {
      case "installed" -> "present";
      case "removed" -> "absent";
      default -> want.state();
    };
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.name().isEmpty()) {
      throw new Refusal("package needs the parameter 'name'");
    }
    String use = want.use().equals("auto") ? host.get(new PackageManagerFact(false)) : want.use();
    boolean dnf = List.of("dnf", "dnf5", "yum").contains(use);
    if (!dnf && (!want.forDnf().isEmpty() || want.disableGpgCheck().isPresent())) {
      throw new Refusal(
          "enablerepo, disablerepo, exclude and disable_gpg_check are for dnf, and this host has '"
              + use
              + "'");
    }
    return switch (use) {
      case "apt" -> AptPlan.of(apt(want), host);
      case "" -> throw new Refusal("no package manager was found on this host");
      case "dnf", "dnf5", "yum" ->
          new PackagePlan(
                  PackageTool.dnf(use),
                  want.names(),
                  state(want),
                  want.updateCache().orElse(false),
                  false,
                  want.forDnf(),
                  List.of(),
                  List.of())
              .verdict(host);
      default ->
          PackagePlan.of(
                  PackageTool.named(use)
                      .orElseThrow(
                          () ->
                              new Refusal(
                                  "the package manager '"
                                      + use
                                      + "' of this host is not supported: use a command task")),
                  want.names(),
                  want.state(),
                  want.updateCache().orElse(false))
              .verdict(host);
    };
  }

  private static Apt.Args apt(Args want) {
    return new Apt.Args(
        want.name(),
        state(want),
        want.updateCache(),
        5,
        12,
        want.cacheValidTime(),
        want.purge(),
        Optional.empty(),
        Optional.empty(),
        want.installRecommends(),
        false,
        Optional.empty(),
        "force-confdef,force-confold",
        want.autoremove(),
        false,
        false,
        Optional.empty(),
        false,
        false,
        false,
        false,
        want.allowDowngrade(),
        false,
        want.lockTimeout(),
        true);
  }
}
