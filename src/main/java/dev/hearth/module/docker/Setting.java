package dev.hearth.module.docker;

import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One property of a container, as the task wants it and as it is.
 *
 * @param name of the parameter
 * @param kind how it is compared
 * @param key where the engine keeps it: {@code HostConfig} and a name, or one name
 * @param sent what a new container is made with; {@link Value#NULL} for nothing
 * @param expected what an existing container must have
 * @param actual what it has
 * @param live whether it can be changed while the container stays
 */
record Setting(
    String name,
    Kind kind,
    List<String> key,
    Value sent,
    Value expected,
    Value actual,
    boolean live) {

  /** How it is compared. */
  enum Kind {
    /** As a whole. */
    VALUE,
    /** In order. */
    LIST,
    /** Without order; of mappings, those entries that are given. */
    SET,
    /** By keys. */
    DICT
  }

  /** How strictly: nothing more may be there, more may be there, anything may be there. */
  enum Comparison {
    /** Nothing more may be there. */
    STRICT,
    /** More may be there. */
    ALLOW_MORE_PRESENT,
    /** Anything may be there. */
    IGNORE
  }

  /** A set of names as the engine writes it: keys with nothing behind them. */
  static Value keys(Collection<String> names) {
    Map<String, Value> keys = new LinkedHashMap<>();
    names.forEach(name -> keys.put(name, Value.Dict.EMPTY));
    return Value.Dict.ofTexts(keys);
  }

  /** The same set, for comparing. */
  static Value names(Collection<String> names) {
    return new Value.Seq(names.stream().<Value>map(Value::text).toList());
  }

  Comparison usual() {
    return switch (kind) {
      case VALUE, LIST -> Comparison.STRICT;
      case SET, DICT -> Comparison.ALLOW_MORE_PRESENT;
    };
  }

  boolean matches(Comparison comparison) {
    if (comparison == Comparison.IGNORE || empty(expected) && empty(actual)) {
      return true;
    }
    boolean strict = comparison == Comparison.STRICT;
    return switch (kind) {
      case VALUE -> same(expected, actual);
      case LIST -> strict ? sameList() : inOrder();
      case SET ->
          containsAll(items(actual), items(expected))
              && (!strict || containsAll(items(expected), items(actual)));
      case DICT -> part(expected, actual) && (!strict || part(actual, expected));
    };
  }

  private boolean sameList() {
    return items(expected).size() == items(actual).size() && inOrder();
  }

  private boolean inOrder() {
    List<Value> there = items(actual);
    int next = 0;
    for (Value item : items(expected)) {
      while (next < there.size() && !same(item, there.get(next))) {
        next++;
      }
      if (next++ >= there.size()) {
        return false;
      }
    }
    return true;
  }

  private static boolean containsAll(List<Value> all, List<Value> some) {
    return some.stream().allMatch(one -> all.stream().anyMatch(each -> part(one, each)));
  }

  /** Whether the second has all that the first has; other values than mappings must be the same. */
  static boolean part(Value first, Value second) {
    if (!(first instanceof Value.Dict some)) {
      return same(first, second);
    }
    return some.entries().entrySet().stream()
        .allMatch(
            entry -> {
              Value there =
                  second instanceof Value.Dict all
                      ? all.entries().getOrDefault(entry.getKey(), Value.NULL)
                      : Value.NULL;
              return entry.getValue() instanceof Value.Dict
                  ? part(entry.getValue(), there)
                  : same(entry.getValue(), there);
            });
  }

  /** A secret is the same as the text that it is; nothing, false, zero and nothing in it too. */
  static boolean same(Value first, Value second) {
    return empty(first) && empty(second) || plain(first).equals(plain(second));
  }

  private static boolean empty(Value value) {
    return switch (value) {
      case Value.Null nothing -> true;
      case Value.Bool bool -> !bool.value();
      case Value.Int number -> number.value().signum() == 0;
      case Value.Textual text -> text.reveal().isEmpty();
      case Value.Seq list -> list.items().isEmpty();
      case Value.Dict mapping -> mapping.entries().isEmpty();
      default -> false;
    };
  }

  private static Value plain(Value value) {
    return switch (value) {
      case Value.Secret secret -> Value.text(secret.reveal());
      case Value.Seq list -> new Value.Seq(list.items().stream().map(Setting::plain).toList());
      case Value.Dict mapping -> {
        Map<Value, Value> entries = new LinkedHashMap<>();
        mapping.entries().forEach((key, item) -> entries.put(plain(key), plain(item)));
        yield new Value.Dict(entries);
      }
      default -> value;
    };
  }

  private static List<Value> items(Value value) {
    return value instanceof Value.Seq list ? list.items() : List.of();
  }

  /** For a diff: what the task wants, and what is there of it. */
  void tell(Map<String, Value> before, Map<String, Value> after) {
    boolean hidden = secret(expected);
    List<Value> missing = new ArrayList<>(items(expected));
    List<Value> surplus = new ArrayList<>(items(actual));
    if (kind == Kind.SET) {
      missing.removeIf(item -> items(actual).stream().anyMatch(each -> part(item, each)));
      surplus.removeIf(item -> items(expected).stream().anyMatch(each -> part(each, item)));
    }
    Value old = kind == Kind.SET ? new Value.Seq(surplus) : actual;
    before.put(name, hidden ? new Value.Secret("before") : old);
    after.put(name, kind == Kind.SET ? new Value.Seq(missing) : expected);
  }

  private static boolean secret(Value value) {
    return switch (value) {
      case Value.Secret hidden -> true;
      case Value.Seq list -> list.items().stream().anyMatch(Setting::secret);
      case Value.Dict mapping -> mapping.entries().values().stream().anyMatch(Setting::secret);
      default -> false;
    };
  }
}
