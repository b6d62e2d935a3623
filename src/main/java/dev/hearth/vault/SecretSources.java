package dev.hearth.vault;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Makes the sources of vault passwords that options and variables name.
 *
 * @param directory what relative paths are relative to
 * @param home what {@code ~} stands for
 * @param prompt asks the person at the terminal
 * @param twice whether what is typed is new, so that it is asked for twice
 */
public record SecretSources(Path directory, Path home, PasswordPrompt prompt, boolean twice) {

  /** The word that means the person at the terminal. */
  public static final String PROMPT = "prompt";

  private static final int MOST_BYTES_OF_A_CHARACTER = 3;

  /** Sources of passwords that are there already. */
  public SecretSources(Path directory, Path home, PasswordPrompt prompt) {
    this(directory, home, prompt, false);
  }

  /** The same for new texts: nobody would notice a password with a slip in it. */
  public SecretSources forNewTexts() {
    return new SecretSources(directory, home, prompt, true);
  }

  /** The source that a {@code --vault-id} names: {@code prompt} or a path. */
  public SecretSource named(String word, String label) {
    return word.equals(PROMPT) ? asked() : file(word);
  }

  /**
   * A password file. One that may be executed is run, and what it prints is the password; if its
   * name ends in {@code -client} (an extension aside) it is told the label.
   */
  public SecretSource file(String path) {
    Path file = path.startsWith("~/") ? home.resolve(path.substring(2)) : directory.resolve(path);
    return Files.isRegularFile(file) && Files.isExecutable(file)
        ? new PasswordScript(file)
        : new PasswordFile(file);
  }

  /** The person at the terminal. */
  public SecretSource asked() {
    return twice ? newPassword() : knownPassword();
  }

  private SecretSource knownPassword() {
    return (label, earlier) ->
        typed(
            label.equals(VaultSecrets.DEFAULT_LABEL)
                ? "Vault password: "
                : "Vault password (" + label + "): ");
  }

  /** A variable of the environment that holds the password itself. */
  public static SecretSource variable(String name, Map<String, String> environment) {
    return (label, earlier) ->
        Passwords.checked(
            environment.getOrDefault(name, "").getBytes(StandardCharsets.UTF_8),
            "the environment variable " + name);
  }

  /** The person at the terminal, asked twice for a password that is new. */
  public SecretSource newPassword() {
    return (label, earlier) -> {
      boolean plain = label.equals(VaultSecrets.DEFAULT_LABEL);
      String suffix = plain ? ": " : " (" + label + "): ";
      byte[] first = typed((plain ? "New Vault password" : "New vault password") + suffix);
      byte[] second =
          typed((plain ? "Confirm New Vault password" : "Confirm new vault password") + suffix);
      boolean same = Arrays.equals(first, second);
      Arrays.fill(second, (byte) 0);
      if (!same) {
        Arrays.fill(first, (byte) 0);
        throw Passwords.refused("the two passwords are not the same")
            .next("type the new password twice")
            .failure();
      }
      return first;
    };
  }

  private byte[] typed(String question) {
    return Passwords.checked(
        encoded(prompt.ask(question)), "the answer to '" + question.strip() + "'");
  }

  /** The bytes of what a person typed, which is wiped; by hand because a String could not be. */
  public static byte[] encoded(char[] typed) {
    byte[] room = new byte[typed.length * MOST_BYTES_OF_A_CHARACTER];
    ByteBuffer encoded = ByteBuffer.wrap(room);
    StandardCharsets.UTF_8
        .newEncoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .encode(CharBuffer.wrap(typed), encoded, true);
    byte[] bytes = Arrays.copyOf(room, encoded.position());
    Arrays.fill(room, (byte) 0);
    Arrays.fill(typed, '\0');
    return bytes;
  }
}
