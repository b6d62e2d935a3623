package dev.hearth.playbook;

import dev.hearth.value.Located;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The keywords in force for an entry, with everything inherited from the play, the role and the
 * enclosing blocks already applied.
 *
 * @param settings the keywords for which the nearest one wins ({@link Keyword#inherited})
 * @param when all conditions, the outermost first; all must hold
 * @param tags the union of all tags
 * @param environment all environments, the outermost first; later ones win name by name
 * @param scopes the variables of the enclosing blocks, imports and includes, the outermost first,
 *     and last those of the task itself; the play's own variables are not among them
 * @param moduleDefaults all {@code module_defaults}, the outermost first; the keys are full module
 *     names or {@code group/...}
 * @param notifies the handlers of the nearest {@code notify}
 * @param collections where short module names are looked for first
 */
public record Attributes(
    Map<Keyword, Located> settings,
    List<Located> when,
    Set<String> tags,
    List<Located> environment,
    List<VarsScope> scopes,
    List<Located> moduleDefaults,
    List<Located> notifies,
    List<String> collections) {

  /** Nothing is set. */
  public static final Attributes NONE =
      new Attributes(
          Map.of(), List.of(), Set.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  /** Keeps its own copies, in the order given. */
  public Attributes {
    Map<Keyword, Located> ordered = new EnumMap<>(Keyword.class);
    ordered.putAll(settings);
    settings = Collections.unmodifiableMap(ordered);
    when = List.copyOf(when);
    tags = Collections.unmodifiableSet(new LinkedHashSet<>(tags));
    environment = List.copyOf(environment);
    scopes = List.copyOf(scopes);
    moduleDefaults = List.copyOf(moduleDefaults);
    notifies = List.copyOf(notifies);
    collections = List.copyOf(collections);
  }

  /** What the nearest entry says for this keyword. */
  public Optional<Located> get(Keyword keyword) {
    return Optional.ofNullable(settings.get(keyword));
  }

  /** These for an entry inside: what the inner one says is added, or wins. */
  public Attributes inner(Attributes inner) {
    Map<Keyword, Located> nearest = new EnumMap<>(Keyword.class);
    nearest.putAll(settings);
    nearest.putAll(inner.settings);
    Set<String> union = new LinkedHashSet<>(tags);
    union.addAll(inner.tags);
    return new Attributes(
        nearest,
        joined(when, inner.when),
        union,
        joined(environment, inner.environment),
        joined(scopes.stream().filter(scope -> !scope.vars().isEmpty()).toList(), inner.scopes),
        joined(moduleDefaults, inner.moduleDefaults),
        inner.notifies.isEmpty() ? notifies : inner.notifies,
        inner.collections.isEmpty() ? collections : inner.collections);
  }

  /** All variables of the enclosing entries and the task itself, the stronger ones winning. */
  public Map<String, Located> vars() {
    Map<String, Located> merged = new LinkedHashMap<>();
    for (VarsScope.Kind kind : VarsScope.Kind.values()) {
      scopes.stream()
          .filter(scope -> scope.kind() == kind)
          .forEach(scope -> merged.putAll(scope.vars()));
    }
    return merged;
  }

  /** The same with further variables of an enclosing entry. */
  Attributes withVars(Map<String, Located> further) {
    return withScopes(joined(scopes, List.of(new VarsScope(VarsScope.Kind.ENTRY, further))));
  }

  /** What an include passes on: the same with further parameters of the include. */
  public Attributes including(Map<String, Located> further) {
    return withScopes(joined(scopes, List.of(new VarsScope(VarsScope.Kind.INCLUDE, further))));
  }

  /** The same with other variables. */
  Attributes withScopes(List<VarsScope> others) {
    return new Attributes(
        settings, when, tags, environment, others, moduleDefaults, notifies, collections);
  }

  /** The same with other tags. */
  Attributes withTags(Set<String> others) {
    return new Attributes(
        settings, when, others, environment, scopes, moduleDefaults, notifies, collections);
  }

  /** The same with other collections. */
  Attributes withCollections(List<String> others) {
    return new Attributes(
        settings, when, tags, environment, scopes, moduleDefaults, notifies, others);
  }

  /** The same with other settings. */
  Attributes withSettings(Map<Keyword, Located> others) {
    return new Attributes(
        others, when, tags, environment, scopes, moduleDefaults, notifies, collections);
  }

  private static <T> List<T> joined(List<T> outer, List<T> inner) {
    List<T> all = new ArrayList<>(outer);
    all.addAll(inner);
    return all;
  }
}
