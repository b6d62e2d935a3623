package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An executable file that prints the password. It shares our standard input and error, so that it
 * can ask and complain itself.
 */
record PasswordScript(Path file) implements SecretSource {

  private static final int UNKNOWN_LABEL = 2;

  @Override
  public boolean mayBeMissing() {
    return true;
  }

  @Override
  public byte[] read(String label, Vault earlier) {
    List<String> command = new ArrayList<>(List.of(file.toAbsolutePath().toString()));
    if (isClient()) {
      command.addAll(List.of("--vault-id", label));
    }
    try {
      if (!isProgram()) {
        throw Passwords.refused(
                "the vault password file " + file + " may be executed, but is no program")
            .because(
                "an executable file is run to get the password; a shell would take the password for"
                    + " a command and show it")
            .next("if it holds the password itself: chmod -x " + file)
            .failure();
      }
      Process process =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      byte[] output;
      try (InputStream stdout = process.getInputStream()) {
        output = stdout.readAllBytes();
      }
      int status = process.waitFor();
      if (status != 0) {
        throw failed(status, label).failure();
      }
      return Passwords.checked(
          Passwords.trimmed(output, "\r\n"), "the output of the vault password script " + file);
    } catch (IOException failure) {
      throw Passwords.refused("the vault password script " + file + " cannot be run")
          .because(String.valueOf(failure.getMessage()))
          .next("check that the interpreter in its first line exists: head -1 " + file)
          .failure();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Passwords.refused("the vault password script " + file + " was interrupted").failure();
    }
  }

  /** Whether the kernel can run it: it names an interpreter, or is a binary. */
  private boolean isProgram() throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      String start = new String(content.readNBytes(4), StandardCharsets.ISO_8859_1);
      return start.startsWith("#!") || start.equals("\u007fELF");
    }
  }

  private Diagnostic failed(int status, String label) {
    if (isClient() && status == UNKNOWN_LABEL) {
      return Passwords.refused(
              "the vault password client " + file + " knows no label '" + label + "'")
          .because("it ended with status 2, which means just that")
          .next("store a password under this label, or correct the label in --vault-id");
    }
    return Passwords.refused("the vault password script " + file + " failed")
        .because("it ended with status " + status + "; what it said stands above")
        .next("run it by hand and see: " + file);
  }

  private boolean isClient() {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return (dot > 0 ? name.substring(0, dot) : name).endsWith("-client");
  }
}
