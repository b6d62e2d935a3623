package dev.hearth.vault;

import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * An encrypted text as it is written in files: a header line, then hexadecimal digits in lines of
 * 80. It is not encrypted twice, though its salt, check sum and ciphertext are hexadecimal twice.
 *
 * @param label the label of the password; {@code default} when the header has none
 * @param salt what the keys were derived with
 * @param check the HMAC-SHA256 of the ciphertext
 * @param ciphertext AES-256-CTR over the padded plain text
 * @param at where the header line stands
 */
public record Envelope(String label, byte[] salt, byte[] check, byte[] ciphertext, Location at)
    implements Ciphertext {

  static final String MAGIC = "$ANSIBLE_VAULT";
  private static final int COLUMNS = 80;
  private static final HexFormat HEX = HexFormat.of();

  /** Whether a content is such a text: whether it starts with the header. */
  static boolean isEnvelope(byte[] content) {
    byte[] magic = MAGIC.getBytes(StandardCharsets.US_ASCII);
    return content.length >= magic.length
        && Arrays.equals(content, 0, magic.length, magic, 0, magic.length);
  }

  /**
   * Reads an encrypted file.
   *
   * @param content the file's bytes
   * @param name the file's name for people
   * @throws dev.hearth.diag.HearthException with {@link dev.hearth.diag.ExitCode#VAULT_CORRUPT} if
   *     it is damaged
   */
  public static Envelope parse(byte[] content, String name) {
    Source source = new Source(name, new String(content, StandardCharsets.ISO_8859_1));
    return parse(source.text(), Location.startOf(source));
  }

  /**
   * Reads an encrypted text, such as an inline {@code !vault} value.
   *
   * @param text header and body, without the indentation of the file around it
   * @param at where the header stands in its file
   */
  public static Envelope parse(String text, Location at) {
    return new EnvelopeReader(text, at).read();
  }

  @Override
  public Format format() {
    return Format.ANSIBLE;
  }

  @Override
  public String version() {
    return label.equals(VaultSecrets.DEFAULT_LABEL) ? "1.1" : "1.2";
  }

  @Override
  public List<String> recipients() {
    return List.of(label);
  }

  @Override
  public byte[] bytes() {
    return text().getBytes(StandardCharsets.US_ASCII);
  }

  /** The text as files hold it, with a final line end. */
  @Override
  public String text() {
    boolean plain = label.equals(VaultSecrets.DEFAULT_LABEL);
    String header = plain ? MAGIC + ";1.1;AES256" : MAGIC + ";1.2;AES256;" + label;
    String inner =
        HEX.formatHex(salt) + "\n" + HEX.formatHex(check) + "\n" + HEX.formatHex(ciphertext);
    String body = HEX.formatHex(inner.getBytes(StandardCharsets.US_ASCII));
    StringBuilder text = new StringBuilder(header).append('\n');
    for (int from = 0; from < body.length(); from += COLUMNS) {
      text.append(body, from, Math.min(body.length(), from + COLUMNS)).append('\n');
    }
    return text.toString();
  }

  /** The place and label alone. */
  @Override
  public String toString() {
    return "vault[" + label + "]@" + at;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Envelope envelope
        && label.equals(envelope.label)
        && Arrays.equals(salt, envelope.salt)
        && Arrays.equals(check, envelope.check)
        && Arrays.equals(ciphertext, envelope.ciphertext);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(check);
  }
}
