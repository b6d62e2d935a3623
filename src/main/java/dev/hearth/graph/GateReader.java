package dev.hearth.graph;

import dev.hearth.value.Located;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads gates. */
final class GateReader {

  private static final List<String> GATE = List.of("every", "passes", "deadline", "hints", "from");

  private static final Map<Gate.Kind, List<String>> PARAMETERS =
      Map.of(
          Gate.Kind.HTTP,
          List.of("url", "container", "port", "path", "status", "body", "json", "insecure"),
          Gate.Kind.TCP,
          List.of("host", "port"),
          Gate.Kind.TLS,
          List.of("host", "port", "name", "trusted"),
          Gate.Kind.DNS,
          List.of("name", "address"),
          Gate.Kind.CONTAINER,
          List.of("name"),
          Gate.Kind.COMMAND,
          List.of("command", "not_empty", "contains"),
          Gate.Kind.DEEP,
          List.of("command", "not_empty", "contains"));

  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final int PASSES = 2;

  private final Fields fields;

  GateReader(Fields fields) {
    this.fields = fields;
  }

  /** A gate; empty, and noted, when it is none. */
  Optional<Gate> gate(Node node) {
    List<String> kinds = Arrays.stream(Gate.Kind.values()).map(GateReader::word).toList();
    List<String> known = new ArrayList<>(kinds);
    known.addAll(GATE);
    Optional<Node.Mapping> read = fields.mapping(node, "a gate", known);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Node.Mapping gate = read.get();
    List<String> used = kinds.stream().filter(kind -> gate.get(kind).isPresent()).toList();
    if (used.size() != 1) {
      fields.wrong(
          gate.at(), "a gate has to be exactly one of " + String.join(", ", kinds), "choose one");
      return Optional.empty();
    }
    if (gate.get("deadline").isEmpty()) {
      fields.wrong(
          gate.at(),
          "the gate '" + used.getFirst() + "' has no deadline",
          "without one a service that never comes up is waited for for ever; add 'deadline: 120s'");
    }
    Gate.Kind kind = Gate.Kind.valueOf(used.getFirst().toUpperCase(Locale.ROOT));
    Optional<String> from = from(gate, kind);
    Map<String, String> hints = new LinkedHashMap<>();
    gate.get("hints")
        .flatMap(all -> fields.mapping(all, "'hints'", List.of()))
        .ifPresent(
            all ->
                all.entries()
                    .forEach(
                        (text, meaning) ->
                            hints.put(
                                text.text(),
                                meaning instanceof Node.Scalar said ? said.text() : "")));
    return Optional.of(
        new Gate(
            kind,
            parameters(kind, gate.get(used.getFirst()).orElseThrow()),
            fields.duration(gate, "every", EVERY),
            passes(gate),
            fields.duration(gate, "deadline", Duration.ZERO),
            hints,
            from,
            gate.at()));
  }

  /** From which hosts it is asked; what is looked at has to be visible from there. */
  private Optional<String> from(Node.Mapping gate, Gate.Kind kind) {
    Optional<Node.Scalar> from = fields.scalar(gate, "from");
    List<String> needed =
        switch (kind) {
          case TCP, TLS -> List.of("host");
          case HTTP -> List.of("url");
          case DNS, CONTAINER, COMMAND, DEEP -> List.of();
        };
    if (from.isPresent() && kind == Gate.Kind.CONTAINER) {
      fields.wrong(
          from.get().at(),
          "a container is looked at on its own host",
          "remove 'from', or ask it by http or tcp");
    }
    Optional<Node> asked = gate.get(word(kind));
    for (String name : from.isPresent() ? needed : List.<String>of()) {
      if (asked.orElseThrow() instanceof Node.Mapping all && all.get(name).isEmpty()) {
        fields.wrong(
            all.at(),
            "the gate '" + word(kind) + "' is asked from another host and has no '" + name + "'",
            "say what that host is to reach");
      }
    }
    return from.map(Node.Scalar::text);
  }

  private Map<String, Located> parameters(Gate.Kind kind, Node node) {
    if ((kind == Gate.Kind.CONTAINER || kind == Gate.Kind.DNS) && node instanceof Node.Scalar) {
      return Map.of("name", Values.located(node));
    }
    if ((kind == Gate.Kind.COMMAND || kind == Gate.Kind.DEEP) && node instanceof Node.Sequence) {
      return Map.of("command", Values.located(node));
    }
    List<String> known = PARAMETERS.getOrDefault(kind, List.of());
    Map<String, Located> parameters =
        fields
            .mapping(node, "the gate '" + word(kind) + "'", known)
            .map(all -> Fields.located(all))
            .orElse(Map.of());
    List<String> required =
        switch (kind) {
          case HTTP -> parameters.containsKey("url") ? List.of() : List.of("port");
          case TCP -> List.of("port");
          case TLS -> List.of("port", "name");
          case CONTAINER, DNS -> List.of("name");
          case COMMAND, DEEP -> List.of("command");
        };
    for (String name : required) {
      if (!parameters.containsKey(name) && node instanceof Node.Mapping) {
        fields.wrong(node.at(), "the gate '" + word(kind) + "' has no '" + name + "'", "add it");
      }
    }
    return parameters;
  }

  private int passes(Node.Mapping gate) {
    Optional<Node.Scalar> written = fields.scalar(gate, "passes");
    if (written.isEmpty()) {
      return PASSES;
    }
    if (!written.get().text().matches("[1-9][0-9]{0,2}")) {
      fields.wrong(written.get().at(), "'passes' must be a number from 1 to 999", "correct it");
      return PASSES;
    }
    return Integer.parseInt(written.get().text());
  }

  private static String word(Gate.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
