package dev.hearth.cli;

import dev.hearth.inventory.Host;
import dev.hearth.inventory.HostPattern;
import dev.hearth.playbook.Block;
import dev.hearth.playbook.Entry;
import dev.hearth.playbook.Play;
import dev.hearth.playbook.Playbook;
import dev.hearth.playbook.Task;
import dev.hearth.run.PlayHosts;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The texts of {@code --list-hosts}, {@code --list-tasks} and {@code --list-tags}, in Ansible's
 * form.
 */
final class Listing {

  /** What is listed. */
  record What(boolean hosts, boolean tasks, boolean tags) {}

  private final Workbench bench;
  private final What what;

  Listing(Workbench bench, What what) {
    this.bench = bench;
    this.what = what;
  }

  /**
   * The text for these playbooks.
   *
   * @param named the playbooks' files as they were named
   */
  String of(List<Playbook> playbooks, List<String> named, Optional<HostPattern> limit) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < playbooks.size(); i++) {
      text.append("\nplaybook: ").append(named.get(i)).append('\n');
      int number = 1;
      for (Play play : playbooks.get(i).plays()) {
        play(play, number, limit, text);
        number++;
      }
    }
    return text.toString();
  }

  private void play(Play play, int number, Optional<HostPattern> limit, StringBuilder text) {
    if (!what.hosts() && !what.tasks() && !what.tags()) {
      return;
    }
    PlayHosts.Shown shown =
        PlayHosts.shown(
            play, bench.templar(), bench.extraVars(), bench.inventory(), bench.options());
    String pattern = String.join(",", shown.patterns());
    Set<String> own = play.attributes().tags();
    text.append(
        String.format(
            "\n  play #%d (%s): %s\tTAGS: [%s]\n",
            number,
            pattern,
            play.name().map(name -> written(name.value())).orElse(shown.name()),
            String.join(",", new TreeSet<>(own))));
    if (what.hosts()) {
      hosts(shown, limit, text);
    }
    List<Task> tasks = new ArrayList<>();
    List.of(play.preTasks(), play.roleEntries(), play.tasks(), play.postTasks())
        .forEach(part -> collect(part, tasks));
    // Without tags that are asked for, the list of tags has those of tasks that never run, too.
    boolean everything =
        what.tags() && bench.options().tags().isEmpty() && bench.options().skipTags().isEmpty();
    tasks.removeIf(
        task ->
            !bench.options().selects(task.attributes().tags())
                && !(everything && task.attributes().tags().contains("never")));
    if (what.tasks()) {
      text.append("    tasks:\n");
      tasks.forEach(
          task ->
              text.append("      ")
                  .append(name(task))
                  .append("\tTAGS: [")
                  .append(tags(task.attributes().tags()))
                  .append("]\n"));
    }
    if (what.tags()) {
      Set<String> all = new TreeSet<>(own);
      tasks.forEach(task -> all.addAll(task.attributes().tags()));
      text.append("      TASK TAGS: [").append(tags(all)).append("]\n");
    }
  }

  private void hosts(PlayHosts.Shown shown, Optional<HostPattern> limit, StringBuilder text) {
    List<String> patterns = shown.patterns();
    List<Host> hosts = bench.inventory().select(shown.pattern(), limit).hosts();
    text.append("    pattern: [")
        .append(String.join(", ", patterns.stream().map(each -> "'" + each + "'").toList()))
        .append("]\n    hosts (")
        .append(hosts.size())
        .append("):\n");
    hosts.forEach(host -> text.append("      ").append(host.name()).append('\n'));
  }

  /** The tasks of blocks, but not those that only a failure or the end brings up. */
  private static void collect(List<Entry> entries, List<Task> tasks) {
    for (Entry entry : entries) {
      switch (entry) {
        case Task task -> tasks.add(task);
        case Block block -> collect(block.entries(), tasks);
      }
    }
  }

  /** Only a name of its own has the role in front. */
  private static String name(Task task) {
    Optional<String> own = task.name().map(Located::value).map(Listing::written);
    String role = task.context().role().map(each -> each.name() + " : ").orElse("");
    return own.map(name -> role + name).orElse(task.action().written());
  }

  private static String tags(Set<String> tags) {
    return String.join(", ", new TreeSet<>(tags));
  }

  private static String written(Value value) {
    return switch (value) {
      case Value.Textual text -> text.reveal();
      case Value.Template template -> template.source();
      default -> "?";
    };
  }
}
