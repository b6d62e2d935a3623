package dev.hearth.vault;

import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.vault.age.AgeFile;
import dev.hearth.vault.strong.Stanza;
import dev.hearth.vault.strong.StrongText;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An encrypted text in one of the formats. */
public sealed interface Ciphertext permits Envelope, Ciphertext.Strong, Ciphertext.Age {

  /** A text in Hearth's own format. */
  record Strong(StrongText content) implements Ciphertext {
    @Override
    public Format format() {
      return Format.HEARTH;
    }

    @Override
    public String version() {
      return "hearth 1";
    }

    /** The labels of its passphrases, and a word for each public key. */
    @Override
    public List<String> recipients() {
      return content.stanzas().stream()
          .map(
              stanza ->
                  switch (stanza) {
                    case Stanza.Passphrase passphrase -> passphrase.label();
                    case Stanza.PublicKey publicKey -> "(age key)";
                    case Stanza.Hybrid hybrid -> "(age1pq key)";
                    case Stanza.Unknown unknown -> "(unknown)";
                  })
          .toList();
    }

    @Override
    public Location at() {
      return content.at();
    }

    @Override
    public byte[] bytes() {
      return content.text().getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** An age file. */
  record Age(AgeFile content) implements Ciphertext {
    @Override
    public Format format() {
      return Format.AGE;
    }

    @Override
    public String version() {
      return "age v1";
    }

    @Override
    public List<String> recipients() {
      return content.kinds().stream()
          .map(
              kind ->
                  switch (kind) {
                    case "scrypt" -> "(passphrase)";
                    case "X25519" -> "(age key)";
                    case "mlkem768x25519" -> "(age1pq key)";
                    default -> "(" + kind + ")";
                  })
          .toList();
    }

    @Override
    public Location at() {
      return content.at();
    }

    @Override
    public byte[] bytes() {
      return content.bytes();
    }
  }

  /** Its format. */
  Format format();

  /** Its format with the version, for people. */
  String version();

  /** Who can open it, as far as it tells. */
  List<String> recipients();

  /** Where it starts. */
  Location at();

  /** As files hold it. */
  byte[] bytes();

  /** The same as characters, one for each byte. */
  default String text() {
    return new String(bytes(), StandardCharsets.ISO_8859_1);
  }

  /** Whether a file's bytes are an encrypted text: whether they start like one. */
  static boolean isEncrypted(byte[] content) {
    return Envelope.isEnvelope(content) || StrongText.isStrong(content) || AgeFile.isAge(content);
  }

  /**
   * Reads an encrypted file.
   *
   * @param content the file's bytes
   * @param name the file's name for people
   * @throws dev.hearth.diag.HearthException with {@link dev.hearth.diag.ExitCode#VAULT_CORRUPT} if
   *     it is damaged
   */
  static Ciphertext parse(byte[] content, String name) {
    if (AgeFile.isAge(content)) {
      return new Age(AgeFile.parse(content, Location.startOf(new Source(name, ""))));
    }
    Source source = new Source(name, new String(content, StandardCharsets.ISO_8859_1));
    return parse(source.text(), Location.startOf(source));
  }

  /**
   * Reads an encrypted text, such as an inline {@code !vault} value.
   *
   * @param text header and body, without the indentation of the file around it
   * @param at where the header stands in its file
   */
  static Ciphertext parse(String text, Location at) {
    if (!text.startsWith(StrongText.MAGIC)) {
      return Envelope.parse(text, at);
    }
    Conflict.refuse(text, at);
    return new Strong(StrongText.parse(text, at));
  }
}
