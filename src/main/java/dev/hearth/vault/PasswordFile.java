package dev.hearth.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file whose text, blanks around it aside, is the password. It may itself be encrypted. */
record PasswordFile(Path file) implements SecretSource {

  private static final String BLANKS = " \t\n\r\u000b\f";
  private static final int MAX_BYTES = 1 << 20;

  @Override
  public boolean mayBeMissing() {
    return true;
  }

  @Override
  public byte[] read(String label, Vault earlier) {
    byte[] content = content();
    if (Ciphertext.isEncrypted(content)) {
      content = earlier.decrypt(Ciphertext.parse(content, file.toString()));
    }
    return Passwords.checked(Passwords.trimmed(content, BLANKS), "the vault password file " + file);
  }

  private byte[] content() {
    if (!Files.exists(file)) {
      throw Passwords.refused("the vault password file " + file + " does not exist")
          .next("create it (mode 0600) or name another one: --vault-password-file FILE")
          .failure();
    }
    try {
      if (!Files.isDirectory(file) && Files.size(file) <= MAX_BYTES) {
        return Files.readAllBytes(file);
      }
      throw Passwords.refused(file + " is not a vault password file")
          .because(Files.isDirectory(file) ? "it is a directory" : "it is larger than 1 MiB")
          .next("name a file that holds only the password")
          .failure();
    } catch (IOException failure) {
      throw Passwords.refused("the vault password file " + file + " cannot be read")
          .because(failure.toString())
          .next("check its owner and mode: ls -l " + file)
          .failure();
    }
  }
}
