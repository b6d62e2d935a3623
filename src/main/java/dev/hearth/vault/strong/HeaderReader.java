package dev.hearth.vault.strong;

import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.vault.key.Aead;
import dev.hearth.vault.key.CanonicalBase64;
import dev.hearth.vault.key.HybridIdentity;
import java.util.ArrayList;
import java.util.List;

/** Reads a header, and nothing that a writer would not have written. */
final class HeaderReader {

  private static final int MOST_CHARACTERS = 64 * 1024;
  private static final int MOST_STANZAS = 32;
  private static final int MOST_PASSPHRASES = 8;
  private static final int MAC_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final int POINT_BYTES = 32;
  private static final int LONGEST_LABEL = 64;

  private final List<String> lines;
  private final Location at;
  private int next;

  HeaderReader(List<String> lines, Location at) {
    this.lines = lines;
    this.at = at;
  }

  /** How many lines it has. */
  int length() {
    return next;
  }

  Header read() {
    Kind kind = kind();
    List<Stanza> stanzas = new ArrayList<>();
    int characters = lines.getFirst().length();
    while (next < lines.size() && !lines.get(next).startsWith(Header.END)) {
      characters += lines.get(next).length();
      stanzas.add(stanza());
      if (stanzas.size() > MOST_STANZAS || characters > MOST_CHARACTERS) {
        throw wrong("the header is longer than 64 KiB or has more than 32 recipients");
      }
    }
    if (next == lines.size()) {
      throw wrong("the header has no end: it is cut off");
    }
    String end = lines.get(next);
    byte[] mac =
        CanonicalBase64.decode(end.substring(Math.min(end.length(), 4)), MAC_BYTES)
            .filter(sum -> end.startsWith(Header.END + " "))
            .orElseThrow(() -> wrong("the last line of the header is '--- ' and its check sum"));
    long passphrases = stanzas.stream().filter(Stanza.Passphrase.class::isInstance).count();
    if (stanzas.isEmpty() || passphrases > MOST_PASSPHRASES) {
      throw wrong("the header has no recipient, or more than 8 passphrases");
    }
    next++;
    return new Header(kind, List.copyOf(stanzas), mac);
  }

  private Kind kind() {
    String[] fields = lines.getFirst().split(";", -1);
    if (fields.length != 3 || !fields[0].equals(Header.MAGIC)) {
      throw wrong("its first line looks like $HEARTH_VAULT;1;lines");
    }
    if (!fields[1].equals(Header.VERSION)) {
      throw Damage.refused(
          at,
          "the vault format version '" + fields[1] + "' is not known",
          "this is version " + fields[1] + "; this Hearth knows " + Header.VERSION);
    }
    Kind kind =
        Kind.of(fields[2])
            .orElseThrow(
                () -> wrong("'" + fields[2] + "' is no kind of body: lines, blob or value"));
    next = 1;
    return kind;
  }

  private Stanza stanza() {
    String line = lines.get(next);
    boolean visible = line.chars().allMatch(c -> c >= ' ' && c <= '~');
    if (!line.startsWith("-> ") || line.length() == 3 || !visible || next + 1 == lines.size()) {
      throw wrong("a recipient is a line that starts with '-> ' and one of base64");
    }
    String body = lines.get(next + 1);
    if (body.isEmpty() || CanonicalBase64.decode(body).isEmpty()) {
      next++;
      throw wrong("the key of a recipient is not canonical base64");
    }
    String[] words = line.substring(3).split(" ", -1);
    Stanza stanza =
        switch (words[0]) {
          case Stanza.ARGON2ID -> passphrase(line, words, body);
          case Stanza.X25519 -> publicKey(line, words, body);
          case Stanza.HYBRID -> hybrid(line, words, body);
          default -> new Stanza.Unknown(line, body);
        };
    next += 2;
    return stanza;
  }

  private Stanza passphrase(String line, String[] words, String body) {
    String form = "a passphrase is written '-> argon2id SALT m=65536 t=1 p=1 LABEL'";
    if (words.length != 6 || !isLabel(words[5])) {
      throw wrong(form);
    }
    Cost cost =
        Cost.parse(String.join(" ", words[2], words[3], words[4]), at.plus(next, 0))
            .orElseThrow(() -> wrong(form));
    byte[] salt = CanonicalBase64.decode(words[1], SALT_BYTES).orElseThrow(() -> wrong(form));
    wrapped(body, Aead.NONCE_BYTES);
    return new Stanza.Passphrase(line, body, salt, cost, words[5]);
  }

  private Stanza publicKey(String line, String[] words, String body) {
    return new Stanza.PublicKey(line, body, share(words, POINT_BYTES, body));
  }

  private Stanza hybrid(String line, String[] words, String body) {
    return new Stanza.Hybrid(line, body, share(words, HybridIdentity.ENCAPSULATED_BYTES, body));
  }

  private byte[] share(String[] words, int length, String body) {
    byte[] share =
        CanonicalBase64.decode(words.length == 2 ? words[1] : "", length)
            .orElseThrow(() -> wrong("a public key is written '-> " + words[0] + " SHARE'"));
    wrapped(body, 0);
    return share;
  }

  private void wrapped(String body, int nonce) {
    if (CanonicalBase64.decode(body, nonce + FileKey.BYTES + Aead.TAG_BYTES).isEmpty()) {
      throw wrong("the key of a recipient does not have its length");
    }
  }

  private static boolean isLabel(String label) {
    return !label.isEmpty() && label.length() <= LONGEST_LABEL && !label.contains(";");
  }

  private HearthException wrong(String why) {
    return Damage.form(at.plus(Math.min(next, lines.size() - 1), 0), why);
  }
}
