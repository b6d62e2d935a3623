package dev.hearth.module.packages;

import dev.hearth.module.Refusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a task says about one package.
 *
 * @param name the name, perhaps with an architecture behind a colon, perhaps a shell pattern
 * @param operator {@code =}, {@code >=} or empty
 * @param version the version; may be a shell pattern behind {@code =}
 */
record PackageSpec(String name, String operator, String version) {

  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9*?\\[][A-Za-z0-9+.:*?\\[\\]!^_-]*)(?:(>=|=)([^=\\s]+))?");

  /**
   * Reads {@code name}, {@code name=version} or {@code name>=version}.
   *
   * @throws Refusal for anything else
   */
  static PackageSpec of(String written) {
    Matcher form = FORM.matcher(written.strip());
    if (!form.matches()) {
      throw new Refusal("invalid package spec: '" + written + "'");
    }
    return new PackageSpec(
        form.group(1),
        form.group(2) == null ? "" : form.group(2),
        form.group(3) == null ? "" : form.group(3));
  }

  boolean pattern() {
    return name.contains("*") || name.contains("?") || name.contains("[");
  }

  /** As apt-get takes it; a least version is left to apt's choice of the newest. */
  String forApt() {
    return operator.equals("=") ? name + "=" + version : name;
  }

  @Override
  public String toString() {
    return name + operator + version;
  }
}
