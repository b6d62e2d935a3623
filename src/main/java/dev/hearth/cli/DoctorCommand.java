package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code hearth doctor}: looks at what a run needs and says what is missing and how to get it. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Check what runs need on this machine.")
final class DoctorCommand implements Callable<Integer> {

  private final Environment environment;

  DoctorCommand(Environment environment) {
    this.environment = environment;
  }

  /**
   * One thing looked at.
   *
   * @param good whether it is as it should be
   * @param needed whether runs fail without it
   */
  private record Check(boolean good, boolean needed, String what, String next) {}

  @Override
  public Integer call() {
    Settings settings = new Settings(environment);
    List<Check> checks = new ArrayList<>();
    checks.add(new Check(true, true, "Java " + Runtime.version(), ""));
    checks.add(
        settings
            .file()
            .map(file -> new Check(true, false, "settings from " + file, ""))
            .orElse(new Check(true, false, "no ansible.cfg: the defaults hold", "")));
    settings
        .reviewed()
        .forEach(warning -> checks.add(new Check(false, false, warning.summary(), warning.next())));
    settings
        .withoutEffect()
        .forEach(warning -> checks.add(new Check(false, false, warning.summary(), warning.next())));
    checks.add(agent());
    checks.add(
        present(
            environment.home().resolve(".ssh/known_hosts"),
            "known host keys",
            "pin a host's key: hearth trust HOST"));
    checks.add(
        present(
            environment.workingDirectory().resolve("inventory"),
            "inventory",
            "write one, or name it with -i"));
    checks.add(
        present(
            environment.workingDirectory().resolve("playbooks/provision.yml"),
            "playbook for provision and teardown",
            "needed only for those two commands"));
    PrintStream out = environment.out();
    checks.forEach(check -> out.println(line(check)));
    out.flush();
    return (checks.stream().allMatch(check -> check.good() || !check.needed())
            ? ExitCode.OK
            : ExitCode.FAILED)
        .number();
  }

  private Check agent() {
    String socket = environment.variables().getOrDefault("SSH_AUTH_SOCK", "");
    return socket.isEmpty() || !Files.exists(Path.of(socket))
        ? new Check(
            false,
            false,
            "no SSH agent",
            "fine with key files without a passphrase; otherwise: eval $(ssh-agent) && ssh-add")
        : new Check(true, false, "SSH agent at " + socket, "");
  }

  private static Check present(Path path, String what, String next) {
    return Files.exists(path)
        ? new Check(true, false, what + ": " + path, "")
        : new Check(false, false, "no " + what + " at " + path, next);
  }

  private static String line(Check check) {
    String mark = check.good() ? "ok      " : check.needed() ? "missing " : "note    ";
    return mark + check.what() + (check.next().isEmpty() ? "" : "\n        " + check.next());
  }
}
