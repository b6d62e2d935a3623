package dev.hearth.yaml;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.RepeatedKeys;
import dev.hearth.diag.Source;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;

/** Builds nodes from the parser's events. */
final class Composer {

  private static final int MAX_DEPTH = 150;
  private static final long MAX_NODES = 1_000_000;

  private final Source source;
  private final Iterator<Event> events;
  private final Lines lines;
  private final ScalarComposer scalars;

  /** What anchors name; null while the node is still being read. */
  private final Map<String, @Nullable Anchored> anchors = new HashMap<>();

  /** Nodes so far, each alias counted with all that it stands for. */
  private long nodes;

  private int depth;

  private record Anchored(Node node, long nodes) {}

  Composer(Source source, Iterator<Event> events) {
    this.source = source;
    this.events = events;
    this.lines = new Lines(source);
    this.scalars = new ScalarComposer(source, lines);
  }

  List<Node> documents() {
    List<Node> documents = new ArrayList<>();
    while (events.hasNext()) {
      if (events.next().is(Event.ID.DocumentStart)) {
        anchors.clear();
        documents.add(node(events.next()));
      }
    }
    return documents;
  }

  private Node node(Event event) {
    count(event, 1);
    if (event instanceof AliasEvent alias) {
      return aliased(alias);
    }
    String anchor = event instanceof NodeEvent anchored ? anchored.getAnchor() : null;
    if (anchor != null) {
      anchors.put(anchor, null);
    }
    long before = nodes;
    Node node =
        switch (event) {
          case ScalarEvent scalar -> scalars.of(scalar);
          case SequenceStartEvent start -> sequence(start);
          case MappingStartEvent start -> mapping(start);
          default -> throw new IllegalStateException("not the start of a node: " + event);
        };
    if (anchor != null) {
      anchors.put(anchor, new Anchored(node, nodes - before + 1));
    }
    return node;
  }

  private Node aliased(AliasEvent alias) {
    String name = alias.getAnchor();
    Anchored anchored = anchors.get(name);
    if (anchored != null) {
      count(alias, anchored.nodes);
      return anchored.node;
    }
    if (anchors.containsKey(name)) {
      throw Diagnostic.error(at(alias), "the alias *" + name + " stands inside its own anchor")
          .because("a value cannot contain itself")
          .next("remove the alias or name another anchor")
          .failure();
    }
    throw Diagnostic.error(at(alias), "there is no anchor &" + name + " for this alias")
        .because(
            "a value that starts with '*' is an alias for a value marked '&" + name + "' above")
        .next("quote the value if it is meant as text, or set the anchor")
        .failure();
  }

  private void count(Event event, long more) {
    nodes += more;
    if (nodes > MAX_NODES) {
      throw Diagnostic.error(at(event), "this YAML file holds too many values")
          .because(
              "with all aliases replaced there are more than "
                  + MAX_NODES
                  + " of them, which looks like a file built to exhaust memory")
          .next("use fewer aliases of aliases")
          .failure();
    }
  }

  private void enter(Event event) {
    depth++;
    if (depth > MAX_DEPTH) {
      throw Diagnostic.error(at(event), "this YAML file is nested too deeply")
          .because("no more than " + MAX_DEPTH + " levels are read")
          .next("flatten the structure")
          .failure();
    }
  }

  private Node sequence(SequenceStartEvent start) {
    boolean unsafe = unsafe(start.getTag(), at(start), Tags.SEQ, "list");
    enter(start);
    List<Node> items = new ArrayList<>();
    for (Event next = events.next(); !next.is(Event.ID.SequenceEnd); next = events.next()) {
      Node item = node(next);
      items.add(unsafe ? Unsafe.mark(item) : item);
    }
    depth--;
    return new Node.Sequence(at(start), items, unsafe);
  }

