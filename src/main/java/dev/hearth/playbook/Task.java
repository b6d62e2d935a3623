package dev.hearth.playbook;

import dev.hearth.diag.Location;
import dev.hearth.value.Located;
import java.util.List;
import java.util.Optional;

/**
 * One task: a module or a directive with its arguments.
 *
 * @param at where it starts
 * @param name its name as written
 * @param action what it does
 * @param attributes the keywords in force for it
 * @param loop how often, if it loops
 * @param register the variable that takes its result
 * @param notifies the handlers to notify when it changed something; its own or the nearest block's
 * @param changedWhen conditions that say whether it changed something; all must hold
 * @param failedWhen conditions that say whether it failed; all must hold
 * @param until conditions to wait for; all must hold
 * @param retries how often it is tried again; a number or template
 * @param delay seconds between tries; a number or template
 * @param async its longest time in seconds when it runs detached
 * @param poll seconds between looks at a detached task
 * @param included what the entries inherit that {@code include_tasks} or {@code include_role} loads
 *     at run time: what the task itself inherited, its own variables, and {@code apply}; {@link
 *     Attributes#NONE} for every other action
 * @param context the file and role it belongs to
 */
public record Task(
    Location at,
    Optional<Located> name,
    Action action,
    Attributes attributes,
    Optional<Loop> loop,
    Optional<Located> register,
    List<Located> notifies,
    List<Located> changedWhen,
    List<Located> failedWhen,
    List<Located> until,
    Optional<Located> retries,
    Optional<Located> delay,
    Optional<Located> async,
    Optional<Located> poll,
    Attributes included,
    Context context)
    implements Entry {

  /** Keeps its own copies. */
  public Task {
    notifies = List.copyOf(notifies);
    changedWhen = List.copyOf(changedWhen);
    failedWhen = List.copyOf(failedWhen);
    until = List.copyOf(until);
  }

  /** The same with another action. */
  public Task with(Action other) {
    return new Task(
        at,
        name,
        other,
        attributes,
        loop,
        register,
        notifies,
        changedWhen,
        failedWhen,
        until,
        retries,
        delay,
        async,
        poll,
        included,
        context);
  }
}
