package dev.hearth.module.crypto;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private key as it is on the host; it never leaves it.
 *
 * @param path where it is
 * @param passphrase that opens it
 */
record PrivateKeyFact(String path, Optional<Value.Textual> passphrase)
    implements Fact<PrivateKeyFact.Answer> {

  /** The variable in which openssl finds the passphrase. */
  static final String VARIABLE = "HEARTH_PASSPHRASE";

  /** Fails where there is no openssl. */
  static final String NEEDS_OPENSSL =
      """
      if ! command -v openssl >/dev/null; then
        echo "openssl is not on this host; install openssl first" >&2
        exit 127
      fi
      """;

  private static final String PROBE =
      NEEDS_OPENSSL
          + """
          [ -e "$1" ] || exit 0
          printf 'head %s\\n' "$(grep -m 1 BEGIN "$1")"
          ! grep -q ENCRYPTED "$1" || echo encrypted
          text=$(openssl pkey -in "$1" -passin "env:HEARTH_PASSPHRASE" -noout -text 2>/dev/null </dev/null) || exit 0
          printf '%s\\n' "$text" | grep -E 'Private-Key|^modulus|^ASN1 OID|^NIST|^[PQG]: *$|^prime1'
          for sum in md5 sha1 sha224 sha256 sha384 sha512; do
            printf 'sum %s %s\\n' "$sum" "$(openssl pkey -in "$1" -passin "env:HEARTH_PASSPHRASE" -pubout -outform DER 2>/dev/null </dev/null |
              openssl dgst "-$sum" -c | sed 's/.*= *//')"
          done
          """;

  private static final Pattern SIZE = Pattern.compile("\\((\\d+) bit");

  /**
   * The answer.
   *
   * @param exists whether there is a file
   * @param format {@code pkcs1} or {@code pkcs8}; empty when it cannot be told
   * @param encrypted whether it has a passphrase
   * @param type as the module names it; empty when it cannot be read
   * @param size in bits; 0 where the kind says it
   * @param curve as openssl names it; empty for none
   * @param fingerprints of the public key
   */
  record Answer(
      boolean exists,
      String format,
      boolean encrypted,
      String type,
      int size,
      String curve,
      Map<String, Value> fingerprints) {}

  /** What openssl is told of the passphrase. */
  static Map<String, Word> environment(Optional<Value.Textual> passphrase) {
    return Map.of(VARIABLE, passphrase.map(Word::of).orElse(Word.of("")));
  }

  @Override
  public String key() {
    return "private key " + path;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, path).in(environment(passphrase));
  }

  @Override
  public Answer parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact(answer.err().strip());
    }
    List<String> lines = new ArrayList<>(answer.out().lines().toList());
    if (lines.isEmpty()) {
      return new Answer(false, "", false, "", 0, "", Map.of());
    }
    String head = lines.removeFirst();
    String format =
        head.matches(".*BEGIN (ENCRYPTED )?PRIVATE KEY.*")
            ? "pkcs8"
            : head.matches(".*BEGIN (RSA|EC|DSA) PRIVATE KEY.*") ? "pkcs1" : "";
    String text = String.join("\n", lines);
    Matcher size = SIZE.matcher(text);
    int bits = size.find() ? Integer.parseInt(size.group(1)) : 0;
    String curve = "";
    Map<String, Value> sums = new LinkedHashMap<>();
    for (String line : lines) {
      if (line.startsWith("ASN1 OID: ")) {
        curve = line.substring("ASN1 OID: ".length()).strip();
      } else if (line.startsWith("sum ")) {
        String[] words = line.split(" ", 3);
        sums.put(words[1], Value.text(words[2].strip()));
      }
    }
    return new Answer(
        true, format, lines.contains("encrypted"), type(text, curve), bits, curve, sums);
  }

  private static String type(String text, String curve) {
    for (String kind : List.of("ED25519", "ED448", "X25519", "X448")) {
      if (text.contains(kind + " Private-Key")) {
        return kind.startsWith("ED") ? "Ed" + kind.substring(2) : kind;
      }
    }
    if (!text.contains("Private-Key")) {
      return "";
    }
    return !curve.isEmpty()
        ? "ECC"
        : text.contains("modulus") || text.contains("prime1") ? "RSA" : "DSA";
  }
}
