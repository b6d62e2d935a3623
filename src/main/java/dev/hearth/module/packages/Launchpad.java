package dev.hearth.module.packages;

import dev.hearth.module.Refusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the personal package archives of Ubuntu's people are.
 *
 * @param api Launchpad's web service, which knows each archive's signing key
 * @param archives what apt fetches packages from
 * @param keys the server of keys that Launchpad publishes to
 */
record Launchpad(String api, String archives, String keys) {

  /** The public one. */
  static final Launchpad PUBLIC =
      new Launchpad(
          "https://api.launchpad.net/1.0",
          "https://ppa.launchpadcontent.net",
          "https://keyserver.ubuntu.com");

  /** What a task calls {@code ppa:OWNER/NAME}; an owner's first archive is called {@code ppa}. */
  record Ppa(String owner, String name) {

    private static final Pattern WRITTEN =
        Pattern.compile(
            "ppa:([A-Za-z0-9][A-Za-z0-9+._-]*)(?:/([A-Za-z0-9][A-Za-z0-9+._-]*)(?:/.*)?)?");

    static boolean is(String repo) {
      return repo.startsWith("ppa:");
    }

    static Ppa of(String repo) {
      Matcher parts = WRITTEN.matcher(repo);
      if (!parts.matches()) {
        throw new Refusal(
            "Invalid repository string: " + repo + "; an archive is written ppa:OWNER/NAME");
      }
      return new Ppa(parts.group(1), parts.group(2) == null ? "ppa" : parts.group(2));
    }
  }

  /** The line that apt reads. */
  String source(Ppa ppa, String codename) {
    return "deb "
        + archives
        + "/"
        + ppa.owner()
        + "/"
        + ppa.name()
        + "/ubuntu "
        + codename
        + " main";
  }

  /** What Launchpad tells of an archive. */
  String about(Ppa ppa) {
    return api + "/~" + ppa.owner() + "/+archive/" + ppa.name();
  }

  /** Where a key is fetched from; what comes is checked against the fingerprint. */
  String key(String fingerprint) {
    return keys + "/pks/lookup?op=get&options=mr&search=0x" + fingerprint;
  }
}
