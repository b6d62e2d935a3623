package dev.hearth.value;

import dev.hearth.diag.Location;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value of the language: what YAML holds, what templates make and what modules take and give.
 *
 * <p>Text from a host or marked {@code !unsafe} is {@link Text} and stays data for ever. Only text
 * that the user wrote in a file can be a {@link Template}; the distinction is made once, where the
 * file is read.
 */
public sealed interface Value {

  /** YAML's and Python's nothing. */
  Value NULL = new Null();

  /** The value that makes a module parameter disappear ({@code omit}). */
  Value OMIT = new Omit();

  /** Nothing. */
  record Null() implements Value {}

  /** The marker that makes a module parameter disappear. */
  record Omit() implements Value {}

  /** True or false. */
  record Bool(boolean value) implements Value {
    /** True. */
    public static final Bool TRUE = new Bool(true);

    /** False. */
    public static final Bool FALSE = new Bool(false);

    /** One of the two. */
    public static Bool of(boolean value) {
      return value ? TRUE : FALSE;
    }
  }

  /** A whole number of any size, as in Python. */
  record Int(BigInteger value) implements Value {
    /** A whole number. */
    public static Int of(long value) {
      return new Int(BigInteger.valueOf(value));
    }
  }

  /** A floating-point number. */
  record Real(double value) implements Value {}

  /** Something that can be read as text: plain text or a secret. */
  sealed interface Textual extends Value permits Text, Secret {
    /** The characters themselves; for a secret only where it must be used. */
    String reveal();

    /**
     * Whether the user wrote it just so in a playbook or an inventory. Only such text may be read
     * as an expression, as in {@code when: "{{ condition }}"}.
     */
    boolean trusted();

    /** The same kind (plain or secret) with other characters, which nobody wrote. */
    Textual with(String characters);
  }

  /**
   * Plain text. Never templated again. Two with the same characters are equal, whoever wrote them.
   */
  record Text(String value, boolean trusted) implements Textual {
    /** Text that was computed or comes from a host. */
    public Text(String value) {
      this(value, false);
    }

    @Override
    public String reveal() {
      return value;
    }

    @Override
    public Text with(String characters) {
      return new Text(characters);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Text text && value.equals(text.value);
    }

    @Override
    public int hashCode() {
      return value.hashCode();
    }

    @Override
    public String toString() {
      return "Text[value=" + value + "]";
    }
  }

  /** Text that must never be shown. What templates derive from it is a secret again. */
  final class Secret implements Textual {
    private final String characters;
    private final boolean trusted;

    /** Makes these characters a secret that was computed. */
    public Secret(String characters) {
      this(characters, false);
    }

    /** Makes these characters a secret. */
    public Secret(String characters, boolean trusted) {
      this.characters = characters;
      this.trusted = trusted;
    }

    @Override
    public boolean trusted() {
      return trusted;
    }

    @Override
    public String reveal() {
      return characters;
    }

    @Override
    public Secret with(String other) {
      return new Secret(other);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Secret secret && characters.equals(secret.characters);
    }

    @Override
    public int hashCode() {
      return characters.hashCode();
    }

    @Override
    public String toString() {
      return "***";
    }
  }

  /**
   * Text that the user wrote in a file and that has template delimiters in it, not evaluated yet.
   *
   * @param source the text with its delimiters
   * @param at where its first character stands
   * @param secret whether it comes from an encrypted file, so that what it renders to is secret
   */
  record Template(String source, Location at, boolean secret) implements Value {
    /** A secret template prints as one. */
    @Override
    public String toString() {
      return secret ? "***" : source;
    }
  }

  /**
   * An inline {@code !vault} value, decrypted only when it is used.
   *
   * @param envelope the encrypted text with its header line
   * @param at where it stands
   */
  record Vaulted(String envelope, Location at) implements Value {

    private static final List<String> HEADERS = List.of("$ANSIBLE_VAULT;", "$HEARTH_VAULT;");

    /**
     * Whether a text is an encrypted one, in Ansible's format or our own. An age file is none here:
     * a task that names one, as to copy it, means the file itself.
     */
    public static boolean isEnvelope(String text) {
      return HEADERS.stream().anyMatch(text::startsWith);
    }

    @Override
    public String toString() {
      return "***";
    }
  }

  /** A list. */
  record Seq(List<Value> items) implements Value {
    /** Keeps its own copy. */
    public Seq {
      items = Collections.unmodifiableList(new ArrayList<>(items));
    }

    /** A list of these. */
    public static Seq of(Value... items) {
      return new Seq(List.of(items));
    }
  }

  /**
   * A mapping that keeps its order. Keys are mostly texts, but YAML and Python allow other scalars.
   */
  record Dict(Map<Value, Value> entries) implements Value {
    /** A mapping without entries. */
    public static final Dict EMPTY = new Dict(Map.of());

    /** Keeps its own copy. */
    public Dict {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /** A mapping with text keys. */
    public static Dict ofTexts(Map<String, ? extends Value> entries) {
      Map<Value, Value> copy = new LinkedHashMap<>();
      entries.forEach((key, value) -> copy.put(new Text(key), value));
      return new Dict(copy);
    }

    /** The value under a text key, or null. */
    public @Nullable Value get(String key) {
      return entries.get(new Text(key));
    }
  }

  /**
   * A name or attribute that has no value. It may travel (a {@code default} filter takes it), but
   * using it is an error.
   *
   * @param description what is undefined, as an error says it, such as {@code 'foo' is undefined}
   * @param at where it was asked for, if known
   */
  record Undefined(String description, @Nullable Location at) implements Value {}

  /**
   * A value that only lives while templates are evaluated: a macro, a loop variable, all hosts'
   * variables.
   */
  non-sealed interface Dynamic extends Value {}

  /** A date with its time: the one value of templates besides data that variables keep. */
  interface Dated extends Dynamic {

    /** As it stands in text. */
    String printed();

    /** As JSON has it, with a T. */
    String iso();

    /** The same value with text for each date in it, for whoever knows data alone. */
    static Value asText(Value value) {
      return switch (value) {
        case Dated date -> text(date.printed());
        case Seq list -> new Seq(list.items().stream().map(Dated::asText).toList());
        case Dict mapping -> {
          Map<Value, Value> entries = new LinkedHashMap<>();
          mapping.entries().forEach((key, item) -> entries.put(asText(key), asText(item)));
          yield new Dict(entries);
        }
        default -> value;
      };
    }
  }

  /** Plain text. */
  static Text text(String characters) {
    return new Text(characters);
  }

  /** Plain text that the user wrote. */
  static Text written(String characters) {
    return new Text(characters, true);
  }

  /** A whole number. */
  static Int number(long value) {
    return Int.of(value);
  }

  /** True or false. */
  static Bool bool(boolean value) {
    return Bool.of(value);
  }
}
