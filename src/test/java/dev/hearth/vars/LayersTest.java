package dev.hearth.vars;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.template.SearchPath;
import dev.hearth.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
