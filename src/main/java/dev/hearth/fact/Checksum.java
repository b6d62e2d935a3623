package dev.hearth.fact;

import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.Optional;

/**
 * The checksum of a regular file's content, hex; empty when there is no such file.
 *
 * @param path on the host
 * @param algorithm {@code md5}, {@code sha1}, {@code sha224}, {@code sha256}, {@code sha384} or
 *     {@code sha512}
 */
public record Checksum(String path, String algorithm) implements Fact<Optional<String>> {

  /**
   * A shell function {@code checksum ALGORITHM FILE} that prints the checksum; status 127 when the
   * host has no tool for it.
   */
  public static final String FUNCTION =
      """
      checksum() {
        if command -v "$1sum" >/dev/null 2>&1; then
          sum=$("$1sum" <"$2") || return 1
          printf '%s\\n' "${sum%% *}"
        elif command -v openssl >/dev/null 2>&1; then
          sum=$(openssl dgst "-$1" <"$2") || return 1
          printf '%s\\n' "${sum##* }"
        elif [ "$1" != md5 ] && command -v shasum >/dev/null 2>&1; then
          sum=$(shasum -a "${1#sha}" <"$2") || return 1
          printf '%s\\n' "${sum%% *}"
        else
          return 127
        fi
      }
      """;

  private static final String PROBE =
      FUNCTION
          + """
          [ -f "$1" ] || exit 0
          checksum "$2" "$1"
          """;

  @Override
  public String key() {
    return algorithm + " " + path;
  }

  @Override
  public Optional<Joint> joint() {
    return Optional.of(new ManyChecksums(algorithm));
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, path, algorithm);
  }

  @Override
  public Optional<String> parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact(
          answer.code() == 127
              ? "the host has no tool for " + algorithm + " checksums; install coreutils or openssl"
              : "cannot read " + path + ": " + answer.err().strip());
    }
    String sum = answer.out().strip();
    return sum.isEmpty() ? Optional.empty() : Optional.of(sum);
  }
}
