package dev.hearth.cli;

import java.util.Stack;
import picocli.CommandLine;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Takes the next word as it is, also one that begins as an option of Hearth's own does: {@code
 * --ssh-common-args='-J gate'}.
 */
final class DashedText implements IParameterConsumer {

  // The interface of picocli has the old class.
  @Override
  @SuppressWarnings("JdkObsolete")
  public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
    if (words.isEmpty()) {
      throw new CommandLine.MissingParameterException(
          command.commandLine(),
          option,
          "Missing required parameter for option '"
              + ((OptionSpec) option).longestName()
              + "' ("
              + option.paramLabel()
              + ")");
    }
    String word = words.pop();
    option.setValue(word);
  }
}
