package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.vault.EditTools;
import dev.hearth.vault.VaultEditing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth vault create}: lets a person write a new vault file in an editor. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    description = "Write a new vault file in the editor that VISUAL or EDITOR names (else vi).")
final class VaultCreateCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private VaultWritingOptions writing = new VaultWritingOptions();
  @Mixin private VaultEditOptions editing = new VaultEditOptions();

  @Parameters(paramLabel = "FILE", description = "a file that does not exist yet")
  private String file = "";

  VaultCreateCommand(Environment environment) {
    this.environment = environment;
  }

  /**
   * Nothing is checked that could be skipped: whether it needs a terminal is the editor's matter.
   */
  @Option(
      names = "--skip-tty-check",
      description = "accepted for ansible-vault's sake; no terminal is demanded")
  void skipTerminalCheck(boolean skipped) {}

  @Override
  public Integer call() {
    EditTools tools = editing.tools(environment);
    Path target = new VaultStreams(environment).path(file);
    makeDirectory(target);
    writing.with(
        environment,
        opened -> {
          boolean written =
              new VaultEditing(opened, tools).create(target, writing.label(environment));
          environment.err().println(file + (written ? ": written" : ": empty, so not written"));
        });
    return ExitCode.OK.number();
  }

  private void makeDirectory(Path target) {
    Path directory = target.toAbsolutePath().getParent();
    if (directory == null || Files.isDirectory(directory)) {
      return;
    }
    try {
      Files.createDirectories(directory);
    } catch (IOException failure) {
      throw Diagnostic.error(ExitCode.FAILED, "the directory " + directory + " cannot be made")
          .because(failure.toString())
          .next("make it by hand, or correct the path")
          .failure();
    }
    environment
        .err()
        .println(Diagnostic.warning("the directory " + directory + " was made").render());
  }
}
