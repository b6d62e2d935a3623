package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.Optional;

/**
 * A repository's signing key: what its address serves now and what the host has of it.
 *
 * @param url where it comes from; empty to look at the host's files only
 * @param slug the repository's name as file names have it
 */
record SigningKeyFact(String url, String slug) implements Fact<SigningKeyFact.Key> {

  /**
   * Fetches an address by whatever the host has; apt's own helper is always there. With a third
   * word the server's certificate is not checked.
   */
  static final String FETCH =
      """
      fetch() {
        if command -v curl >/dev/null; then
          curl -fsSL ${3:+-k} --retry 2 --max-time 60 -o "$2" -- "$1"
        elif command -v wget >/dev/null; then
          wget -q ${3:+--no-check-certificate} -T 60 -t 3 -O "$2" -- "$1"
        else
          /usr/lib/apt/apt-helper -o APT::Sandbox::User=root \\
            ${3:+-o Acquire::https::Verify-Peer=false -o Acquire::https::Verify-Host=false} \\
            download-file "$1" "$2" >/dev/null
        fi
      }
      kind() {
        if grep -q -e '-----BEGIN PGP PUBLIC KEY BLOCK-----' "$1"; then
          echo asc
        else
          case $(od -A n -t x1 -N 1 "$1") in *[89abcdef][0-9a-f]) echo gpg ;; esac
        fi
      }
      """;

  private static final String PROBE =
      FETCH
          + """
          if [ -n "$1" ]; then
            d=$(mktemp -d) || exit
            trap 'rm -rf "$d"' EXIT
            if fetch "$1" "$d/key" 2>/dev/null; then
              s=$(sha256sum <"$d/key")
              echo "served ${s%% *} $(kind "$d/key")"
            fi
          fi
          for e in asc gpg; do
            f=/etc/apt/keyrings/$2.$e
            if [ -f "$f" ]; then
              s=$(sha256sum <"$f")
              echo "$e ${s%% *} $(stat -c %a "$f")"
            fi
          done
          exit 0
          """;

  /**
   * The answer.
   *
   * @param served checksum of what the address serves; empty when it could not be fetched
   * @param kind {@code asc} or {@code gpg}; empty when what is served is no key
   * @param asc checksum and mode of the armoured file on the host
   * @param gpg checksum and mode of the binary file on the host
   */
  record Key(Optional<String> served, String kind, Optional<String> asc, Optional<String> gpg) {

    Optional<String> file(String extension) {
      return extension.equals("asc") ? asc : gpg;
    }
  }

  @Override
  public String key() {
    return "signing key " + slug + " " + url;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, url, slug);
  }

  @Override
  public Key parse(Outcome.Exited answer) {
    Optional<String> served = Optional.empty();
    String kind = "";
    Optional<String> asc = Optional.empty();
    Optional<String> gpg = Optional.empty();
    for (String line : answer.out().lines().toList()) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "served" -> {
          served = Optional.of(words[1]);
          kind = words[2];
        }
        case "asc" -> asc = Optional.of(words[1] + " " + words[2]);
        case "gpg" -> gpg = Optional.of(words[1] + " " + words[2]);
        default -> {}
      }
    }
    return new Key(served, kind, asc, gpg);
  }
}
