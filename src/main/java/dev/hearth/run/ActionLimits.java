package dev.hearth.run;

import dev.hearth.plan.Result;
import dev.hearth.playbook.Action;
import java.util.Optional;
import java.util.Set;

/**
 * What actions of ansible-core 2.19 do not do: run by themselves ({@code async}), or say what they
 * would change. Such a task fails, or is left out, before anything happens. Only {@code expect}
 * could run by itself there, and cannot here.
 */
final class ActionLimits {

  /** They work with files of this machine, without a module, or with answers given from here. */
  private static final Set<String> WITHOUT_ASYNC =
      Set.of(
          "ansible.builtin.assemble",
          "ansible.builtin.copy",
          "ansible.builtin.expect",
          "ansible.builtin.fetch",
          "ansible.builtin.raw",
          "ansible.builtin.reboot",
          "ansible.builtin.script",
          "ansible.builtin.template",
          "ansible.builtin.unarchive");

  private static final String URI = "ansible.builtin.uri";
  private static final String WAIT = "ansible.builtin.wait_for_connection";
  private static final Set<String> WITHOUT_CHECK =
      Set.of("ansible.builtin.expect", "ansible.builtin.tempfile");

  private ActionLimits() {}

  /**
   * What comes of a task that asks for what its action does not do.
   *
   * @param module whether it is a module, and not an action of this machine
   * @param async whether it is to run by itself
   * @param check whether it is to change nothing
   */
  static Optional<Result> reached(Action action, boolean module, boolean async, boolean check) {
    String name = action.name();
    if (async && (!module || WITHOUT_ASYNC.contains(name))) {
      return Optional.of(
          Result.failure("This action (" + action.written() + ") does not support async."));
    }
    if (!check) {
      return Optional.empty();
    }
    return switch (name) {
      case URI ->
          Optional.of(
              Result.skip("This action (" + action.written() + ") does not support check mode."));
      case Fetching.ACTION ->
          Optional.of(Result.skip("check mode not (yet) supported for this module"));
      case WAIT -> Optional.of(Result.ok().skipped(true));
      default ->
          WITHOUT_CHECK.contains(name)
              ? Optional.of(
                  Result.skip(
                      "remote module (" + action.written() + ") does not support check mode"))
              : Optional.empty();
    };
  }
}
