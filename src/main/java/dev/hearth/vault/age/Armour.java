package dev.hearth.vault.age;

import dev.hearth.diag.Location;
import dev.hearth.vault.key.CanonicalBase64;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The text form of an age file: strict PEM (RFC 7468), as age demands it. */
final class Armour {

  static final String BEGIN = "-----BEGIN AGE ENCRYPTED FILE-----";
  private static final String END = "-----END AGE ENCRYPTED FILE-----";
  private static final int COLUMNS = 64;
  private static final int MOST_BLANKS = 1024;

  private Armour() {}

  /** Whether a content is armoured; blanks may stand before it. */
  static boolean isArmour(byte[] content) {
    int start = 0;
    while (start < Math.min(content.length, MOST_BLANKS) && isBlank(content[start])) {
      start++;
    }
    byte[] begin = BEGIN.getBytes(StandardCharsets.US_ASCII);
    return content.length - start >= begin.length
        && Arrays.equals(content, start, start + begin.length, begin, 0, begin.length);
  }

  private static boolean isBlank(byte character) {
    return character == ' ' || character == '\t' || character == '\n' || character == '\r';
  }

  static byte[] read(byte[] content, Location at) {
    String text = new String(content, StandardCharsets.ISO_8859_1).strip();
    List<String> lines = List.of(text.split("\r?\n", -1));
    if (!lines.getFirst().equals(BEGIN)) {
      throw Damage.ARMOUR.at(at, "its first line has to be " + BEGIN);
    }
    if (lines.size() < 2 || !lines.getLast().equals(END)) {
      throw Damage.ARMOUR.at(at.plus(lines.size() - 1, 0), "it does not end with " + END);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int number = 1; number < lines.size() - 1; number++) {
      boolean last = number == lines.size() - 2;
      bytes.writeBytes(line(lines.get(number), last).orElseThrow(badLine(at.plus(number, 0))));
    }
    return bytes.toByteArray();
  }

  private static Supplier<RuntimeException> badLine(Location at) {
    return () ->
        Damage.ARMOUR.at(
            at, "its lines are base64, 64 characters long but for the last, which is padded");
  }

  private static Optional<byte[]> line(String line, boolean last) {
    if (line.isEmpty() || line.length() > COLUMNS || line.length() % 4 != 0) {
      return Optional.empty();
    }
    if (!last) {
      return line.length() == COLUMNS ? CanonicalBase64.decode(line) : Optional.empty();
    }
    String bare = line.endsWith("==") ? cut(line, 2) : line.endsWith("=") ? cut(line, 1) : line;
    return bare.contains("=") ? Optional.empty() : CanonicalBase64.decode(bare);
  }

  private static String cut(String line, int characters) {
    return line.substring(0, line.length() - characters);
  }

  static byte[] write(byte[] file) {
    String lines = Base64.getMimeEncoder(COLUMNS, new byte[] {'\n'}).encodeToString(file);
    return (BEGIN + "\n" + lines + "\n" + END + "\n").getBytes(StandardCharsets.US_ASCII);
  }
}
