package dev.hearth.cli;

import dev.hearth.connection.Target;
import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.ssh.HostKey;
import dev.hearth.ssh.KnownHostsFile;
import dev.hearth.ssh.SshConnector;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth trust}: shows a host's key and pins it. */
@Command(
    name = "trust",
    mixinStandardHelpOptions = true,
    description = "Show the key of a host and pin it in the known hosts.",
    footer = {"", "Example: hearth trust host01"})
final class TrustCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private final BenchOptions options = new BenchOptions();

  @Parameters(paramLabel = "HOST", description = "a host of the inventory")
  private String host = "";

  @Option(
      names = {"-y", "--yes"},
      description = "pin it without asking")
  private boolean yes;

  TrustCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (Workbench bench = options.open(environment)) {
      bench.requireHosts(host, Optional.empty());
      try (SshConnector ssh = bench.ssh()) {
        return trust(bench.target(host), ssh).number();
      }
    }
  }

  private ExitCode trust(Target target, SshConnector ssh) {
    List<HostKey> keys = ssh.hostKeys(target);
    if (keys.isEmpty()) {
      throw Diagnostic.error(ExitCode.HOST_KEY, host + " shows no key of a kind that is still safe")
          .next("give it an ed25519 key: ssh-keygen -A on the host")
          .failure();
    }
    String name = ssh.knownName(target);
    environment.out().println(name + " shows:");
    keys.forEach(key -> environment.out().println("  " + key));
    HostKey first = keys.getFirst();
    Optional<List<String>> objections = ssh.objections(target, first);
    if (objections.isEmpty()) {
      environment.out().println("the first is already pinned in " + ssh.knownHostsFile(target));
      return ExitCode.OK;
    }
    if (!objections.get().isEmpty()) {
      throw Diagnostic.error(ExitCode.HOST_KEY, "other keys are pinned for " + name)
          .because(String.join("\n", objections.get()))
          .next(
              "find out why the key changed; if it is right, remove those lines and run this again")
          .failure();
    }
    Path file = ssh.knownHostsFile(target);
    if (!yes && !confirmed(file)) {
      return ExitCode.HOST_KEY;
    }
    KnownHostsFile.add(file, name, first, false);
    environment.out().println("pinned " + first + " in " + file);
    return ExitCode.OK;
  }

  private boolean confirmed(Path file) {
    Optional<String> answer =
        new TerminalPrompt(environment)
            .answer("Is the first one the host's own? Pin it in " + file + "? [y/N] ", false);
    if (answer.isEmpty()) {
      throw Diagnostic.error(ExitCode.HOST_KEY, "nobody is there to say whether the key is right")
          .because("standard input is not a terminal")
          .next("compare the fingerprint with the host's own, then add --yes")
          .failure();
    }
    return answer.get().strip().equalsIgnoreCase("y");
  }
}
