package dev.hearth.module.crypto;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A certificate beside what it shall be made from.
 *
 * @param path of the certificate
 * @param sources the key, the request and the authority
 */
record CertificateFact(String path, CertificateSources sources)
    implements Fact<CertificateFact.Answer> {

  private static final String PROBE =
      PrivateKeyFact.NEEDS_OPENSSL
          + "work=\n"
          + CertificateSources.GIVEN
          + """
          part() { printf '==%s\\n' "$1"; }
          there() {
            [ -z "$2" ] || [ -f "$2" ] || {
              echo "The $1 $2 does not exist" >&2
              exit 1
            }
          }
          there 'private key' "$key"
          there 'certificate signing request file' "$request"
          there 'CA certificate file' "$authority"
          there 'CA private key file' "$signer"
          if [ -n "$key" ]; then
            part keykey
            openssl pkey -in "$key" -passin env:HEARTH_PASSPHRASE -pubout </dev/null || exit
          fi
          if [ -n "$request" ]; then
            part requestkey
            openssl req -in "$request" -noout -pubkey || exit
            part requestsubject
            openssl req -in "$request" -noout -subject -nameopt RFC2253
            part requesttext
            openssl req -in "$request" -noout -text 2>/dev/null |
              sed -n '/Requested Extensions:/,/Signature Algorithm/p'
          fi
          if [ -n "$authority" ]; then
            part authoritykey
            openssl x509 -in "$authority" -noout -pubkey || exit
            part signerkey
            openssl pkey -in "$signer" -passin env:HEARTH_SIGNER_PASSPHRASE -pubout </dev/null || exit
            part authoritysubject
            openssl x509 -in "$authority" -noout -subject -nameopt RFC2253
            part authoritytext
            openssl x509 -in "$authority" -noout -text 2>/dev/null |
              sed -n '/X509v3 extensions:/,/Signature Algorithm/p'
          fi
          [ -f "$path" ] || exit 0
          part certificate
          openssl x509 -in "$path" -noout -pubkey >/dev/null 2>&1 || { echo broken; exit 0; }
          part certificatekey
          openssl x509 -in "$path" -noout -pubkey
          part certificatesubject
          openssl x509 -in "$path" -noout -subject -nameopt RFC2253
          part certificateissuer
          openssl x509 -in "$path" -noout -issuer -nameopt RFC2253
          part certificatetext
          openssl x509 -in "$path" -noout -text 2>/dev/null |
            sed -n '/X509v3 extensions:/,/Signature Algorithm/p'
          part certificatedates
          openssl x509 -in "$path" -noout -startdate -enddate -serial
          if [ -n "$authority" ]; then
            part certificatesigned
            openssl verify -partial_chain -no_check_time -CAfile "$authority" "$path" 2>&1 || :
          fi
          """;

  /**
   * The answer.
   *
   * @param exists whether there is a certificate
   * @param fits whether it is made of the key and the request, and by who shall sign it
   * @param requestFits whether the request is made with the key
   * @param signerFits whether the authority's key is that of its certificate
   * @param identifier whether the request has a subject key identifier
   * @param dates from when until when it holds, and its number; as openssl tells them
   * @param authorityNamed whether it names the authority's key, where the authority names it
   */
  record Answer(
      boolean exists,
      boolean fits,
      boolean requestFits,
      boolean signerFits,
      boolean identifier,
      String dates,
      boolean authorityNamed) {}

  @Override
  public String key() {
    return "certificate " + path;
  }

  @Override
  public Script probe() {
    List<String> words = new ArrayList<>(List.of(path));
    words.addAll(sources.words());
    return Script.of("path=$1\nshift\n" + PROBE, words.toArray(String[]::new))
        .in(sources.environment());
  }

  @Override
  public Answer parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact(answer.err().strip());
    }
    Map<String, String> parts = parts(answer.out());
    String key = parts.getOrDefault("keykey", parts.getOrDefault("requestkey", ""));
    boolean requested = sources.request().given();
    boolean signed = sources.authority().given();
    Map<String, String> wanted = extensions(parts.getOrDefault("requesttext", ""));
    Map<String, String> there = extensions(parts.getOrDefault("certificatetext", ""));
    Map<String, String> above = extensions(parts.getOrDefault("authoritytext", ""));
    boolean identifier = wanted.remove("Subject Key Identifier") != null;
    there.remove("Subject Key Identifier");
    wanted.remove("Authority Key Identifier");
    String named = identifier(there.remove("Authority Key Identifier"));
    String subject = name(parts.getOrDefault("certificatesubject", ""));
    String issuer = name(parts.getOrDefault("certificateissuer", ""));
    boolean fits =
        parts.containsKey("certificate")
            && key.equals(parts.get("certificatekey"))
            && issuer.equals(signed ? name(parts.getOrDefault("authoritysubject", "")) : subject)
            && !parts.getOrDefault("certificatesigned", "").contains("signature failure")
            && (!requested
                || subject.equals(name(parts.getOrDefault("requestsubject", "")))
                    && wanted.equals(there));
    return new Answer(
        parts.containsKey("certificate"),
        fits,
        !requested || key.equals(parts.get("requestkey")),
        !signed || parts.getOrDefault("signerkey", "").equals(parts.get("authoritykey")),
        identifier,
        parts.getOrDefault("certificatedates", ""),
        named.equals(identifier(above.get("Subject Key Identifier"))));
  }

  static Map<String, String> parts(String text) {
    Map<String, String> parts = new TreeMap<>();
    for (String part : text.split("(?m)^==")) {
      int end = part.indexOf('\n');
      if (end > 0) {
        parts.put(part.substring(0, end), part.substring(end + 1).strip());
      }
    }
    return parts;
  }

  /** What identifies a key, in whatever form openssl writes it. */
  private static String identifier(@Nullable String extension) {
    String text = extension == null ? "" : extension.replaceAll("^\\||keyid:", "").strip();
    int more = text.indexOf('|');
    return more < 0 ? text : text.substring(0, more);
  }

  private static String name(String line) {
    return line.replaceFirst("^(subject|issuer)= ?", "").strip();
  }

  /** What extensions say, by their names, whether they are critical in front. */
  static Map<String, String> extensions(String text) {
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
