package dev.hearth.module.crypto;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.module.SshKeygen;
import dev.hearth.plan.Result;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A pair of SSH keys as it is on the host.
 *
 * @param path of the private key
 * @param passphrase that opens it
 */
record KeypairFact(String path, Optional<Value.Textual> passphrase)
    implements Fact<KeypairFact.Answer> {

  private static final String PROBE =
      SshKeygen.FUNCTION
          + """
          [ -e "$1" ] || exit 0
          echo exists
          # A key that opens without the passphrase that it should have is not what is wanted.
          if command -v ssh-keygen >/dev/null &&
            { [ -z "$HEARTH_PASSPHRASE" ] || ! ssh-keygen -y -P '' -f "$1" >/dev/null 2>&1 </dev/null; } &&
            p=$(keygen -P -y -f "$1" 2>/dev/null); then
            printf '%s\\n' "$p" | ssh-keygen -lf -
          else
            echo
          fi
          [ ! -f "$1.pub" ] || cat -- "$1.pub"
          """;

  /**
   * The answer.
   *
   * @param exists whether there is a private key
   * @param size in bits; 0 when it cannot be read
   * @param fingerprint of the key; empty when it cannot be read
   * @param type of the key; empty when it cannot be read
   * @param publicKey kind and key; empty when there is none
   * @param comment of the public key
   */
  record Answer(
      boolean exists, int size, String fingerprint, String type, String publicKey, String comment) {

    Result told(Result result) {
      return result
          .with("size", size)
          .with("type", type)
          .with("fingerprint", fingerprint)
          .with("public_key", publicKey)
          .with("comment", comment);
    }
  }

  @Override
  public String key() {
    return "keypair " + path;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, path).in(SshKeygen.environment(passphrase));
  }

  @Override
  public Answer parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact("cannot look at " + path + ": " + answer.err().strip());
    }
    List<String> lines = answer.out().lines().toList();
    if (lines.isEmpty()) {
      return new Answer(false, 0, "", "", "", "");
    }
    String[] words = (lines.size() > 1 ? lines.get(1) : "").split(" ");
    boolean read = words.length > 2;
    String[] line = (lines.size() > 2 ? lines.get(2) : "").split(" ", 3);
    String kind =
        read ? words[words.length - 1].replaceAll("[()]", "").toLowerCase(Locale.ROOT) : "";
    return new Answer(
        true,
        read ? Integer.parseInt(words[0]) : 0,
        read ? words[1] : "",
        kind,
        line.length > 1 ? line[0] + " " + line[1] : "",
        line.length > 2 ? line[2].strip() : "");
  }
}
