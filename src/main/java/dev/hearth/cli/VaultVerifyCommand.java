package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.vault.Vault;
import dev.hearth.vault.VaultSearch;
import java.nio.file.Path;
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
    Path start = new VaultStreams(environment).path(directory).normalize();
    VaultSearch.require(start);
    List<Diagnostic> failures = new ArrayList<>();
    vault.with(environment, opened -> open(start, opened, failures));
    if (!failures.isEmpty()) {
      throw new HearthException(failures);
    }
    return ExitCode.OK.number();
  }

  /** What became of a file: lines for the user, and findings. */
  private record Verdict(List<String> lines, List<Diagnostic> findings) {}

  private void open(Path start, Vault opened, List<Diagnostic> failures) {
    for (Verdict verdict :
        VaultSearch.below(start, opened::prepare, file -> verdict(file, opened))) {
      verdict.lines().forEach(environment.out()::println);
      failures.addAll(verdict.findings());
    }
  }

  private static Verdict verdict(VaultSearch file, Vault opened) {
    List<String> lines = new ArrayList<>();
    List<Diagnostic> findings = new ArrayList<>(file.damaged());
    for (VaultSearch.Found found : file.found()) {
      try {
        String label = found.openedBy(opened);
        lines.add(found.place() + "\t" + found.format() + "\topens with " + label);
      } catch (HearthException refused) {
        findings.addAll(refused.diagnostics());
      }
    }
    return new Verdict(lines, findings);
  }
}
