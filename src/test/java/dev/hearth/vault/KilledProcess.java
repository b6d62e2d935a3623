package dev.hearth.vault;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A process that runs one of the {@link CrashCommands} and kills itself with SIGKILL at one step.
 * It prints how many steps there were if it comes to its end.
 */
public final class KilledProcess {

  private KilledProcess() {}

  /** Takes the number of the command, a prepared directory, the step and the end. */
  public static void main(String... arguments) throws IOException {
    CrashCommands.Command command = new CrashCommands().all().get(Integer.parseInt(arguments[0]));
    DyingFiles files =
        new DyingFiles(
            Integer.parseInt(arguments[2]),
            DyingFiles.End.valueOf(arguments[3]),
            KilledProcess::kill);
    command.work().on(Path.of(arguments[1]), files);
    System.out.println(files.steps());
  }

  /** The shell's parent is this process; nothing of ours runs any more when the wait is over. */
  private static void kill() {
    try {
      new ProcessBuilder("/bin/sh", "-c", "kill -s KILL $PPID").start().waitFor();
    } catch (IOException | InterruptedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
