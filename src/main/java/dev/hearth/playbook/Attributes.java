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
 * @param vars the variables of the enclosing blocks and of the task itself, inner ones winning; the
 *     play's own variables are not among them
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
    Map<String, Located> vars,
    List<Located> moduleDefaults,
    List<Located> notifies,
    List<String> collections) {

  /** Nothing is set. */
  public static final Attributes NONE =
      new Attributes(
          Map.of(), List.of(), Set.of(), List.of(), Map.of(), List.of(), List.of(), List.of());

  /** Keeps its own copies, in the order given. */
  public Attributes {
    Map<Keyword, Located> ordered = new EnumMap<>(Keyword.class);
    ordered.putAll(settings);
    settings = Collections.unmodifiableMap(ordered);
    when = List.copyOf(when);
    tags = Collections.unmodifiableSet(new LinkedHashSet<>(tags));
    environment = List.copyOf(environment);
    vars = Collections.unmodifiableMap(new LinkedHashMap<>(vars));
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
    Map<String, Located> merged = new LinkedHashMap<>(vars);
    merged.putAll(inner.vars);
    return new Attributes(
        nearest,
        joined(when, inner.when),
        union,
        joined(environment, inner.environment),
        merged,
        joined(moduleDefaults, inner.moduleDefaults),
        inner.notifies.isEmpty() ? notifies : inner.notifies,
        inner.collections.isEmpty() ? collections : inner.collections);
  }

  /** The same with further variables, which win over those that are there. */
  public Attributes withVars(Map<String, Located> further) {
    Map<String, Located> merged = new LinkedHashMap<>(vars);
    merged.putAll(further);
    return new Attributes(
        settings, when, tags, environment, merged, moduleDefaults, notifies, collections);
  }

  /** The same with other tags. */
  Attributes withTags(Set<String> others) {
    return new Attributes(
        settings, when, others, environment, vars, moduleDefaults, notifies, collections);
  }

  /** The same with other collections. */
  Attributes withCollections(List<String> others) {
    return new Attributes(
        settings, when, tags, environment, vars, moduleDefaults, notifies, others);
  }

  /** The same with other settings. */
  Attributes withSettings(Map<Keyword, Located> others) {
    return new Attributes(
        others, when, tags, environment, vars, moduleDefaults, notifies, collections);
  }

  private static List<Located> joined(List<Located> outer, List<Located> inner) {
    List<Located> all = new ArrayList<>(outer);
    all.addAll(inner);
    return all;
  }
}
