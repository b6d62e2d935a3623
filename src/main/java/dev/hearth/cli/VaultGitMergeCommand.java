package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import dev.hearth.vault.DiskFiles;
import dev.hearth.vault.VaultMerge;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hearth vault git-merge}: merges what is in encrypted files. */
@Command(
    name = "git-merge",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "Merge three revisions of a vault file for git, into the second.")
final class VaultGitMergeCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private VaultOptions vault = new VaultOptions();
  @Mixin private VaultEditOptions editing = new VaultEditOptions();

  @Parameters(index = "0", paramLabel = "BASE", description = "the common ancestor (%%O)")
  private String base = "";

  @Parameters(index = "1", paramLabel = "OURS", description = "ours, and the result (%%A)")
  private String ours = "";

  @Parameters(index = "2", paramLabel = "THEIRS", description = "theirs (%%B)")
  private String theirs = "";

  @Parameters(index = "3", paramLabel = "PATH", description = "the name of the file (%%P)")
  private String path = "";

  VaultGitMergeCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    VaultStreams streams = new VaultStreams(environment);
    DiskFiles files = new DiskFiles();
    AtomicBoolean clean = new AtomicBoolean();
    vault.with(
        environment,
        opened ->
            clean.set(
                new VaultMerge(opened, files, editing.places(environment, files))
                    .merge(streams.path(base), streams.path(ours), streams.path(theirs))));
    if (clean.get()) {
      return ExitCode.OK.number();
    }
    environment
        .err()
        .println(
            path
                + ": both sides changed the same lines; resolve it with: hearth vault edit "
                + path);
    return ExitCode.FAILED.number();
  }
}
