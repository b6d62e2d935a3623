package dev.hearth.cli;

import dev.hearth.connection.BecomeRefused;
import dev.hearth.connection.Unreachable;
import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Nearest;
import dev.hearth.run.Interrupted;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Parses arguments, runs the command they name, and turns what comes of it into an exit code. */
public final class CommandLineInterface {

  private CommandLineInterface() {}

  /** Runs one command; the result is a number from {@link ExitCode}. */
  public static int run(Environment environment, String... args) {
    PrintWriter out = new PrintWriter(environment.out(), true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(environment.err(), true, StandardCharsets.UTF_8);
    if (args.length > 1 && args[0].equals(Subcommands.VAULT)) {
      VaultIntents.finish(environment);
    }
    CommandLine all =
        Subcommands.hang(
            new CommandLine(new HearthCommand(), factory(environment)), factory(environment), args);
    tellVersion(all);
    try {
      return execute(all.setOut(out).setErr(err), environment, args);
    } catch (Error broken) {
      // Such as a class that is not there, or memory that is not enough.
      return defect(broken, environment);
    }
  }

  private static int execute(CommandLine all, Environment environment, String... args) {
    return all.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setExpandAtFiles(false) // -e @FILE is ours to read
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((wrong, given) -> usage(wrong, environment))
        .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, environment))
        .execute(args);
  }

  /** Each command has the option, and the program's version is that of its commands. */
  private static void tellVersion(CommandLine command) {
    command.getCommandSpec().versionProvider(new Version());
    command.getSubcommands().values().forEach(CommandLineInterface::tellVersion);
  }

  /** Commands that need the process's surroundings take them in their constructor. */
  private static IFactory factory(Environment environment) {
    return new IFactory() {
      @Override
      public <K> K create(Class<K> type) throws Exception {
        try {
          return type.getDeclaredConstructor(Environment.class).newInstance(environment);
        } catch (NoSuchMethodException plain) {
          return CommandLine.defaultFactory().create(type);
        }
      }
    };
  }

  private static int usage(ParameterException wrong, Environment environment) {
    CommandLine command = wrong.getCommandLine();
    Diagnostic finding =
        Diagnostic.error(ExitCode.INVALID, String.valueOf(wrong.getMessage()))
            .next(
                proposal(wrong, command)
                    + "see '"
                    + command.getCommandSpec().qualifiedName()
                    + " --help'");
    return told(List.of(finding), ExitCode.INVALID, environment);
  }

  private static String proposal(ParameterException wrong, CommandLine command) {
    if (!(wrong instanceof UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return "";
    }
    List<String> known = new ArrayList<>(command.getSubcommands().keySet());
    known.addAll(command.getCommandSpec().optionsMap().keySet());
    return Nearest.to(unmatched.getUnmatched().getFirst(), known)
        .map(name -> "did you mean '" + name + "'? or ")
        .orElse("");
  }

  private static int failed(Exception failure, Environment environment) throws Exception {
    return switch (failure) {
      case HearthException known -> told(known.diagnostics(), known.exit(), environment);
      case Unreachable lost ->
          told(List.of(lost.diagnostic()), lost.diagnostic().exit(), environment);
      case BecomeRefused refused ->
          told(List.of(refused.diagnostic()), refused.diagnostic().exit(), environment);
      case Interrupted stopped ->
          told(List.of(stopped(stopped)), ExitCode.INTERRUPTED, environment);
      case InvalidPathException name ->
          told(List.of(noFileName(name)), ExitCode.INVALID, environment);
      default -> defect(failure, environment);
    };
  }

  private static Diagnostic noFileName(InvalidPathException name) {
    return Diagnostic.error(
            ExitCode.INVALID, "'" + name.getInput() + "' can be no file's name here")
        .because(name.getReason())
        .next("correct it; for letters of other languages set a locale: LC_ALL=C.UTF-8");
  }

  private static Diagnostic stopped(Interrupted stopped) {
    Diagnostic finding = Diagnostic.error(ExitCode.INTERRUPTED, "stopped");
    if (!stopped.cut().isEmpty()) {
      finding =
          finding.because(
              "the task was ended before its end on " + String.join(", ", stopped.cut()));
    }
    return finding.next("run again: what is done stays done");
  }

  private static int told(List<Diagnostic> findings, ExitCode exit, Environment environment) {
    environment.out().flush();
    boolean first = true;
    for (Diagnostic finding : findings) {
      environment.err().println((first ? "" : "\n") + environment.masker().mask(finding.render()));
      first = false;
    }
    return exit.number();
  }

  /** The stack trace is for the report. */
  private static int defect(Throwable failure, Environment environment) {
    StringBuilder trace =
        new StringBuilder(failure.getClass().getName()).append(": ").append(failure.getMessage());
    for (StackTraceElement frame : failure.getStackTrace()) {
      trace.append("\n  at ").append(frame);
    }
    Diagnostic finding =
        Diagnostic.error(ExitCode.DEFECT, "Hearth has a defect here")
            .because(trace.toString())
            .next("please report it with the command and these lines");
    return told(List.of(finding), ExitCode.DEFECT, environment);
  }
}