  private Node mapping(MappingStartEvent start) {
    boolean unsafe = unsafe(start.getTag(), at(start), Tags.MAP, "mapping");
    enter(start);
    MappingComposer mapping = new MappingComposer(source.repeatedKeys());
    for (Event next = events.next(); !next.is(Event.ID.MappingEnd); next = events.next()) {
      Node key = node(next);
      Event valueEvent = events.next();
      Node value = node(valueEvent);
      mapping.add(scalarKey(key), unsafe ? Unsafe.mark(value) : value);
    }
    depth--;
    return new Node.Mapping(at(start), mapping.entries(), unsafe);
  }

  private Node.Scalar scalarKey(Node key) {
    return switch (key) {
      case Node.Scalar scalar when scalar.type() != Node.Type.VAULT -> scalar;
      case Node.Mapping mapping when lines.line(mapping.at().line()).contains("{{") ->
          throw new SyntaxErrors(source, lines)
              .unquotedTemplate(firstBrace(mapping.at()))
              .failure();
      default ->
          throw Diagnostic.error(key.at(), key.kind() + " cannot be the key of a mapping")
              .because("keys are texts, numbers or booleans")
              .next("write a text before the ':', in quotes if it has special characters")
              .failure();
    };
  }

  private Location firstBrace(Location inner) {
    boolean doubled = lines.at(inner.line(), inner.column() - 1) == '{';
    return doubled ? inner.plus(0, -1) : inner;
  }

  private static boolean unsafe(@Nullable String tag, Location at, String natural, String what) {
    if (tag == null || tag.equals("!") || tag.equals(natural)) {
      return false;
    }
    if (tag.equals(Tags.UNSAFE)) {
      return true;
    }
    throw Tags.refused(tag, at, "a " + what).failure();
  }

  private Location at(Event event) {
    return place(source, event.getStartMark());
  }

  static Location place(Source source, Mark mark) {
    return new Location(source, mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** Collects the entries of one mapping: merged ones first, own ones winning over them. */
  private static final class MappingComposer {
    private record Pair(Node.Scalar key, Node value) {}

    private final RepeatedKeys repeated;

    private final Map<Value, Pair> own = new LinkedHashMap<>();
    private final List<Node.Mapping> merged = new ArrayList<>();

    MappingComposer(RepeatedKeys repeated) {
      this.repeated = repeated;
    }

    void add(Node.Scalar key, Node value) {
      if (key.plain() && key.text().equals("<<")) {
        merge(value);
        return;
      }
      Pair earlier = own.put(Values.key(key), new Pair(key, value));
      if (earlier != null) {
        repeated.found(duplicate(earlier.key, key), value.says(earlier.value));
      }
    }

    private static Diagnostic duplicate(Node.Scalar first, Node.Scalar second) {
      return Diagnostic.error(
              second.at(), "the key '" + second.text() + "' is written twice in this mapping")
          .because("it is already set at " + first.at() + "; one of the two values would be lost")
          .next("remove or rename one of them");
    }

    private void merge(Node value) {
      switch (value) {
        case Node.Mapping mapping -> merged.add(mapping);
        case Node.Sequence sequence -> sequence.items().reversed().forEach(this::mergeOne);
        case Node.Scalar scalar -> throw notMergeable(scalar);
      }
    }

    private void mergeOne(Node item) {
      if (!(item instanceof Node.Mapping mapping)) {
        throw notMergeable(item);
      }
      merged.add(mapping);
    }

    private static HearthException notMergeable(Node node) {
      return Diagnostic.error(node.at(), "'<<' takes a mapping, not " + node.kind())
          .because("'<<' merges the entries of another mapping into this one")
          .next("name a mapping, as in '<<: *defaults', or quote the key if it is meant as text")
          .failure();
    }

    Map<Node.Scalar, Node> entries() {
      Map<Value, Pair> all = new LinkedHashMap<>();
      for (Node.Mapping mapping : merged) {
        mapping.entries().forEach((key, value) -> all.put(Values.key(key), new Pair(key, value)));
      }
      all.putAll(own);
      Map<Node.Scalar, Node> entries = new LinkedHashMap<>();
      all.values().forEach(pair -> entries.put(pair.key, pair.value));
      return entries;
    }
  }
}
