package dev.hearth.vault.strong;

import dev.hearth.diag.Location;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An encrypted text in Hearth's own format, version 1.
 *
 * @param header what stands before the body
 * @param body its lines
 * @param at where the header starts
 */
public record StrongText(Header header, List<String> body, Location at) {

  /** What every such text starts with. */
  public static final String MAGIC = Header.MAGIC;

  /** Whether a content is such a text. */
  public static boolean isStrong(byte[] content) {
    byte[] magic = MAGIC.getBytes(StandardCharsets.US_ASCII);
    return content.length >= magic.length
        && Arrays.equals(content, 0, magic.length, magic, 0, magic.length);
  }

  /**
   * Reads one.
   *
   * @param text without the indentation of the file around it
   * @throws dev.hearth.diag.HearthException with {@link dev.hearth.diag.ExitCode#VAULT_CORRUPT} if
   *     it does not have the form
   */
  public static StrongText parse(String text, Location at) {
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      lines.add(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    }
    if (lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    for (int number = 0; number < lines.size(); number++) {
      if (!lines.get(number).chars().allMatch(c -> c >= ' ' && c <= '~')) {
        throw Damage.form(at.plus(number, 0), "it has characters that are not visible ASCII");
      }
    }
    if (lines.isEmpty()) {
      throw Damage.form(at, "there is nothing");
    }
    HeaderReader reader = new HeaderReader(lines, at);
    Header header = reader.read();
    return new StrongText(header, List.copyOf(lines.subList(reader.length(), lines.size())), at);
  }

  /** Encrypts. */
  public static StrongText of(
      Kind kind,
      List<Stanza> recipients,
      FileKey key,
      byte[] plain,
      Location at,
      SecureRandom random) {
    Header header = Header.of(kind, List.copyOf(recipients), key);
    return new StrongText(header, sealed(header, key, plain, at, random), at);
  }

  private static List<String> sealed(
      Header header, FileKey key, byte[] plain, Location at, SecureRandom random) {
    return List.copyOf(
        switch (header.kind()) {
          case LINES -> new LinesBody(key, header.mac(), at).seal(plain, random);
          case BLOB -> BlobBody.seal(plain, key, random);
          case VALUE -> ValueBody.seal(plain, key, random);
        });
  }

  /** Its recipients. */
  public List<Stanza> stanzas() {
    return header.stanzas();
  }

  /** What it is. */
  public Kind kind() {
    return header.kind();
  }

  /**
   * The plain bytes.
   *
   * @throws dev.hearth.diag.HearthException with {@link dev.hearth.diag.ExitCode#VAULT_CORRUPT} if
   *     anything was changed
   */
  public byte[] open(FileKey key) {
    if (!header.isGenuine(key)) {
      throw Damage.changed(at, "the check sum of its header does not belong to it");
    }
    return switch (header.kind()) {
      case LINES -> lines(key).open(body);
      case BLOB -> BlobBody.open(body, key, bodyAt());
      case VALUE -> ValueBody.open(body, key, bodyAt());
    };
  }

  /**
   * The same recipients with another content. Lines that stay keep their text; the form changes
   * when a text becomes bytes or the other way.
   */
  public StrongText with(byte[] plain, FileKey key, SecureRandom random) {
    Kind fitting = kind() == Kind.VALUE ? Kind.VALUE : Kind.ofFile(plain);
    if (fitting != kind() || fitting != Kind.LINES) {
      return of(fitting, stanzas(), key, plain, at, random);
    }
    return new StrongText(header, List.copyOf(lines(key).sealAgain(body, plain, random)), at);
  }

  private LinesBody lines(FileKey key) {
    return new LinesBody(key, header.mac(), bodyAt());
  }

  private Location bodyAt() {
    return at.plus(1 + 2 * stanzas().size() + 1, 0);
  }

  /** As files hold it, with a final line end. */
  public String text() {
    StringBuilder text = new StringBuilder(header.text());
    body.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  /** The place alone. */
  @Override
  public String toString() {
    return MAGIC + "@" + at;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StrongText strong && text().equals(strong.text());
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }
}
