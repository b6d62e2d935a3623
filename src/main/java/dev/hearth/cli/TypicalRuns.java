package dev.hearth.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs several commands in one process, separated by {@code --then}: for the build, which records
 * what typical commands load. An archive of classes comes from one process only.
 */
final class TypicalRuns {

  private static final String THEN = "--then";

  private TypicalRuns() {}

  /** Runs them all, whatever becomes of each; exits with the first code that is not zero. */
  public static void main(String[] args) {
    int worst = 0;
    List<String> command = new ArrayList<>();
    for (int index = 0; index <= args.length; index++) {
      if (index < args.length && !args[index].equals(THEN)) {
        command.add(args[index]);
        continue;
      }
      int code = Main.run(command.toArray(String[]::new));
      worst = worst == 0 ? code : worst;
      command.clear();
    }
    Runtime.getRuntime().exit(worst);
  }
}
