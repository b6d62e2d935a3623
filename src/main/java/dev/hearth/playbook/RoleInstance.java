package dev.hearth.playbook;

import dev.hearth.diag.Location;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A role as one play (or task) uses it.
 *
 * @param at where it was asked for
 * @param name its name as it was asked for
 * @param path its directory ({@code role_path})
 * @param defaults what {@code defaults/main} says
 * @param vars what {@code vars/main} says
 * @param entryVars the {@code vars} keyword of the entry that asked for it; seen by this role's
 *     tasks only
 * @param params the further keys of the entry that asked for it
 * @param attributes the keywords in force for its tasks
 * @param parents the roles that brought it in, the outermost first
 * @param dependencies the roles that it needs, in their order
 * @param allowDuplicates whether it may run more than once in a play
 * @param included whether a task brought it in, not the play or a dependency
 * @param exported whether the whole play sees its variables
 */
public record RoleInstance(
    Location at,
    String name,
    Path path,
    Map<String, Located> defaults,
    Map<String, Located> vars,
    Map<String, Located> entryVars,
    Map<String, Located> params,
    Attributes attributes,
    List<RoleInstance> parents,
    List<RoleInstance> dependencies,
    boolean allowDuplicates,
    boolean included,
    boolean exported) {

  /** Keeps its own copies. */
  public RoleInstance {
    defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
    vars = Collections.unmodifiableMap(new LinkedHashMap<>(vars));
    entryVars = Collections.unmodifiableMap(new LinkedHashMap<>(entryVars));
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    parents = List.copyOf(parents);
    dependencies = List.copyOf(dependencies);
  }

  /** The collection that it is part of: it lies in {@code ansible_collections/<a>/<b>/roles}. */
  public Optional<String> collection() {
    return InstalledCollections.of(path);
  }

  /** Its name without that of its collection. */
  public String ownName() {
    return collection().isPresent() ? name.substring(name.lastIndexOf('.') + 1) : name;
  }

  /** Its name with that of its collection, if it is part of one. */
  public String fullName() {
    return collection().map(all -> all + "." + ownName()).orElse(name);
  }

  /** The same with the roles that it needs. */
  RoleInstance needing(List<RoleInstance> needed) {
    return new RoleInstance(
        at,
        name,
        path,
        defaults,
        vars,
        entryVars,
        params,
        attributes,
        parents,
        needed,
        allowDuplicates,
        included,
        exported);
  }

  /**
   * The defaults that its tasks see: those of the roles it needs, of those that brought it in, its
   * own; later ones win.
   */
  public List<Map<String, Located>> defaultsInForce() {
    List<Map<String, Located>> all = new ArrayList<>();
    dependencies.forEach(needed -> all.addAll(needed.defaultsInForce()));
    parents.forEach(parent -> all.add(parent.defaults));
    all.add(defaults);
    return all;
  }

  /**
   * The role variables that its tasks see: those of the roles that brought it in, of those it
   * needs, its own, those of its entry; later ones win.
   */
  public List<Map<String, Located>> varsInForce() {
    List<Map<String, Located>> all = new ArrayList<>();
    parents.forEach(
        parent -> {
          all.add(parent.entryVars);
          all.add(parent.vars);
        });
    all.addAll(exportedVars());
    all.add(entryVars);
    return all;
  }

  /** The role variables that the whole play sees: those of the roles it needs and its own. */
  public List<Map<String, Located>> exportedVars() {
    List<Map<String, Located>> all = new ArrayList<>();
    dependencies.forEach(needed -> all.addAll(needed.exportedVars()));
    all.add(vars);
    return all;
  }

  /** The parameters that its tasks see: those of the roles that brought it in, then its own. */
  public List<Map<String, Located>> paramsInForce() {
    List<Map<String, Located>> all = new ArrayList<>();
    parents.forEach(parent -> all.add(parent.params));
    all.add(params);
    return all;
  }

  /**
   * The roles whose tasks brought it in with {@code import_role} or {@code include_role}, the
   * nearest first; a role that only depends on it is not among them.
   */
  public List<RoleInstance> includers() {
    List<RoleInstance> found = new ArrayList<>();
    RoleInstance inner = this;
    for (RoleInstance outer : parents.reversed()) {
      if (inner.included) {
        found.add(outer);
      }
      inner = outer;
    }
    return found;
  }

  /** Every role that it needs, directly or through others. */
  public List<RoleInstance> allDependencies() {
    List<RoleInstance> all = new ArrayList<>();
    for (RoleInstance needed : dependencies) {
      all.addAll(needed.allDependencies());
      all.add(needed);
    }
    return all;
  }

  /**
   * Whether this is the same work as an earlier use of the role, so that it is done once for a
   * host: the same directory, variables, parameters, conditions and tags, and the role does not
   * allow duplicates.
   */
  public boolean repeats(RoleInstance earlier) {
    return !allowDuplicates
        && included == earlier.included
        && path.equals(earlier.path)
        && same(attributes.when(), earlier.attributes.when())
        && attributes.tags().equals(earlier.attributes.tags())
        && same(params, earlier.params)
        && same(entryVars, earlier.entryVars);
  }

  private static boolean same(List<Located> left, List<Located> right) {
    boolean equal = left.size() == right.size();
    for (int index = 0; equal && index < left.size(); index++) {
      equal = same(left.get(index).value(), right.get(index).value());
    }
    return equal;
  }

  private static boolean same(Map<String, Located> left, Map<String, Located> right) {
    return left.keySet().equals(right.keySet())
        && left.entrySet().stream()
            .allMatch(
                entry -> {
                  Located other = right.get(entry.getKey());
                  return other != null && same(entry.getValue().value(), other.value());
                });
  }

  /** Equality that does not look at where a template was written. */
  private static boolean same(Value left, Value right) {
    return switch (left) {
      case Value.Template one when right instanceof Value.Template two ->
          one.source().equals(two.source());
      case Value.Seq one
          when right instanceof Value.Seq two && one.items().size() == two.items().size() -> {
        boolean equal = true;
        for (int index = 0; equal && index < one.items().size(); index++) {
          equal = same(one.items().get(index), two.items().get(index));
        }
        yield equal;
      }
      case Value.Dict one when right instanceof Value.Dict two ->
          one.entries().keySet().equals(two.entries().keySet())
              && one.entries().entrySet().stream()
                  .allMatch(
                      entry -> {
                        Value other = two.entries().get(entry.getKey());
                        return other != null && same(entry.getValue(), other);
                      });
      default -> left.equals(right);
    };
  }
}
