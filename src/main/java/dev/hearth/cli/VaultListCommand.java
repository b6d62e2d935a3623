package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.vault.VaultSearch;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hearth vault list}: tells where encrypted text is. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "List all encrypted files and values, with format and label; needs no password.")
final class VaultListCommand implements Callable<Integer> {

  private final Environment environment;

  @Parameters(
      paramLabel = "DIRECTORY",
      arity = "0..1",
      description = "where to look; here if none is given")
  private String directory = ".";

  VaultListCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    VaultSearch search =
        VaultSearch.below(new VaultStreams(environment).path(directory).normalize());
    for (VaultSearch.Found found : search.found()) {
      environment.out().println(found.place() + "\t" + found.format() + "\t" + found.recipients());
    }
    if (!search.damaged().isEmpty()) {
      throw new HearthException(search.damaged());
    }
    return ExitCode.OK.number();
  }
}
