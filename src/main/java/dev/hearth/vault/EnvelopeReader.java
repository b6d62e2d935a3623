package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Reads the written form of an encrypted text and says exactly what is wrong with a damaged one.
 */
final class EnvelopeReader {

  private static final Set<String> VERSIONS = Set.of("1.1", "1.2");
  private static final int CHECK_BYTES = 32;
  private static final int BLOCK_BYTES = 16;

  private final List<String> lines;
  private final Location at;

  EnvelopeReader(String text, Location at) {
    Conflict.refuse(text, at);
    this.lines = text.lines().toList();
    this.at = at;
  }

  Envelope read() {
    String label = label();
    String inner = new String(unhex(), StandardCharsets.ISO_8859_1);
    String[] parts = inner.split("\n", 3);
    if (parts.length < 3) {
      throw truncated();
    }
    byte[] salt = innerHex(parts[0]);
    byte[] check = innerHex(parts[1]);
    byte[] ciphertext = innerHex(parts[2]);
    boolean whole =
        salt.length > 0
            && check.length == CHECK_BYTES
            && ciphertext.length > 0
            && ciphertext.length % BLOCK_BYTES == 0;
    if (!whole) {
      throw truncated();
    }
    return new Envelope(label, salt, check, ciphertext, at);
  }

  private String label() {
    String[] fields = (lines.isEmpty() ? "" : lines.getFirst()).split(";", -1);
    for (int field = 0; field < fields.length; field++) {
      fields[field] = fields[field].strip();
    }
    if (!fields[0].equals(Envelope.MAGIC) || fields.length < 3) {
      throw corrupt(at, "this is not a vault header")
          .because("a header looks like $ANSIBLE_VAULT;1.1;AES256")
          .next("restore the file from version control or a backup")
          .failure();
    }
    if (!VERSIONS.contains(fields[1])) {
      throw corrupt(at, "the vault format version '" + fields[1] + "' is not known")
          .because("versions 1.1 and 1.2 are known")
          .next("correct the header line, or encrypt the file anew with a current ansible-vault")
          .failure();
    }
    if (!fields[2].equals("AES256")) {
      throw corrupt(at, "the vault cipher '" + fields[2] + "' is not known")
          .because("only AES256 is known")
          .next("correct the header line, or encrypt the file anew with a current ansible-vault")
          .failure();
    }
    return fields.length < 4 || fields[3].isEmpty() ? VaultSecrets.DEFAULT_LABEL : fields[3];
  }

  private byte[] unhex() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int high = -1;
    for (int line = 1; line < lines.size(); line++) {
      String text = lines.get(line);
      for (int column = 0; column < text.length(); column++) {
        char character = text.charAt(column);
        int digit = HexFormat.isHexDigit(character) ? HexFormat.fromHexDigit(character) : -1;
        if (digit < 0) {
          throw corrupt(at(line, column), "the encrypted text has a character that is no hex digit")
              .because("after the header line only 0-9 and a-f may stand")
              .next("restore the file from version control or a backup")
              .failure();
        }
        if (high < 0) {
          high = digit;
        } else {
          bytes.write(high << 4 | digit);
          high = -1;
        }
      }
    }
    if (high >= 0 || bytes.size() == 0) {
      throw truncated();
    }
    return bytes.toByteArray();
  }

  private byte[] innerHex(String text) {
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException noHex) {
      throw truncated();
    }
  }

  private HearthException truncated() {
    return corrupt(at, "the encrypted text is not complete")
        .because("its salt, check sum or content is cut off or damaged")
        .next("restore the file from version control or a backup")
        .failure();
  }

  private static Diagnostic corrupt(Location place, String summary) {
    return Diagnostic.error(place, summary).exit(ExitCode.VAULT_CORRUPT);
  }

  /** The place of a line's character; an inline value's lines all start at the same column. */
  private Location at(int line, int column) {
    return at.plus(line, column);
  }
}
