package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.vault.Vault;
import dev.hearth.vault.VaultSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hearth vault verify}: tells whether all encrypted text opens, and with what. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Open all encrypted files and values, and tell with which password each opens.")
final class VaultVerifyCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private VaultOptions vault = new VaultOptions();

  @Parameters(
      paramLabel = "DIRECTORY",
      arity = "0..1",
      description = "where to look; here if none is given")
  private String directory = ".";

  VaultVerifyCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    VaultSearch search =
        VaultSearch.below(new VaultStreams(environment).path(directory).normalize());
    List<Diagnostic> failures = new ArrayList<>(search.damaged());
    vault.with(environment, opened -> open(search, opened, failures));
    if (!failures.isEmpty()) {
      throw new HearthException(failures);
    }
    return ExitCode.OK.number();
  }

  /** What became of one text: a line for the user, or findings. */
  private record Verdict(String line, List<Diagnostic> findings) {}

  /** Deriving keys takes the time, so all cores do it. */
  private void open(VaultSearch search, Vault opened, List<Diagnostic> failures) {
    search.found().parallelStream()
        .map(found -> verdict(found, opened))
        .toList()
        .forEach(
            verdict -> {
              if (verdict.findings().isEmpty()) {
                environment.out().println(verdict.line());
              }
              failures.addAll(verdict.findings());
            });
  }

  private static Verdict verdict(VaultSearch.Found found, Vault opened) {
    try {
      String label = found.openedBy(opened);
      return new Verdict(
          found.place() + "\t" + found.format() + "\topens with " + label, List.of());
    } catch (HearthException refused) {
      return new Verdict("", refused.diagnostics());
    }
  }
}
