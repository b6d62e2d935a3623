package dev.hearth.cli;

/**
 * Starts the command line with the real streams and environment; the only place that ends the
 * process.
 */
public final class Main {

  private Main() {}

  /** Runs one command and exits with its code from {@link dev.hearth.diag.ExitCode}. */
  public static void main(String[] args) {
    // Halting is quicker than exiting: nothing of ours is left to a shutdown hook.
    Runtime.getRuntime().halt(run(args));
  }

  /** Runs one command in this process. */
  static int run(String... args) {
    int code = CommandLineInterface.run(Environment.ofProcess(), args);
    System.out.flush();
    System.err.flush();
    return code;
  }
}
