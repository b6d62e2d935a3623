package dev.hearth.testhosts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A throw-away SSH key pair made by OpenSSH's own tool.
 *
 * @param privateKey the private half, readable by its owner only
 * @param publicKey the public half, one line of type, base64 and comment
 */
record Keys(Path privateKey, String publicKey) {

  /**
   * Makes a key of {@code type} ({@code ed25519}, {@code ecdsa}, {@code rsa}) in {@code folder}.
   */
  static Keys generate(Path folder, String name, String type) {
    Path file = folder.resolve(name);
    try {
      Process tool =
          new ProcessBuilder(
                  "ssh-keygen",
                  "-q",
                  "-t",
                  type,
                  "-N",
                  "",
                  "-C",
                  "hearth test",
                  "-f",
                  file.toString())
              .redirectErrorStream(true)
              .start();
      tool.getOutputStream().close();
      String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (tool.waitFor() != 0) {
        throw new IllegalStateException("ssh-keygen failed: " + said);
      }
      return new Keys(file, Files.readString(folder.resolve(name + ".pub")).strip());
    } catch (IOException e) {
      throw new UncheckedIOException("ssh-keygen is needed (apt-get install openssh-client)", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Type and base64 without the comment, as a known_hosts line holds them. */
  String publicKeyWithoutComment() {
    String[] fields = publicKey.split(" ");
    return fields[0] + " " + fields[1];
  }
}
