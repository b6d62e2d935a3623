package dev.hearth.module.crypto;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A certificate beside the key and the request that it shall be made from.
 *
 * @param path of the certificate
 * @param privateKey path of its key
 * @param request of its request; empty for none
 * @param passphrase that opens the key
 */
record CertificateFact(
    String path, String privateKey, String request, Optional<Value.Textual> passphrase)
    implements Fact<CertificateFact.Answer> {

  private static final String PROBE =
      PrivateKeyFact.NEEDS_OPENSSL
          + """
          part() { printf '==%s\\n' "$1"; }
          [ -f "$2" ] || { echo "The private key $2 does not exist" >&2; exit 1; }
          [ -z "$3" ] || [ -f "$3" ] || { echo "The certificate signing request file $3 does not exist" >&2; exit 1; }
          part keykey
          openssl pkey -in "$2" -passin env:HEARTH_PASSPHRASE -pubout </dev/null || exit
          if [ -n "$3" ]; then
            part requestkey
            openssl req -in "$3" -noout -pubkey || exit
            part requestsubject
            openssl req -in "$3" -noout -subject -nameopt RFC2253
            part requesttext
            openssl req -in "$3" -noout -text 2>/dev/null |
              sed -n '/Requested Extensions:/,/Signature Algorithm/p'
          fi
          [ -f "$1" ] || exit 0
          part certificate
          openssl x509 -in "$1" -noout -pubkey >/dev/null 2>&1 || { echo broken; exit 0; }
          part certificatekey
          openssl x509 -in "$1" -noout -pubkey
          part certificatesubject
          openssl x509 -in "$1" -noout -subject -nameopt RFC2253
          part certificateissuer
          openssl x509 -in "$1" -noout -issuer -nameopt RFC2253
          part certificatetext
          openssl x509 -in "$1" -noout -text 2>/dev/null |
            sed -n '/X509v3 extensions:/,/Signature Algorithm/p'
          part certificatedates
          openssl x509 -in "$1" -noout -startdate -enddate -serial
          """;

  /**
   * The answer.
   *
   * @param exists whether there is a certificate
   * @param fits whether it is made of the key and the request, and by the key itself
   * @param requestFits whether the request is made with the key
   * @param identifier whether the request has a subject key identifier
   * @param dates from when until when it holds, and its number; as openssl tells them
   */
  record Answer(
      boolean exists, boolean fits, boolean requestFits, boolean identifier, String dates) {}

  @Override
  public String key() {
    return "certificate " + path;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, path, privateKey, request).in(PrivateKeyFact.environment(passphrase));
  }

  @Override
  public Answer parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact(answer.err().strip());
    }
    Map<String, String> parts = new TreeMap<>();
    for (String part : answer.out().split("(?m)^==")) {
      int end = part.indexOf('\n');
      if (end > 0) {
        parts.put(part.substring(0, end), part.substring(end + 1).strip());
      }
    }
    String keys = parts.getOrDefault("keykey", "");
    boolean exists = parts.containsKey("certificate");
    boolean requested = !request.isEmpty();
    Map<String, String> wanted = extensions(parts.getOrDefault("requesttext", ""));
    Map<String, String> there = extensions(parts.getOrDefault("certificatetext", ""));
    boolean identifier = wanted.remove("Subject Key Identifier") != null;
    there.remove("Subject Key Identifier");
    wanted.remove("Authority Key Identifier");
    there.remove("Authority Key Identifier");
    String subject = name(parts.getOrDefault("certificatesubject", ""));
    boolean fits =
        exists
            && keys.equals(parts.get("certificatekey"))
            && subject.equals(name(parts.getOrDefault("certificateissuer", "")))
            && (!requested
                || subject.equals(name(parts.getOrDefault("requestsubject", "")))
                    && wanted.equals(there));
    return new Answer(
        exists,
        fits,
        !requested || keys.equals(parts.get("requestkey")),
        identifier,
        parts.getOrDefault("certificatedates", ""));
  }

  private static String name(String line) {
    return line.replaceFirst("^(subject|issuer)= ?", "").strip();
  }

  /** What extensions say, by their names, whether they are critical in front. */
  private static Map<String, String> extensions(String text) {
    Map<String, String> all = new TreeMap<>();
    String name = "";
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.startsWith("X509v3 ") && !line.startsWith("X509v3 extensions")
          || line.startsWith("TLS Feature")
          || line.startsWith("Netscape ")) {
        int colon = line.indexOf(':');
        name = line.substring(line.startsWith("X509v3 ") ? 7 : 0, colon);
        all.put(name, line.substring(colon + 1).strip());
      } else if (!name.isEmpty() && !line.startsWith("Signature Algorithm")) {
        all.merge(name, "|" + line, String::concat);
      }
    }
    return all;
  }
}
