package dev.hearth.module.crypto;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request for a certificate beside the one that is wanted, which is made for the comparison where
 * nobody else can look and is thrown away.
 *
 * @param path of the request
 * @param signer its private key
 * @param passphrase that opens it
 * @param digest for its signature
 * @param config what openssl makes it of
 * @param ordered whether the order of the fields of its subject matters
 */
record CsrFact(
    String path,
    KeyMaterial signer,
    Optional<Value.Textual> passphrase,
    String digest,
    String config,
    boolean ordered)
    implements Fact<CsrFact.Answer> {

  /** Makes {@code $work/made} from the words and standard input. */
  static final String MAKE =
      KeyMaterial.FUNCTION
          + """
          given key "$1" "$HEARTH_KEY"
          digest=$2 nobody=$3
          unset HEARTH_KEY
          cat >"$work/config" || exit 1
          [ -f "$key" ] || {
            echo "The private key $key does not exist" >&2
            exit 1
          }
          set -- -new -config "$work/config" -key "$key" -passin env:HEARTH_PASSPHRASE "-$digest" \\
            ${nobody:+-subj "$nobody"}
          openssl req "$@" -out "$work/made" </dev/null 2>"$work/said" || {
            cat "$work/said" >&2
            exit 1
          }
          """;

  private static final String PROBE =
      """
      path=$1
      shift
      work=$(umask 077 && mktemp -d) || exit 1
      trap 'rm -rf -- "$work"' EXIT
      trap 'exit 130' HUP INT TERM
      """
          + MAKE
          + """
          tell() {
            printf '==%skey\\n' "$1"
            openssl req -in "$2" -noout -pubkey
            printf '==%ssubject\\n' "$1"
            openssl req -in "$2" -noout -subject -nameopt multiline,-esc_msb,utf8
            printf '==%stext\\n' "$1"
            openssl req -in "$2" -noout -text 2>/dev/null |
              sed -n '/Requested Extensions:/,/Signature Algorithm/p'
          }
          tell wanted "$work/made"
          [ -f "$path" ] || exit 0
          echo ==there
          ! openssl req -in "$path" -noout -verify </dev/null >/dev/null 2>&1 || tell request "$path"
          """;

  /**
   * The answer.
   *
   * @param exists whether there is something at the path
   * @param fits whether it is the request that is wanted
   */
  record Answer(boolean exists, boolean fits) {}

  @Override
  public String key() {
    return "request " + path;
  }

  /** The words for {@link #MAKE}. */
  List<String> words() {
    return List.of(signer.word(), digest, config.contains("[dn]\n[extensions]") ? "/" : "");
  }

  /** What scripts are told of contents and passphrases. */
  Map<String, Word> environment() {
    Map<String, Word> all = KeyMaterial.environment(Map.of("HEARTH_KEY", signer));
    all.putAll(PrivateKeyFact.environment(passphrase));
    return all;
  }

  @Override
  public Script probe() {
    List<String> words = new ArrayList<>(List.of(path));
    words.addAll(words());
    return Script.of(PrivateKeyFact.NEEDS_OPENSSL + PROBE, words.toArray(String[]::new))
        .in(environment())
        .reading(Payload.of(Value.text(config)));
  }

  @Override
  public Answer parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact(answer.err().strip());
    }
    Map<String, String> parts = CertificateFact.parts(answer.out());
    boolean fits =
        parts.getOrDefault("wantedkey", "").equals(parts.get("requestkey"))
            && lines(parts.getOrDefault("wantedsubject", ""))
                .equals(lines(parts.getOrDefault("requestsubject", "")))
            && extensions(parts.getOrDefault("wantedtext", ""))
                .equals(extensions(parts.getOrDefault("requesttext", "")));
    return new Answer(answer.out().lines().anyMatch("==there"::equals), fits);
  }

  private List<String> lines(String subject) {
    List<String> lines = subject.lines().map(String::strip).toList();
    return ordered ? lines : lines.stream().sorted().toList();
  }

  /** What they say, in whatever order. */
  private static Map<String, List<String>> extensions(String text) {
    Map<String, List<String>> all = new TreeMap<>();
    CertificateFact.extensions(text)
        .forEach(
            (name, said) ->
                all.put(
                    name,
                    Arrays.stream(said.split("\\||, ")).map(String::strip).sorted().toList()));
    return all;
  }
}
