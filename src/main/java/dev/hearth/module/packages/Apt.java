package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * Debian packages by apt-get, which never asks anything: debconf is silent, services are restarted
 * by needrestart without a question, changed configuration files are kept. A lock that another
 * program holds is waited for; an interrupted dpkg is finished first.
 */
public final class Apt implements Module<Apt.Args> {

  /** The arguments of {@code apt}. */
  public record Args(
      @Arg(
              doc =
                  "The packages: `name`, `name=version` (a shell pattern works) or `name>=version`."
                      + " `*` with `state: latest` upgrades all.",
              aliases = {"package", "pkg"})
          Optional<List<String>> name,
      @Arg(
              doc =
                  "`present` installs what is missing, `latest` also upgrades, `absent` removes."
                      + " `build-dep` installs what is needed to build the packages; `fixed` mends"
                      + " broken dependencies, on the way to packages or by itself.",
              choices = {"absent", "build-dep", "fixed", "latest", "present"},
              defaultsTo = "present")
          String state,
      @Arg(
              doc = "Fetch the lists of packages first.",
              aliases = {"update-cache"})
          Optional<Boolean> updateCache,
      @Arg(doc = "How often fetching the lists is tried.", defaultsTo = "5") int updateCacheRetries,
      @Arg(doc = "Most seconds between two tries.", defaultsTo = "12") int updateCacheRetryMaxDelay,
      @Arg(
              doc =
                  "Fetch the lists only when they are older than this many seconds, or when"
                      + " repositories changed since.",
              defaultsTo = "0")
          int cacheValidTime,
      @Arg(doc = "Remove configuration files too.", defaultsTo = "false") boolean purge,
      @Arg(doc = "A package file on the host to install.") Optional<String> deb,
      @Arg(
              doc = "The release to install from.",
              aliases = {"default-release"})
          Optional<String> defaultRelease,
      @Arg(
              doc = "Whether recommended packages are installed too; the host's setting otherwise.",
              aliases = {"install-recommends"})
          Optional<Boolean> installRecommends,
      @Arg(
              doc = "Go on over warnings: unsigned packages, downgrades, held and essential ones.",
              defaultsTo = "false")
          boolean force,
      @Arg(
              doc = "Upgrade all packages; `dist` and `full` may remove some.",
              choices = {"dist", "full", "no", "safe", "yes"})
          Optional<String> upgrade,
      @Arg(
              doc = "Options for dpkg, without their dashes.",
              defaultsTo = "force-confdef,force-confold")
          String dpkgOptions,
      @Arg(doc = "Remove packages that nothing needs any more.", defaultsTo = "false")
          boolean autoremove,
      @Arg(doc = "Remove package files that cannot be fetched any more.", defaultsTo = "false")
          boolean autoclean,
      @Arg(doc = "Fail rather than remove what nothing needs.", defaultsTo = "false")
          boolean failOnAutoremove,
      @Arg(doc = "Exit code that keeps services from being started meanwhile.")
          Optional<Integer> policyRcD,
      @Arg(doc = "Only upgrade packages that are installed.", defaultsTo = "false")
          boolean onlyUpgrade,
      @Arg(doc = "Use apt-get and not aptitude; it always is.", defaultsTo = "false")
          boolean forceAptGet,
      @Arg(doc = "Remove all fetched package files.", defaultsTo = "false") boolean clean,
      @Arg(
              doc = "Install packages without a valid signature.",
              aliases = {"allow-unauthenticated"},
              defaultsTo = "false")
          boolean allowUnauthenticated,
      @Arg(
              doc = "Allow older versions than the installed ones.",
              aliases = {"allow-downgrade", "allow_downgrades", "allow-downgrades"},
              defaultsTo = "false")
          boolean allowDowngrade,
      @Arg(doc = "Change packages that are held.", defaultsTo = "false")
          boolean allowChangeHeldPackages,
      @Arg(doc = "Seconds to wait for another program's lock.", defaultsTo = "60") int lockTimeout,
      @Arg(
              doc = "Install Python's apt library; there is no Python here, so it means nothing.",
              defaultsTo = "true")
          boolean autoInstallModuleDeps) {

    /** The packages; none when none are given. */
    List<String> names() {
      return name.orElse(List.of());
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.apt", Args.class, "Installs, upgrades and removes Debian packages.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return AptPlan.facts(want);
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    boolean upgrades = want.upgrade().filter(mode -> !mode.equals("no")).isPresent();
    long kinds =
        List.of(want.deb().isPresent(), !want.names().isEmpty(), upgrades).stream()
            .filter(given -> given)
            .count();
    if (kinds > 1) {
      throw new Refusal("name, deb and upgrade exclude each other; use one task for each");
    }
    return AptPlan.of(want, host);
  }
}
