package dev.hearth.playbook;

import dev.hearth.value.Located;

/**
 * Where {@code include_tasks} and {@code include_role} get their entries while the run goes on.
 * Both throw {@link dev.hearth.diag.HearthException} with all findings in what they read.
 */
public interface TaskSource {

  /**
   * The entries of a task file.
   *
   * @param file a text: the name with all templates evaluated, searched as Ansible does (the task
   *     directory of the role, the directory of the including file, the playbook's)
   * @param inherited what the entries inherit ({@link Task#included})
   * @param from the context of the including task
   */
  LoadedTasks loadTasks(Located file, Attributes inherited, Context from);

  /**
   * A role with the roles it needs.
   *
   * @param inherited what the entries inherit ({@link Task#included})
   * @param from the context of the including task
   */
  LoadedRole loadRole(RoleRequest request, Attributes inherited, Context from);
}
