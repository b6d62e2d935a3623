package dev.hearth.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth play}: what {@code ansible-playbook} does, with its options. */
@Command(
    name = "play",
    mixinStandardHelpOptions = true,
    description = "Run playbooks.",
    footer = {"", "Example: hearth play site.yml -i inventory --limit host01 --check --diff"})
final class PlayCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private final RunMixin run = new RunMixin();

  @Parameters(paramLabel = "PLAYBOOK", arity = "1..*", description = "playbook files")
  private List<Path> playbooks = new ArrayList<>();

  @Option(names = "--syntax-check", description = "read and check everything, run nothing")
  private boolean syntaxCheck;

  @Option(names = "--list-hosts", description = "list the hosts of each play, run nothing")
  private boolean listHosts;

  @Option(names = "--list-tasks", description = "list the tasks, run nothing")
  private boolean listTasks;

  @Option(names = "--list-tags", description = "list the tags, run nothing")
  private boolean listTags;

  PlayCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (syntaxCheck || listHosts || listTasks || listTags) {
      return run.list(environment, playbooks, new Listing.What(listHosts, listTasks, listTags))
          .number();
    }
    return run.play(environment, playbooks, List.of()).number();
  }
}
