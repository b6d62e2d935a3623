package dev.hearth.template;

import dev.hearth.value.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The names that templates can use besides variables. Names of {@code ansible.builtin} are
 * registered short and found in both spellings; those of other collections under their full names.
 *
 * @param filters by name
 * @param tests by name
 * @param lookups by name
 * @param functions by name
 */
public record Language(
    Map<String, Filter> filters,
    Map<String, Test> tests,
    Map<String, Lookup> lookups,
    Map<String, Function> functions) {

  /** Lookups that run programs, ask servers, write files or have no end in sight. */
  private static final Set<String> ACTING = Set.of("lines", "password", "pipe", "url");

  /** Keeps its own copies. */
  public Language {
    filters = Map.copyOf(filters);
    tests = Map.copyOf(tests);
    lookups = Map.copyOf(lookups);
    functions = Map.copyOf(functions);
  }

  /** The same, whose lookups that do more than read throw {@link Postponed}. */
  Language careful() {
    return acting((name, lookup) -> lookup.postponed(name));
  }

  /** The same, whose lookups that do more than read say so when they were run. */
  Language noticing(Runnable acted) {
    return acting((name, lookup) -> lookup.noticed(acted));
  }

  private Language acting(BiFunction<String, Lookup, Lookup> change) {
    Map<String, Lookup> changed = new HashMap<>(lookups);
    ACTING.forEach(name -> changed.computeIfPresent(name, change));
    return new Language(filters, tests, changed, functions);
  }

  /** The filter of that name, or null. */
  public @Nullable Filter filter(String name) {
    return find(filters, name);
  }

  /** The test of that name, or null. */
  public @Nullable Test test(String name) {
    return find(tests, name);
  }

  /** The lookup of that name, or null. */
  public @Nullable Lookup lookup(String name) {
    return find(lookups, name);
  }

  /** The constant or function that a name without a variable stands for, or null. */
  @Nullable Value global(String name, Engine engine) {
    if (name.equals("omit")) {
      return Value.OMIT;
    }
    Function function = functions.get(name);
    if (function == null) {
      return null;
    }
    dev.hearth.template.python.Callable bound =
        (positional, named) -> function.call(engine, positional, named);
    return bound;
  }

  private static <T> @Nullable T find(Map<String, T> names, String name) {
    T found = names.get(name);
    if (found != null) {
      return found;
    }
    for (String collection : new String[] {"ansible.builtin.", "ansible.legacy."}) {
      if (name.startsWith(collection)) {
        return names.get(name.substring(collection.length()));
      }
    }
    return null;
  }
}
