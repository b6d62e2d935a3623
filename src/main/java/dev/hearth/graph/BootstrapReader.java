package dev.hearth.graph;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.value.Located;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.Values;
import dev.hearth.yaml.YamlReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code bootstrap.yml}; all that is wrong with it is told at once. */
public final class BootstrapReader {

  private static final List<String> SERVICE =
      List.of("hosts", "optional", "become", "needs", "requires", "up", "gates");

  private static final Map<Service.Up.Kind, List<String>> UP =
      Map.of(
          Service.Up.Kind.COMPOSE, List.of("compose", "profiles", "env_file", "project", "source"),
          Service.Up.Kind.UNIT, List.of("unit"),
          Service.Up.Kind.ROLE, List.of("role", "tasks_from"));

  private final Fields fields = new Fields();
  private final GateReader gateReader = new GateReader(fields);

  private Provided provided = Provided.NONE;

  private BootstrapReader() {}

  /**
   * Reads a file.
   *
   * @throws HearthException with everything that is wrong
   */
  public static Bootstrap read(Source source) {
    BootstrapReader reader = new BootstrapReader();
    List<Service> services = reader.services(source);
    Bootstrap bootstrap = new Bootstrap(services, reader.provided);
    List<Diagnostic> findings = reader.fields.findings();
    findings.addAll(bootstrap.findings());
    if (!findings.isEmpty()) {
      throw new HearthException(findings);
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
    Optional<Node.Mapping> file = fields.mapping(root, "the file", List.of("services", "provided"));
    provided = file.flatMap(all -> all.get("provided")).map(this::provided).orElse(Provided.NONE);
    file.flatMap(all -> all.get("services"))
        .flatMap(all -> fields.mapping(all, "'services'", List.of()))
        .ifPresentOrElse(
            all ->
                all.entries().forEach((name, node) -> service(name, node).ifPresent(services::add)),
            () -> {
              if (fields.findings().isEmpty()) {
                fields.wrong(
                    root.at(), "there is no 'services'", "declare services below that key");
              }
            });
    return services;
  }

  private Optional<Service> service(Node.Scalar name, Node node) {
    Optional<Node.Mapping> read =
        fields.mapping(node, "the service '" + name.text() + "'", SERVICE);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Node.Mapping service = read.get();
    if (!name.text().matches("[A-Za-z0-9][A-Za-z0-9_.-]*")) {
      fields.wrong(
          name.at(), "'" + name.text() + "' cannot be a service's name", "use letters and digits");
    }
    Optional<Node.Scalar> hosts = fields.scalar(service, "hosts");
    if (hosts.isEmpty() && service.get("hosts").isEmpty()) {
      fields.wrong(name.at(), name.text() + " has no 'hosts'", "say on which hosts it runs");
    }
    List<Gate> gates = new ArrayList<>();
    fields.items(service, "gates").forEach(each -> gateReader.gate(each).ifPresent(gates::add));
    List<Gate> requires = new ArrayList<>();
    List<Service.Same> same = new ArrayList<>();
    for (Node item : fields.items(service, "requires")) {
      if (item instanceof Node.Mapping all && all.get("same").isPresent()) {
        same(all).ifPresent(same::add);
      } else {
        gateReader.gate(item).ifPresent(requires::add);
      }
    }
    if (service.get("gates").isEmpty()) {
      fields.wrong(
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
            fields.flag(service, "optional", false),
            fields.flag(service, "become", true),
            needs(service),
            requires,
            same,
            service.get("up").flatMap(this::up),
            gates));
  }

  private Optional<Service.Same> same(Node.Mapping item) {
    fields.unknown(item, "'same'", List.of("same", "hosts"));
    Optional<Node.Scalar> hosts = fields.scalar(item, "hosts");
    if (item.get("hosts").isEmpty()) {
      fields.wrong(item.at(), "'same' has no 'hosts'", "say on which hosts the value is the same");
    }
    return hosts.map(
        pattern ->
            new Service.Same(
                Values.located(item.get("same").orElseThrow()), pattern.text(), item.at()));
  }

  private Provided provided(Node node) {
    Optional<Node.Mapping> read =
        fields.mapping(node, "'provided'", List.of("networks", "volumes", "paths"));
    return read.map(
            all -> new Provided(texts(all, "networks"), texts(all, "volumes"), texts(all, "paths")))
        .orElse(Provided.NONE);
  }

  private Set<String> texts(Node.Mapping mapping, String name) {
    Set<String> texts = new LinkedHashSet<>();
    for (Node item : fields.items(mapping, name)) {
      if (item instanceof Node.Scalar text) {
        texts.add(text.text());
      } else {
        fields.wrong(item.at(), "a name is a text, not " + item.kind(), "correct it");
      }
    }
    return texts;
  }

  private List<Service.Need> needs(Node.Mapping service) {
    List<Service.Need> needs = new ArrayList<>();
    for (Node item : fields.items(service, "needs")) {
      if (item instanceof Node.Scalar need) {
        String[] parts = need.text().split("@", 2);
        needs.add(
            new Service.Need(
                parts[0], parts.length > 1 ? Optional.of(parts[1]) : Optional.empty(), need.at()));
      } else {
        fields.wrong(
            item.at(), "a need is the name of a service, not " + item.kind(), "name the service");
      }
    }
    return needs;
  }

  private Optional<Service.Up> up(Node node) {
    List<String> all = UP.values().stream().flatMap(List::stream).distinct().sorted().toList();
    Optional<Node.Mapping> read = fields.mapping(node, "'up'", all);
    List<Service.Up.Kind> kinds =
        read.stream()
            .flatMap(up -> UP.keySet().stream().filter(kind -> up.get(word(kind)).isPresent()))
            .sorted()
            .toList();
    if (read.isEmpty()) {
      return Optional.empty();
    }
    if (kinds.size() != 1) {
      fields.wrong(node.at(), "'up' has to be exactly one of compose, unit, role", "choose one");
      return Optional.empty();
    }
    Service.Up.Kind kind = kinds.getFirst();
    fields.unknown(read.get(), "'up' with " + word(kind), UP.getOrDefault(kind, List.of()));
    Map<String, Located> parameters = new LinkedHashMap<>(Fields.located(read.get()));
    parameters.remove("source");
    return Optional.of(
        new Service.Up(
            kind,
            parameters,
            fields.scalar(read.get(), "source").map(Node.Scalar::text),
            node.at()));
  }

  private static String word(Enum<?> kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
