package dev.hearth.cli;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The mistake of naming a group of commands and none of them. */
final class CommandMissing {

  private CommandMissing() {}

  /** Says which commands the group has. */
  static ParameterException of(@Nullable CommandSpec group) {
    CommandSpec known = Objects.requireNonNull(group);
    return new ParameterException(
        known.commandLine(),
        known.subcommands().entrySet().stream()
            .filter(entry -> !entry.getValue().getCommandSpec().usageMessage().hidden())
            .filter(entry -> entry.getKey().equals(entry.getValue().getCommandName()))
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(", ", "a command is missing: ", "")));
  }
}
