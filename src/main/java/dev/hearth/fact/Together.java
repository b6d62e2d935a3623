package dev.hearth.fact;

import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Facts that share a script: several that can be asked together, or one by its own probe.
 *
 * @param facts one or more
 * @param joint how they are asked together; empty for a single one
 */
public record Together(List<Fact<?>> facts, Optional<Joint> joint) {

  /** More words than this would come near what a program takes as arguments. */
  private static final int MOST = 64;

  /** Keeps its own copy. */
  public Together {
    facts = List.copyOf(facts);
  }

  /** Facts in as few scripts as possible, in the order of the first of each. */
  public static List<Together> of(List<? extends Fact<?>> facts) {
    Map<Object, List<Fact<?>>> groups = new LinkedHashMap<>();
    int number = 0;
    for (Fact<?> fact : facts) {
      Object kind = fact.joint().<Object>map(joint -> joint).orElse(fact);
      List<Fact<?>> group = groups.computeIfAbsent(kind, key -> new ArrayList<>());
      if (group.size() == MOST) {
        groups.put(new Full(kind, number++), group);
        group = new ArrayList<>();
        groups.put(kind, group);
      }
      group.add(fact);
    }
    return groups.values().stream().map(Together::group).toList();
  }

  /** One by its own probe. */
  public static Together alone(Fact<?> fact) {
    return new Together(List.of(fact), Optional.empty());
  }

  /** A group that takes no more. */
  private record Full(Object kind, int number) {}

  private static Together group(List<Fact<?>> group) {
    return new Together(group, group.size() == 1 ? Optional.empty() : group.getFirst().joint());
  }

  /** Asks for all of them. */
  public Script probe() {
    return joint.map(together -> together.probe(facts)).orElseGet(() -> facts.getFirst().probe());
  }

  /** The answers in the order of the facts; empty where a fact has to be asked by itself. */
  public List<Optional<Outcome.Exited>> answers(Outcome.Exited answer) {
    return joint
        .map(together -> together.answers(facts, answer))
        .orElseGet(() -> List.of(Optional.of(answer)));
  }

  static List<Optional<Outcome.Exited>> unknown(List<? extends Fact<?>> facts) {
    return Collections.nCopies(facts.size(), Optional.empty());
  }

  static String[] words(List<? extends Fact<?>> facts, Function<Fact<?>, String> word) {
    return facts.stream().map(word).toArray(String[]::new);
  }
}
