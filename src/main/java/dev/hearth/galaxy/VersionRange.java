package dev.hearth.galaxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which versions are meant: comparisons with commas between them, all of which must hold, such as
 * {@code >=1.0.0,<2.0.0}; a version alone means just it, {@code *} any release.
 *
 * @param parts the comparisons
 * @param text as it was written
 */
record VersionRange(List<Part> parts, String text) {

  /** Any release. */
  static final VersionRange ANY = new VersionRange(List.of(), "*");

  private static final Pattern PART = Pattern.compile("(>=|<=|==|!=|>|<|=)?\\s*(.+)");

  VersionRange {
    parts = List.copyOf(parts);
  }

  private enum Comparison {
    EQUAL,
    OTHER,
    MORE,
    LESS,
    AT_LEAST,
    AT_MOST
  }

  /** One comparison. */
  record Part(Comparison comparison, Version version) {

    boolean allows(Version candidate) {
      int order = candidate.compareTo(version);
      return switch (comparison) {
        case EQUAL -> order == 0;
        case OTHER -> order != 0;
        case MORE -> order > 0;
        case LESS -> order < 0;
        case AT_LEAST -> order >= 0;
        case AT_MOST -> order <= 0;
      };
    }
  }

  /** The range that a text is; empty when it is none. */
  static Optional<VersionRange> parse(String text) {
    List<Part> parts = new ArrayList<>();
    for (String each : text.split(",", -1)) {
      String part = each.strip();
      if (part.equals("*")) {
        continue;
      }
      Matcher form = PART.matcher(part);
      Optional<Version> version = form.matches() ? Version.parse(form.group(2)) : Optional.empty();
      if (version.isEmpty()) {
        return Optional.empty();
      }
      parts.add(new Part(comparison(form.group(1)), version.get()));
    }
    return Optional.of(new VersionRange(parts, text.strip()));
  }

  private static Comparison comparison(@Nullable String sign) {
    return switch (sign) {
      case ">=" -> Comparison.AT_LEAST;
      case "<=" -> Comparison.AT_MOST;
      case ">" -> Comparison.MORE;
      case "<" -> Comparison.LESS;
      case "!=" -> Comparison.OTHER;
      case null, default -> Comparison.EQUAL;
    };
  }

  /** Whether a version is in it. A pre-release is only where the range names it itself. */
  boolean allows(Version candidate, boolean preReleases) {
    boolean named =
        parts.stream()
            .anyMatch(
                part -> part.comparison() == Comparison.EQUAL && part.version().equals(candidate));
    return (preReleases || named || !candidate.isPreRelease())
        && parts.stream().allMatch(part -> part.allows(candidate));
  }

  /** Whether it names exactly one version. */
  boolean isExact() {
    return parts.size() == 1 && parts.getFirst().comparison() == Comparison.EQUAL;
  }

  @Override
  public String toString() {
    return text;
  }
}
