package dev.hearth.cli;

import dev.hearth.inventory.Host;
import dev.hearth.inventory.HostPattern;
import dev.hearth.playbook.Block;
import dev.hearth.playbook.Entry;
import dev.hearth.playbook.Play;
import dev.hearth.playbook.Playbook;
import dev.hearth.playbook.Task;
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

  String of(List<Playbook> playbooks, Optional<HostPattern> limit) {
    StringBuilder text = new StringBuilder();
    for (Playbook playbook : playbooks) {
      text.append("\nplaybook: ").append(playbook.file()).append('\n');
      int number = 1;
      for (Play play : playbook.plays()) {
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
    String pattern = written(play.hosts().value());
    text.append(
        String.format(
            "\n  play #%d (%s): %s\tTAGS: [%s]\n",
            number,
            pattern,
            play.name().map(name -> written(name.value())).orElse(pattern),
            tags(play.attributes().tags())));
    if (what.hosts()) {
      List<Host> hosts = bench.inventory().select(HostPattern.parse(pattern), limit).hosts();
      text.append("    pattern: ['")
          .append(pattern)
          .append("']\n    hosts (")
          .append(hosts.size())
          .append("):\n");
      hosts.forEach(host -> text.append("      ").append(host.name()).append('\n'));
    }
    List<Task> tasks = new ArrayList<>();
    List.of(play.preTasks(), play.roleEntries(), play.tasks(), play.postTasks())
        .forEach(part -> collect(part, tasks));
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
      Set<String> all = new TreeSet<>();
      tasks.forEach(task -> all.addAll(task.attributes().tags()));
      text.append("      TASK TAGS: [").append(tags(all)).append("]\n");
    }
  }

  private static void collect(List<Entry> entries, List<Task> tasks) {
    for (Entry entry : entries) {
      switch (entry) {
        case Task task -> tasks.add(task);
        case Block block ->
            List.of(block.entries(), block.rescue(), block.always())
                .forEach(part -> collect(part, tasks));
      }
    }
  }

  private static String name(Task task) {
    String own =
        task.name().map(Located::value).map(Listing::written).orElse(task.action().written());
    return task.context().role().map(role -> role.name() + " : " + own).orElse(own);
  }

  private static String tags(Set<String> tags) {
    return String.join(", ", new TreeSet<>(tags));
  }

  private static String written(Value value) {
    return switch (value) {
      case Value.Textual text -> text.reveal();
      case Value.Template template -> template.source();
      case Value.Seq list -> String.join(",", list.items().stream().map(Listing::written).toList());
      default -> "?";
    };
  }
}
