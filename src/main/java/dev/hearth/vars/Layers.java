package dev.hearth.vars;

import dev.hearth.template.Scope;
import dev.hearth.template.SearchPath;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All definitions that a host's task can see, layer upon layer, weakest first. It never changes:
 * adding a layer gives a new one that shares the others.
 *
 * <p>Layers may be added in any order; their level alone says which wins, and among layers of the
 * same level the one added later. A definition replaces weaker ones whole, or is merged with them
 * where it is a mapping and {@link HashBehaviour#MERGE} is in force.
 */
public final class Layers implements Scope {

  private record Layer(Level level, Map<String, Variable> variables) {}

  private final List<Layer> strongestFirst;
  private final SearchPath searchPath;
  private final HashBehaviour behaviour;

  private Layers(List<Layer> strongestFirst, SearchPath searchPath, HashBehaviour behaviour) {
    this.strongestFirst = strongestFirst;
    this.searchPath = searchPath;
    this.behaviour = behaviour;
  }

  /** No definition at all. */
  public static Layers none() {
    return none(HashBehaviour.REPLACE);
  }

  /** No definition at all; mappings of those to come are combined so. */
  public static Layers none(HashBehaviour behaviour) {
    return new Layers(List.of(), new SearchPath(List.of()), behaviour);
  }

  /**
   * These layers and one more.
   *
   * @param level how strong it is
   * @param variables its definitions, each of this level; they are kept as they are and must not
   *     change afterwards
   */
  public Layers with(Level level, Map<String, Variable> variables) {
    if (variables.isEmpty()) {
      return this;
    }
    int position = 0;
    while (position < strongestFirst.size()
        && strongestFirst.get(position).level().compareTo(level) > 0) {
      position++;
    }
    List<Layer> layers = new ArrayList<>(strongestFirst.size() + 1);
    layers.addAll(strongestFirst.subList(0, position));
    layers.add(new Layer(level, Collections.unmodifiableMap(variables)));
    layers.addAll(strongestFirst.subList(position, strongestFirst.size()));
    return new Layers(Collections.unmodifiableList(layers), searchPath, behaviour);
  }

  /** How mappings of different levels are combined. */
  public HashBehaviour behaviour() {
    return behaviour;
  }

  /** These layers without those of a level, such as a former task's. */
  public Layers without(Level level) {
    return new Layers(
        strongestFirst.stream().filter(layer -> layer.level() != level).toList(),
        searchPath,
        behaviour);
  }

  /** These layers and those that others have of some levels. */
  public Layers withThose(Set<Level> levels, Layers others) {
    Layers all = this;
    for (Layer layer : others.strongestFirst.reversed()) {
      if (levels.contains(layer.level())) {
        all = all.with(layer.level(), layer.variables());
      }
    }
    return all;
  }

  /** These layers with another search path for files. */
  @Override
  public Layers searching(SearchPath path) {
    return new Layers(strongestFirst, path, behaviour);
  }

  /** The definition that wins, if there is one; merged mappings have the strongest one's origin. */
  public Optional<Variable> winner(String name) {
    if (behaviour == HashBehaviour.MERGE) {
      return merged(name);
    }
    for (Layer layer : strongestFirst) {
      Variable found = layer.variables().get(name);
      if (found != null) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  /** From the strongest definition down to the first that is no mapping, combined upwards. */
  private Optional<Variable> merged(String name) {
    List<Variable> parts = new ArrayList<>();
    for (Layer layer : strongestFirst) {
      Variable found = layer.variables().get(name);
      if (found == null || (!parts.isEmpty() && parts.getLast().level().isOneWith(found.level()))) {
        continue;
      }
      parts.add(found);
      if (!(found.value() instanceof Value.Dict)) {
        break;
      }
    }
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    Variable strongest = parts.getFirst();
    Value value =
        parts.reversed().stream().map(Variable::value).reduce(behaviour::combined).orElseThrow();
    return Optional.of(new Variable(value, strongest.origin(), strongest.level()));
  }

  /** Every definition of a name, the winning one first. */
  public List<Variable> explain(String name) {
    List<Variable> found = new ArrayList<>();
    for (Layer layer : strongestFirst) {
      Variable variable = layer.variables().get(name);
      if (variable != null) {
        found.add(variable);
      }
    }
    return List.copyOf(found);
  }

  @Override
  public @Nullable Value find(String name) {
    if (behaviour == HashBehaviour.MERGE) {
      return winner(name).map(Variable::value).orElse(null);
    }
    for (Layer layer : strongestFirst) {
      Variable found = layer.variables().get(name);
      if (found != null) {
        return found.value();
      }
    }
    return null;
  }

  @Override
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (Layer layer : strongestFirst.reversed()) {
      names.addAll(layer.variables().keySet());
    }
    return Collections.unmodifiableSet(names);
  }

  /** Every name with its winning definition, in the order in which names first appear. */
  public Map<String, Variable> winners() {
    Map<String, Variable> winners = new LinkedHashMap<>();
    strongestFirst.reversed().forEach(layer -> winners.putAll(layer.variables()));
    if (behaviour == HashBehaviour.MERGE) {
      winners.replaceAll((name, strongest) -> winner(name).orElse(strongest));
    }
    return Collections.unmodifiableMap(winners);
  }

  @Override
  public SearchPath searchPath() {
    return searchPath;
  }
}
