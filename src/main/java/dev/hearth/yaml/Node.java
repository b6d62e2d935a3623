package dev.hearth.yaml;

import dev.hearth.diag.Location;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A YAML node with its place. Aliases are replaced by what they name (a node that was aliased keeps
 * the place of its anchor), merge keys are already applied.
 */
public sealed interface Node {

  /** Where it starts: for a quoted scalar the quote, for a block scalar its indicator. */
  Location at();

  /** Whether it is marked {@code !unsafe}, directly or by a node around it. */
  boolean unsafe();

  /** What the node is, for a sentence: {@code a list}. */
  String kind();

  /** Whether another node says the same, wherever it stands. */
  boolean says(Node other);

  /** What a scalar stands for. */
  enum Type {
    /** Text. */
    TEXT("a text"),
    /** Nothing. */
    NULL("nothing"),
    /** True or false. */
    BOOL("a boolean"),
    /** A whole number. */
    INT("a number"),
    /** A floating-point number. */
    REAL("a number"),
    /** An encrypted value, {@code !vault}. */
    VAULT("an encrypted value");

    private final String words;

    Type(String words) {
      this.words = words;
    }
  }

  /**
   * A single value.
   *
   * @param at where it starts
   * @param text its characters, quotes and indentation removed
   * @param type what they stand for
   * @param textAt where the first of these characters stands; for a block scalar the first line of
   *     its text, so that line {@code n} of a literal scalar is {@code n} lines further down
   * @param plain whether it is written without quotes and not as a block
   * @param unsafe whether it is marked {@code !unsafe}
   */
  record Scalar(Location at, String text, Type type, Location textAt, boolean plain, boolean unsafe)
      implements Node {
    @Override
    public String kind() {
      return type.words;
    }

    @Override
    public boolean says(Node other) {
      return other instanceof Scalar scalar
          && type == scalar.type
          && unsafe == scalar.unsafe
          && text.equals(scalar.text);
    }
  }

  /**
   * A list.
   *
   * @param at where it starts
   * @param items what it holds
   * @param unsafe whether it is marked {@code !unsafe}
   */
  record Sequence(Location at, List<Node> items, boolean unsafe) implements Node {
    /** Keeps its own copy. */
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }

    @Override
    public boolean says(Node other) {
      return other instanceof Sequence list
          && items.size() == list.items.size()
          && IntStream.range(0, items.size()).allMatch(i -> items.get(i).says(list.items.get(i)));
    }
  }

  /**
   * A mapping, in the order written; where a key stands twice the later value counts.
   *
   * @param at where it starts
   * @param entries the values by their keys
   * @param unsafe whether it is marked {@code !unsafe}
   */
  record Mapping(Location at, Map<Scalar, Node> entries, boolean unsafe) implements Node {
    /** Keeps its own copy. */
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    @Override
    public String kind() {
      return "a mapping";
    }

    @Override
    public boolean says(Node other) {
      return other instanceof Mapping mapping
          && new Sequence(at, flat(), unsafe)
              .says(new Sequence(mapping.at, mapping.flat(), mapping.unsafe));
    }

    private List<Node> flat() {
      return entries.entrySet().stream()
          .<Node>mapMulti(
              (entry, nodes) -> {
                nodes.accept(entry.getKey());
                nodes.accept(entry.getValue());
              })
          .toList();
    }

    /** The value under a text key. */
    public Optional<Node> get(String key) {
      return entry(key).map(Map.Entry::getValue);
    }

    /** The key node and the value under a text key. */
    public Optional<Map.Entry<Scalar, Node>> entry(String key) {
      for (Map.Entry<Scalar, Node> entry : entries.entrySet()) {
        if (entry.getKey().text().equals(key)) {
          return Optional.of(entry);
        }
      }
      return Optional.empty();
    }
  }
}
