package dev.hearth.playbook;

import dev.hearth.template.Scope;
import dev.hearth.template.SearchPath;
import dev.hearth.template.Templar;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Evaluates what has to be known before the run: names of imported files and roles, and tags. As in
 * Ansible these see what no host has a say in: variables of the role, of the play and its {@code
 * vars_files}, of the entries around and of the command line.
 */
public final class EarlyValues {

  private final Templar templar;
  private final Map<String, Value> strongest;

  /**
   * An evaluation.
   *
   * @param templar evaluates
   * @param extraVars what the command line sets, stronger than all else
   */
  public EarlyValues(Templar templar, Map<String, ? extends Value> extraVars) {
    // What is read again and again must not run programs.
    this.templar = templar.careful();
    this.strongest = Map.copyOf(extraVars);
  }

  /**
   * What a value stands for.
   *
   * @param context where it is written
   * @param entries variables of the entries around it and of its own
   * @throws dev.hearth.template.TemplateFailure when that is not known before the run
   * @throws dev.hearth.template.Postponed when a lookup would have to do something
   */
  Value resolve(Located written, Context context, Map<String, Located> entries) {
    Map<String, Value> known = new LinkedHashMap<>();
    List<RoleInstance> roles = new ArrayList<>();
    context
        .role()
        .ifPresent(
            role -> {
              roles.addAll(role.parents());
              roles.add(role);
            });
    roles.forEach(role -> put(known, role.defaults()));
    known.putAll(context.play().values());
    roles.forEach(role -> put(known, role.vars()));
    put(known, entries);
    roles.forEach(
        role -> {
          put(known, role.entryVars());
          put(known, role.params());
        });
    known.putAll(strongest);
    known.put("playbook_dir", Value.text(context.playbookDirectory().toString()));
    known.put("omit", Value.OMIT);
    context
        .role()
        .ifPresent(
            role -> {
              known.put("role_path", Value.text(role.path().toString()));
              known.put("role_name", Value.text(role.ownName()));
              known.put("ansible_role_name", Value.text(role.fullName()));
            });
    return templar.resolve(written, Scope.of(known, new SearchPath(context.searchDirectories())));
  }

  private static void put(Map<String, Value> known, Map<String, Located> variables) {
    variables.forEach((name, value) -> known.put(name, value.value()));
  }
}
