package dev.hearth.template;

import dev.hearth.template.Signature.Bound;
import dev.hearth.template.python.Mappings;
import dev.hearth.template.python.Numbers;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Sequences;
import dev.hearth.template.python.Truth;
import dev.hearth.template.python.TypeName;
import dev.hearth.value.Value;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One use of a filter, test or lookup: its input, its arguments and what it may reach. */
public final class Call {

  private final Engine engine;
  private final Value input;
  private final Bound arguments;
  private final boolean loop;

  Call(Engine engine, Value input, Bound arguments) {
    this(engine, input, arguments, false);
  }

  Call(Engine engine, Value input, Bound arguments, boolean loop) {
    this.engine = engine;
    this.input = input;
    this.arguments = arguments;
    this.loop = loop;
  }

  /** Whether this is the lookup of a {@code with_} loop. */
  public boolean loop() {
    return loop;
  }

  /** What a filter or test may ask the templar for. */
  public Engine engine() {
    return engine;
  }

  /** What stands left of the bar or of {@code is}; for lookups the list of terms. */
  public Value input() {
    return input;
  }

  /** The input as text; numbers and others print as they do in templates. */
  public String inputText() {
    return dev.hearth.template.python.Printed.str(input);
  }

  /** The characters of the input, which must be a text. */
  public String writtenText() {
    if (input instanceof Value.Textual text) {
      return text.reveal();
    }
    throw new PythonError("needs a text, not a value of type '" + TypeName.of(input) + "'");
  }

  /** The items of the input: of a list, or what a loop over it sees. */
  public List<Value> inputItems() {
    return Sequences.iterate(input);
  }

  /** The entries of the input, which must be a mapping. */
  public Map<Value, Value> inputEntries() {
    Map<Value, Value> entries = Mappings.view(input);
    if (entries == null) {
      throw new PythonError("needs a mapping, not a value of type '" + TypeName.of(input) + "'");
    }
    return entries;
  }

  /** The argument, or null when it is not given. */
  public @Nullable Value find(String name) {
    int index = arguments.signature().names().indexOf(name);
    if (index < 0) {
      return arguments.keywords().get(name);
    }
    return arguments.values()[index];
  }

  /** Whether the argument is given. */
  public boolean has(String name) {
    return find(name) != null;
  }

  /** The argument, which the signature requires. */
  public Value get(String name) {
    Value value = find(name);
    if (value == null) {
      throw new PythonError("needs the argument '" + name + "'");
    }
    return value;
  }

  /** The argument, or another value when it is not given. */
  public Value get(String name, Value otherwise) {
    Value value = find(name);
    return value == null ? otherwise : value;
  }

  /** A text argument, which the signature requires. */
  public String text(String name) {
    return textOf(name, get(name));
  }

  /** A text argument, or another text when it is not given or none. */
  public String text(String name, String otherwise) {
    Value value = find(name);
    return value == null || value instanceof Value.Null ? otherwise : textOf(name, value);
  }

  private static String textOf(String name, Value value) {
    return switch (value) {
      case Value.Textual text -> text.reveal();
      case Value.Int number -> number.value().toString();
      default ->
          throw new PythonError(
              "the argument '" + name + "' must be text, not " + TypeName.of(value));
    };
  }

  /** A whole number, or another when the argument is not given or none. */
  public int number(String name, int otherwise) {
    Value value = find(name);
    if (value == null || value instanceof Value.Null) {
      return otherwise;
    }
    BigInteger whole =
        value instanceof Value.Textual text
            ? Numbers.parseWhole(text.reveal(), 10)
            : Numbers.whole(value);
    if (whole == null || whole.bitLength() > 31) {
      throw new PythonError(
          "the argument '" + name + "' must be a whole number, not " + TypeName.of(value));
    }
    return whole.intValue();
  }

  /** A truth, or another when the argument is not given. */
  public boolean flag(String name, boolean otherwise) {
    Value value = find(name);
    return value == null ? otherwise : Truth.of(value);
  }

  /** The positional arguments behind those that have names. */
  public List<Value> rest() {
    return arguments.rest();
  }

  /** The named arguments that the signature does not name. */
  public Map<String, Value> keywords() {
    return arguments.keywords();
  }
}
