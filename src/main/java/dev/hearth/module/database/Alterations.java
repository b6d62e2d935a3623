package dev.hearth.module.database;

import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Statements that change properties of a thing of a server, and those that put them back. */
final class Alterations {

  private final Value.Dict known;
  private final Map<String, Value> before = new LinkedHashMap<>();
  private final Map<String, Value> after = new LinkedHashMap<>();
  private final List<String> forth = new ArrayList<>();
  private final List<String> back = new ArrayList<>();

  /**
   * @param known the properties as they are
   */
  Alterations(Value.Dict known) {
    this.known = known;
  }

  /**
   * Changes one, if it is wanted and is not so already.
   *
   * @param statement makes a value of it; it is asked for the wanted and for the old value
   */
  void alter(String property, Optional<? extends Value> wanted, Function<Value, String> statement) {
    alter(property, wanted, statement, statement);
  }

  /**
   * The same where the old value is put back in another way.
   *
   * @param there makes the wanted value of it
   * @param again makes the old value of it
   */
  void alter(
      String property,
      Optional<? extends Value> wanted,
      Function<Value, String> there,
      Function<Value, String> again) {
    Value old = before(property);
    if (wanted.isPresent() && !same(wanted.get(), old)) {
      before.put(property, old);
      after.put(property, wanted.get());
      forth.add(there.apply(wanted.get()));
      back.add(again.apply(old));
    }
  }

  /** A secret is the text that it is made of. */
  private static boolean same(Value one, Value other) {
    return one instanceof Value.Textual text && other instanceof Value.Textual old
        ? text.reveal().equals(old.reveal())
        : one.equals(other);
  }

  /** A property as it is; null where the server says none. */
  Value before(String property) {
    return known.entries().getOrDefault(Value.text(property), Value.NULL);
  }

  /** Whether nothing has to be changed. */
  boolean none() {
    return forth.isEmpty();
  }

  /** The statements that change them. */
  List<String> forth() {
    return List.copyOf(forth);
  }

  /** The statements that put them back. */
  List<String> back() {
    return List.copyOf(back);
  }

  /** The properties that change, as they are. */
  Map<String, Value> before() {
    return before;
  }

  /** The properties that change, as they will be. */
  Map<String, Value> after() {
    return after;
  }
}
