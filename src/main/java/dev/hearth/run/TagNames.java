package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Nearest;
import dev.hearth.playbook.Task;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds tags of the command line that no task has. */
final class TagNames {

  private static final Set<String> SPECIAL = Set.of("all", "always", "never", "tagged", "untagged");

  private final Set<String> known = new TreeSet<>();
  private boolean open;

  void add(Task task) {
    known.addAll(task.attributes().tags());
    // What an include_role brings in later may carry tags that are evaluated then.
    open |= task.attributes().tags().stream().anyMatch(tag -> tag.contains("{{"));
  }

  /** There is content that only the run knows. */
  void open() {
    open = true;
  }

  /** Warns of tags that were asked for, or are to be left out, and match nothing. */
  void conclude(RunOptions options, Findings findings) {
    if (open) {
      return;
    }
    Set<String> asked = new LinkedHashSet<>();
    Stream.concat(options.tags().stream(), options.skipTags().stream())
        .sorted()
        .forEach(asked::add);
    asked.removeAll(SPECIAL);
    asked.removeAll(known);
    for (String tag : asked) {
      boolean skipped = !options.tags().contains(tag);
      findings.add(
          Diagnostic.warning("no task has the tag '" + tag + "'")
              .because(
                  (skipped ? "--skip-tags" : "--tags")
                      + " names it"
                      + (skipped ? " and so leaves nothing out" : " and so selects nothing"))
              .next(
                  Nearest.hint(
                      tag,
                      known,
                      known.isEmpty()
                          ? "no task here has any tag"
                          : "tags of these playbooks: " + String.join(", ", known))));
    }
  }
}
