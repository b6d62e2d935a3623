package dev.hearth.run;

import dev.hearth.playbook.Loop;
import dev.hearth.template.Reference;
import dev.hearth.template.Scope;
import dev.hearth.template.SearchPath;
import dev.hearth.template.Templar;
import dev.hearth.template.TemplateFailure;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says what of a task happens for certain. In doubt it does not: a task that may be skipped may
 * read names that nobody defined, and that is not wrong.
 */
final class Certainty {

  /** Looking these up before the run would read files, start programs or give other values. */
  private static final Pattern EFFECTS =
      Pattern.compile("\\b(lookup|query|q|now|random|shuffle|password_hash)\\b");

  private final Definitions definitions;
  private final Templar templar;
  private final Scope known;

  Certainty(Definitions definitions, Templar templar) {
    this.definitions = definitions;
    this.templar = templar;
    this.known =
        new Scope() {
          @Override
          public @Nullable Value find(String name) {
            return definitions
                .only(name)
                .map(Located::value)
                .filter(Certainty::harmless)
                .orElse(null);
          }

          // Nobody reads what a condition lacks here, so nothing is to be proposed for it.
          @Override
          public Set<String> names() {
            return Set.of();
          }

          @Override
          public SearchPath searchPath() {
            return SearchPath.NONE;
          }
        };
  }

  /**
   * Whether a condition certainly holds: its variables are known and make it true, or it only asks
   * for the results of earlier tasks, which may turn out either way.
   */
  boolean holds(Located condition) {
    if (condition.value() instanceof Value.Bool bool) {
      return bool.value();
    }
    List<Reference> read = templar.referencesOfCondition(condition);
    if (!read.isEmpty()
        && read.stream().allMatch(reference -> definitions.isResult(reference.name()))) {
      return true;
    }
    if (!harmless(condition.value())) {
      return false;
    }
    try {
      return templar.condition(condition, known);
    } catch (TemplateFailure unknown) {
      return false;
    }
  }

  /** Whether a loop certainly has an item: nothing that it may be made of is empty. */
  boolean hasItems(Loop loop) {
    Value items = loop.items().value();
    if (items instanceof Value.Seq list) {
      return !list.items().isEmpty();
    }
    return templar.references(items).stream()
        .allMatch(
            read ->
                !read.guarded()
                    && definitions.knows(read.name())
                    && definitions.values(read.name()).stream().noneMatch(Certainty::mayBeEmpty));
  }

  private static boolean mayBeEmpty(Value value) {
    return switch (value) {
      case Value.Seq list -> list.items().isEmpty();
      case Value.Dict mapping -> mapping.entries().isEmpty();
      case Value.Template template -> true;
      case Value.Null nothing -> true;
      default -> false;
    };
  }

  private static boolean harmless(Value value) {
    return switch (value) {
      case Value.Template template -> !EFFECTS.matcher(template.source()).find();
      case Value.Text text -> !EFFECTS.matcher(text.value()).find();
      case Value.Vaulted sealed -> false;
      case Value.Secret secret -> false;
      case Value.Seq list -> list.items().stream().allMatch(Certainty::harmless);
      case Value.Dict mapping -> mapping.entries().values().stream().allMatch(Certainty::harmless);
      default -> true;
    };
  }
}
