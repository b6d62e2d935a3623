package dev.hearth.module.net;

import dev.hearth.fact.Facts;
import dev.hearth.module.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The checksum that a download must have.
 *
 * @param algorithm such as {@code sha256}
 * @param hex the checksum
 */
record WantedChecksum(String algorithm, String hex) {

  private static final Pattern FORM =
      Pattern.compile("(md5|sha1|sha224|sha256|sha384|sha512):(.+)", Pattern.CASE_INSENSITIVE);

  /** From {@code algorithm:hex} or {@code algorithm:address of a file of checksums}. */
  static Optional<WantedChecksum> of(String given, String downloadUrl, Facts host) {
    if (given.isBlank()) {
      return Optional.empty();
    }
    Matcher form = FORM.matcher(given.strip());
    if (!form.matches()) {
      throw new Refusal(
          "the checksum '"
              + given
              + "' must have the form algorithm:digits, such as sha256:9f86...");
    }
    String algorithm = form.group(1).toLowerCase(Locale.ROOT);
    String value = form.group(2).strip();
    String hex =
        value.matches("(?i)(https?|ftp|file)://.*")
            ? published(host.get(new PublishedChecksum(value)), value, downloadUrl)
            : value;
    hex = hex.replaceAll("\\W+", "").toLowerCase(Locale.ROOT);
    if (!hex.matches("[0-9a-f]{" + digits(algorithm) + "}")) {
      throw new Refusal(
          "'"
              + hex
              + "' is not a "
              + algorithm
              + " checksum: it has "
              + digits(algorithm)
              + " hexadecimal digits");
    }
    return Optional.of(new WantedChecksum(algorithm, hex));
  }

  private static int digits(String algorithm) {
    return switch (algorithm) {
      case "md5" -> 32;
      case "sha1" -> 40;
      case "sha224" -> 56;
      case "sha256" -> 64;
      case "sha384" -> 96;
      default -> 128;
    };
  }

  /** Finds the line of a file by its name; a file with one checksum alone needs none. */
  private static String published(String text, String url, String downloadUrl) {
    String name = GetUrlModule.fileName(downloadUrl);
    List<String> lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    List<String> found = new ArrayList<>();
    for (String line : lines) {
      String[] parts = line.split("\\s+", 2);
      if (parts.length == 2) {
        String listed = parts[1].strip().replaceFirst("^[*]", "").replaceFirst("^[.]/", "");
        if (listed.equals(name) || listed.endsWith("/" + name)) {
          found.add(parts[0]);
        }
      }
    }
    if (found.isEmpty() && lines.size() == 1 && lines.getFirst().matches("[0-9a-fA-F]+")) {
      found.add(lines.getFirst());
    }
    if (found.isEmpty()) {
      throw new Refusal("Unable to find a checksum for file '" + name + "' in '" + url + "'");
    }
    return found.getFirst();
  }
}
