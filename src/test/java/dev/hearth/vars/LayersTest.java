package dev.hearth.vars;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.template.SearchPath;
import dev.hearth.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class LayersTest {

  private static final Location HERE = Location.startOf(Source.of("test", ""));

  @Test
  void hasAnsiblesTwentyTwoLevelsInItsOrder() {
    assertThat(Level.values()).hasSize(23);
    assertThat(Level.MAGIC.number()).isEqualTo(23);
    assertThat(Level.values())
        .containsSubsequence(
            Level.ROLE_DEFAULTS,
            Level.INVENTORY_GROUP,
            Level.INVENTORY_GROUP_VARS_ALL,
            Level.PLAYBOOK_GROUP_VARS_ALL,
            Level.INVENTORY_GROUP_VARS,
            Level.PLAYBOOK_GROUP_VARS,
            Level.INVENTORY_HOST,
            Level.INVENTORY_HOST_VARS,
            Level.PLAYBOOK_HOST_VARS,
            Level.FACTS,
            Level.PLAY_VARS,
            Level.PLAY_VARS_PROMPT,
            Level.PLAY_VARS_FILES,
            Level.ROLE_VARS,
            Level.BLOCK_VARS,
            Level.TASK_VARS,
            Level.INCLUDE_VARS,
            Level.SET_FACT,
            Level.ROLE_PARAMS,
            Level.INCLUDE_PARAMS,
            Level.EXTRA_VARS);
  }

  @Test
  void theLevelDecidesNotTheOrderOfAdding() {
    Random random = new Random(5);
    List<Level> levels = List.copyOf(EnumSet.allOf(Level.class));
    for (int round = 0; round < 500; round++) {
      List<Variable> added = new ArrayList<>();
      Layers layers = Layers.none();
      for (int count = 1 + random.nextInt(12); count > 0; count--) {
        Level level = levels.get(random.nextInt(levels.size()));
        Variable variable = new Variable(Value.number(added.size()), HERE, level);
        added.add(variable);
        layers = layers.with(level, Map.of("x", variable));
      }
      // The strongest level wins, and of one level the definition that was added last.
      List<Variable> strongestFirst = new ArrayList<>(added.reversed());
      strongestFirst.sort(Comparator.comparing(Variable::level).reversed());
      assertThat(layers.explain("x")).isEqualTo(strongestFirst);
      assertThat(layers.winner("x")).contains(strongestFirst.getFirst());
      assertThat(layers.find("x")).isEqualTo(strongestFirst.getFirst().value());
      assertThat(layers.winners()).containsEntry("x", strongestFirst.getFirst());
    }
  }

  @Test
  void addingChangesOnlyTheNewLayers() {
    Layers before = one(Level.PLAY_VARS, "a", 1);
    Layers after =
        before.with(
            Level.TASK_VARS,
            Variable.all(Level.TASK_VARS, HERE, Map.of("a", Value.number(2), "b", Value.NULL)));
    assertThat(before.find("a")).isEqualTo(Value.number(1));
    assertThat(before.find("b")).isNull();
    assertThat(after.find("a")).isEqualTo(Value.number(2));
    assertThat(after.names()).containsExactlyInAnyOrder("a", "b");
    assertThat(after.without(Level.TASK_VARS).find("a")).isEqualTo(Value.number(1));
    assertThat(after.without(Level.TASK_VARS).names()).containsExactly("a");
  }

  @Test
  void mappingsReplaceEachOtherWhole() {
    Value.Dict weak = Value.Dict.ofTexts(Map.of("a", Value.number(1), "b", Value.number(1)));
    Value.Dict strong = Value.Dict.ofTexts(Map.of("a", Value.number(2)));
    Layers layers =
        Layers.none()
            .with(Level.PLAY_VARS, Variable.all(Level.PLAY_VARS, HERE, Map.of("d", weak)))
            .with(Level.TASK_VARS, Variable.all(Level.TASK_VARS, HERE, Map.of("d", strong)));
    assertThat(layers.find("d")).isEqualTo(strong);
  }

  /** The laws of merging, for random nests of mappings at random levels in random order. */
  @Test
  void mergingKeepsEveryKeyAndTheStrongestLevelsValue() {
    Random random = new Random(11);
    List<Level> levels =
        Arrays.stream(Level.values())
            .filter(level -> level != Level.TASK_VARS && level != Level.PLAY_VARS_PROMPT)
            .toList();
    for (int round = 0; round < 500; round++) {
      List<Level> used = new ArrayList<>(levels);
      Collections.shuffle(used, random);
      used = used.subList(0, 1 + random.nextInt(6));
      Layers merging = Layers.none(HashBehaviour.MERGE);
      Map<Level, Value> defined = new TreeMap<>();
      for (Level level : used) {
        Value value = random.nextInt(6) == 0 ? Value.text(level.name()) : nest(random, level, 0);
        defined.put(level, value);
        merging = merging.with(level, Variable.all(level, HERE, Map.of("d", value)));
      }
      Value expected = Value.NULL;
      for (Value each : defined.values()) {
        expected = overlaid(expected, each);
      }
      assertThat(merging.find("d")).isEqualTo(expected);
      assertThat(merging.winner("d").orElseThrow().value()).isEqualTo(expected);
      assertThat(requireNonNull(merging.winners().get("d")).value()).isEqualTo(expected);
      assertThat(merging.winner("d").orElseThrow().level()).isEqualTo(Collections.max(used));
    }
  }

  private static Value nest(Random random, Level level, int depth) {
    Map<String, Value> entries = new LinkedHashMap<>();
    for (String key : List.of("a", "b", "c")) {
      if (random.nextBoolean()) {
        entries.put(
            key,
            depth < 2 && random.nextBoolean()
                ? nest(random, level, depth + 1)
                : Value.Seq.of(Value.text(level.name())));
      }
    }
    return Value.Dict.ofTexts(entries);
  }

  /** By the definition: every leaf of the stronger one, and what it does not speak of. */
  private static Value overlaid(Value weak, Value strong) {
    if (!(weak instanceof Value.Dict base && strong instanceof Value.Dict patch)) {
      return strong;
    }
    Map<Value, Value> all = new LinkedHashMap<>();
    base.entries()
        .forEach(
            (key, value) -> {
              Value other = patch.entries().get(key);
              all.put(key, other == null ? value : overlaid(value, other));
            });
    patch.entries().forEach(all::putIfAbsent);
    return new Value.Dict(all);
  }

  @Test
  void aTasksVariablesReplaceItsBlocksEvenWhenMerging() {
    Layers layers =
        Layers.none(HashBehaviour.MERGE)
            .with(Level.TASK_VARS, dict(Level.TASK_VARS, "task"))
            .with(Level.PLAY_VARS, dict(Level.PLAY_VARS, "play"))
            .with(Level.BLOCK_VARS, dict(Level.BLOCK_VARS, "block"));
    assertThat(layers.find("d"))
        .isInstanceOfSatisfying(
            Value.Dict.class,
            d -> assertThat(d.entries()).containsOnlyKeys(Value.text("play"), Value.text("task")));
  }

  private static Map<String, Variable> dict(Level level, String key) {
    Value.Dict value = Value.Dict.ofTexts(Map.of(key, Value.number(1)));
    return Variable.all(level, HERE, Map.of("d", value));
  }

  @Test
  void keepsItsSearchPath() {
    SearchPath path = new SearchPath(List.of(Path.of("/role")));
    Layers layers = Layers.none().searching(path);
    assertThat(layers.searchPath()).isEqualTo(path);
    assertThat(one(Level.FACTS, "a", 1).searching(path).without(Level.FACTS).searchPath())
        .isEqualTo(path);
  }

  @Test
  void neverPrintsASecret() {
    Variable variable = new Variable(new Value.Secret("hidden"), HERE, Level.PLAY_VARS);
    assertThat(variable.toString()).doesNotContain("hidden");
  }

  private static Layers one(Level level, String name, long value) {
    return Layers.none().with(level, Variable.all(level, HERE, Map.of(name, Value.number(value))));
  }
}
