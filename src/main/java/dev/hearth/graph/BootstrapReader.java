package dev.hearth.graph;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Nearest;
import dev.hearth.diag.Source;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.Values;
import dev.hearth.yaml.YamlReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code bootstrap.yml}; all that is wrong with it is told at once. */
public final class BootstrapReader {

  private static final List<String> SERVICE =
      List.of("hosts", "optional", "become", "needs", "up", "gates");

  private static final Map<Service.Up.Kind, List<String>> UP =
      Map.of(
          Service.Up.Kind.COMPOSE, List.of("compose", "profiles", "env_file", "project"),
          Service.Up.Kind.UNIT, List.of("unit"),
          Service.Up.Kind.ROLE, List.of("role", "tasks_from"));

  private static final List<String> GATE = List.of("every", "passes", "deadline", "hints");

  private static final Map<Gate.Kind, List<String>> PARAMETERS =
      Map.of(
          Gate.Kind.HTTP,
          List.of("url", "container", "port", "path", "status", "body", "json", "insecure"),
          Gate.Kind.TCP,
          List.of("host", "port"),
          Gate.Kind.TLS,
          List.of("host", "port", "name", "trusted"),
          Gate.Kind.CONTAINER,
          List.of("name"),
          Gate.Kind.COMMAND,
          List.of("command", "not_empty", "contains"),
          Gate.Kind.DEEP,
          List.of("command", "not_empty", "contains"));

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})(ms|s|m|h)?");
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final int PASSES = 2;

  private final List<Diagnostic> findings = new ArrayList<>();

  private BootstrapReader() {}

  /**
   * Reads a file.
   *
   * @throws HearthException with everything that is wrong
   */
  public static Bootstrap read(Source source) {
    BootstrapReader reader = new BootstrapReader();
    List<Service> services = reader.services(source);
    Bootstrap bootstrap = new Bootstrap(services);
    reader.findings.addAll(bootstrap.findings());
    if (!reader.findings.isEmpty()) {
      throw new HearthException(reader.findings);
    }
    return bootstrap;
  }

  private List<Service> services(Source source) {
    Node root =
        YamlReader.read(source)
            .orElseThrow(
                () ->
                    Diagnostic.error(Location.startOf(source), "no service is declared")
                        .next("see docs/design/bootstrap.md")
                        .failure());
    List<Service> services = new ArrayList<>();
    mapping(root, "the file", List.of("services"))
        .flatMap(file -> file.get("services"))
        .flatMap(all -> mapping(all, "'services'", List.of()))
        .ifPresentOrElse(
            all ->
                all.entries().forEach((name, node) -> service(name, node).ifPresent(services::add)),
            () -> {
              if (findings.isEmpty()) {
                wrong(root.at(), "there is no 'services'", "declare services below that key");
              }
            });
    return services;
  }

  private Optional<Service> service(Node.Scalar name, Node node) {
    Optional<Node.Mapping> read = mapping(node, "the service '" + name.text() + "'", SERVICE);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Node.Mapping service = read.get();
    if (!name.text().matches("[A-Za-z0-9][A-Za-z0-9_.-]*")) {
      wrong(
          name.at(), "'" + name.text() + "' cannot be a service's name", "use letters and digits");
    }
    Optional<Node.Scalar> hosts = scalar(service, "hosts");
    if (hosts.isEmpty() && service.get("hosts").isEmpty()) {
      wrong(name.at(), name.text() + " has no 'hosts'", "say on which hosts it runs");
    }
    List<Gate> gates = new ArrayList<>();
    items(service, "gates").forEach(gate -> gate(gate).ifPresent(gates::add));
    if (service.get("gates").isEmpty()) {
      wrong(
          name.at(),
          name.text() + " has no gate",
          "say how it is known to be ready: gates, each with a deadline");
    }
    // What proves meaning is worth asking only when all else is well.
    gates.sort(Comparator.comparing(gate -> gate.kind() == Gate.Kind.DEEP));
    return Optional.of(
        new Service(
            name.text(),
            name.at(),
            hosts.map(Node.Scalar::text).orElse(""),
            hosts.map(Node.Scalar::at).orElse(name.at()),
            flag(service, "optional", false),
            flag(service, "become", true),
            needs(service),
            service.get("up").flatMap(this::up),
            gates));
  }

  private List<Service.Need> needs(Node.Mapping service) {
    List<Service.Need> needs = new ArrayList<>();
    for (Node item : items(service, "needs")) {
      if (item instanceof Node.Scalar need) {
        String[] parts = need.text().split("@", 2);
        needs.add(
            new Service.Need(
                parts[0], parts.length > 1 ? Optional.of(parts[1]) : Optional.empty(), need.at()));
      } else {
        wrong(item.at(), "a need is the name of a service, not " + item.kind(), "name the service");
      }
    }
    return needs;
  }

  private Optional<Service.Up> up(Node node) {
    List<String> all = UP.values().stream().flatMap(List::stream).distinct().sorted().toList();
    Optional<Node.Mapping> read = mapping(node, "'up'", all);
    List<Service.Up.Kind> kinds =
        read.stream()
            .flatMap(up -> UP.keySet().stream().filter(kind -> up.get(word(kind)).isPresent()))
            .sorted()
            .toList();
    if (read.isEmpty()) {
      return Optional.empty();
    }
    if (kinds.size() != 1) {
      wrong(node.at(), "'up' has to be exactly one of compose, unit, role", "choose one");
      return Optional.empty();
    }
    Service.Up.Kind kind = kinds.getFirst();
    unknown(read.get(), "'up' with " + word(kind), UP.getOrDefault(kind, List.of()));
    return Optional.of(new Service.Up(kind, located(read.get(), List.of()), node.at()));
  }

  private static String word(Enum<?> kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private Optional<Gate> gate(Node node) {
    List<String> kinds = Arrays.stream(Gate.Kind.values()).map(BootstrapReader::word).toList();
    List<String> known = new ArrayList<>(kinds);
    known.addAll(GATE);
    Optional<Node.Mapping> read = mapping(node, "a gate", known);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Node.Mapping gate = read.get();
    List<String> used = kinds.stream().filter(kind -> gate.get(kind).isPresent()).toList();
    if (used.size() != 1) {
      wrong(gate.at(), "a gate has to be exactly one of " + String.join(", ", kinds), "choose one");
      return Optional.empty();
    }
    if (gate.get("deadline").isEmpty()) {
      wrong(
          gate.at(),
          "the gate '" + used.getFirst() + "' has no deadline",
          "without one a service that never comes up is waited for for ever; add 'deadline: 120s'");
    }
    Gate.Kind kind = Gate.Kind.valueOf(used.getFirst().toUpperCase(Locale.ROOT));
    Map<String, String> hints = new LinkedHashMap<>();
    gate.get("hints")
        .flatMap(all -> mapping(all, "'hints'", List.of()))
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
            duration(gate, "every", EVERY),
            passes(gate),
            duration(gate, "deadline", Duration.ZERO),
            hints,
            gate.at()));
  }

  private Map<String, Located> parameters(Gate.Kind kind, Node node) {
    if (kind == Gate.Kind.CONTAINER && node instanceof Node.Scalar) {
      return Map.of("name", Values.located(node));
    }
    if ((kind == Gate.Kind.COMMAND || kind == Gate.Kind.DEEP) && node instanceof Node.Sequence) {
      return Map.of("command", Values.located(node));
    }
    List<String> known = PARAMETERS.getOrDefault(kind, List.of());
    Map<String, Located> parameters =
        mapping(node, "the gate '" + word(kind) + "'", known)
            .map(all -> located(all, List.of()))
            .orElse(Map.of());
    List<String> required =
        switch (kind) {
          case HTTP -> parameters.containsKey("url") ? List.of() : List.of("port");
          case TCP -> List.of("port");
          case TLS -> List.of("port", "name");
          case CONTAINER -> List.of("name");
          case COMMAND, DEEP -> List.of("command");
        };
    for (String name : required) {
      if (!parameters.containsKey(name) && node instanceof Node.Mapping) {
        wrong(node.at(), "the gate '" + word(kind) + "' has no '" + name + "'", "add it");
      }
    }
    return parameters;
  }

  private static Map<String, Located> located(Node.Mapping mapping, List<String> without) {
    Map<String, Located> values = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach(
            (name, value) -> {
              if (!without.contains(name.text())) {
                values.put(name.text(), Values.located(value));
              }
            });
    return values;
  }

  private int passes(Node.Mapping gate) {
    Optional<Node.Scalar> written = scalar(gate, "passes");
    if (written.isEmpty()) {
      return PASSES;
    }
    if (!written.get().text().matches("[1-9][0-9]{0,2}")) {
      wrong(written.get().at(), "'passes' must be a number from 1 to 999", "correct it");
      return PASSES;
    }
    return Integer.parseInt(written.get().text());
  }

  private Duration duration(Node.Mapping gate, String name, Duration usual) {
    Optional<Node.Scalar> written = scalar(gate, name);
    if (written.isEmpty()) {
      return usual;
    }
    Matcher parts = DURATION.matcher(written.get().text());
    if (!parts.matches() || Long.parseLong(parts.group(1)) == 0) {
      wrong(
          written.get().at(),
          "'" + name + "' must be a time, not '" + written.get().text() + "'",
          "write it like 500ms, 30s, 2m or 1h");
      return usual;
    }
    long number = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case null, default -> Duration.ofSeconds(number);
    };
  }

  private boolean flag(Node.Mapping node, String name, boolean usual) {
    Optional<Node.Scalar> written = scalar(node, name);
    if (written.isPresent() && written.get().type() != Node.Type.BOOL) {
      wrong(written.get().at(), "'" + name + "' must be true or false", "correct it");
      return usual;
    }
    return written.map(value -> Values.of(value).equals(Value.Bool.TRUE)).orElse(usual);
  }

  private Optional<Node.Scalar> scalar(Node.Mapping node, String name) {
    Optional<Node> value = node.get(name);
    if (value.isPresent() && !(value.get() instanceof Node.Scalar)) {
      wrong(
          value.get().at(),
          "'" + name + "' must be a single value, not " + value.get().kind(),
          "correct it");
    }
    return value.filter(Node.Scalar.class::isInstance).map(Node.Scalar.class::cast);
  }

  private List<Node> items(Node.Mapping node, String name) {
    Optional<Node> value = node.get(name);
    if (value.isPresent() && !(value.get() instanceof Node.Sequence)) {
      wrong(
          value.get().at(),
          "'" + name + "' must be a list, not " + value.get().kind(),
          "begin each item with '- '");
    }
    return value
        .filter(Node.Sequence.class::isInstance)
        .map(list -> ((Node.Sequence) list).items())
        .orElse(List.of());
  }

  /** A mapping with these keys only; any keys when none are given. */
  private Optional<Node.Mapping> mapping(Node node, String what, List<String> known) {
    if (!(node instanceof Node.Mapping mapping)) {
      wrong(node.at(), what + " must be a mapping, not " + node.kind(), "correct it");
      return Optional.empty();
    }
    if (!known.isEmpty()) {
      unknown(mapping, what, known);
    }
    return Optional.of(mapping);
  }

  private void unknown(Node.Mapping mapping, String what, List<String> known) {
    for (Node.Scalar key : mapping.entries().keySet()) {
      if (!known.contains(key.text())) {
        wrong(
            key.at(),
            what + " knows no '" + key.text() + "'",
            Nearest.hint(key.text(), known, "it knows " + String.join(", ", known)));
      }
    }
  }

  private void wrong(Location at, String summary, String next) {
    Diagnostic finding = Diagnostic.error(at, summary).next(next);
    if (!findings.contains(finding)) {
      findings.add(finding);
    }
  }
}
