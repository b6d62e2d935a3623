package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import dev.hearth.vault.EditTools;
import dev.hearth.vault.VaultEditing;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hearth vault edit}: lets a person change vault files in an editor. */
@Command(
    name = "edit",
    mixinStandardHelpOptions = true,
    description = {
      "Change vault files in the editor that VISUAL or EDITOR names (else vi).",
      "The plain text lies in memory only; the file is replaced in one step."
    })
final class VaultEditCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private VaultOptions vault = new VaultOptions();
  @Mixin private VaultEditOptions editing = new VaultEditOptions();

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "vault files")
  private List<String> files = List.of();

  VaultEditCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    EditTools tools = editing.tools(environment);
    VaultStreams streams = new VaultStreams(environment);
    vault.with(
        environment,
        opened -> {
          for (String file : files) {
            boolean changed = new VaultEditing(opened, tools).edit(streams.path(file));
            environment.err().println(file + (changed ? ": changed" : ": not changed"));
          }
        });
    return ExitCode.OK.number();
  }
}
