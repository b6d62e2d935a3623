package dev.hearth.module.packages;

import java.util.ArrayList;
import java.util.List;

/** Options of apt-get for what a task says, the command last. */
final class AptOptions {

  private AptOptions() {}

  static List<String> install(Apt.Args want) {
    List<String> options = common(want);
    if (want.onlyUpgrade()) {
      options.add("--only-upgrade");
    }
    if (want.state().equals("fixed")) {
      options.add("--fix-broken");
    }
    recommends(want, options);
    options.add("install");
    return options;
  }

  static List<String> buildDep(Apt.Args want) {
    List<String> options = common(want);
    options.remove("--auto-remove");
    recommends(want, options);
    options.add("build-dep");
    return options;
  }

  private static void recommends(Apt.Args want, List<String> options) {
    want.installRecommends()
        .ifPresent(
            yes -> {
              options.add("-o");
              options.add("APT::Install-Recommends=" + (yes ? "yes" : "no"));
            });
    if (want.allowChangeHeldPackages()) {
      options.add("--allow-change-held-packages");
    }
  }

  static List<String> remove(Apt.Args want) {
    List<String> options = common(want);
    if (want.purge()) {
      options.add("--purge");
    }
    if (want.allowChangeHeldPackages()) {
      options.add("--allow-change-held-packages");
    }
    options.add("remove");
    return options;
  }

  static List<String> upgrade(Apt.Args want, String mode) {
    List<String> options = common(want);
    if (mode.equals("dist") || mode.equals("full")) {
      options.add("dist-upgrade");
    } else {
      options.add("--with-new-pkgs");
      options.add("upgrade");
    }
    return options;
  }

  static List<String> cleanup(Apt.Args want, String command) {
    List<String> options = common(want);
    options.remove("--auto-remove");
    if (want.purge() && command.equals("autoremove")) {
      options.add("--purge");
    }
    options.add(command);
    return options;
  }

  private static List<String> common(Apt.Args want) {
    List<String> options = new ArrayList<>();
    for (String option : want.dpkgOptions().split(",", -1)) {
      if (!option.isBlank()) {
        options.add("-o");
        options.add("Dpkg::Options::=--" + option.strip());
      }
    }
    options.add("-o");
    options.add("DPkg::Lock::Timeout=" + want.lockTimeout());
    want.defaultRelease()
        .ifPresent(
            release -> {
              options.add("-t");
              options.add(release);
            });
    if (want.autoremove()) {
      options.add("--auto-remove");
    }
    if (want.failOnAutoremove()) {
      options.add("--no-remove");
    }
    if (want.allowUnauthenticated() || want.force()) {
      options.add("--allow-unauthenticated");
    }
    if (want.allowDowngrade() || want.force()) {
      options.add("--allow-downgrades");
    }
    if (want.force()) {
      options.add("--allow-remove-essential");
      options.add("--allow-change-held-packages");
    }
    return options;
  }
}
