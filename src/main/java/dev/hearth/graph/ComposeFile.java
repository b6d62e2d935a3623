package dev.hearth.graph;

import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Compose file asks of its host, by the Compose specification. Values with variables that
 * have no default are left out: only the host knows them.
 *
 * @param ports that it publishes
 * @param networks that it expects or makes
 * @param volumes that it expects or makes
 * @param binds paths of the host that it mounts
 * @param envFiles files of variables that must be there
 * @param containers that it makes
 */
public record ComposeFile(
    List<Port> ports,
    List<Shared> networks,
    List<Shared> volumes,
    List<Path> binds,
    List<Path> envFiles,
    List<Container> containers) {

  /** The names under which Compose looks for a file, the first one that exists. */
  public static final List<String> NAMES =
      List.of("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml");

  private static final Pattern VARIABLE =
      Pattern.compile(
          "\\$\\$|\\$\\{([A-Za-z0-9_]+)(?::?-([^}]*))?[^}]*}|\\$[A-Za-z_][A-Za-z0-9_]*");

  /** A published port. */
  public record Port(int number, String address, String protocol, Location at) {

    /** Whether both cannot be published on one host. */
    boolean collides(Port other) {
      boolean everywhere = isAny(address) || isAny(other.address);
      return number == other.number
          && protocol.equals(other.protocol)
          && (everywhere || address.equals(other.address));
    }

    private static boolean isAny(String address) {
      return address.isEmpty() || address.equals("0.0.0.0") || address.equals("[::]");
    }
  }

  /**
   * A network or volume with a name that others can use.
   *
   * @param external whether something else must have made it
   */
  public record Shared(String name, boolean external, Location at) {}

  /** A path as it is written. */
  public record Path(String path, Location at) {}

  /**
   * A container.
   *
   * @param service the name of its service in the file
   * @param name its own name; empty when Compose or a variable gives it one
   * @param given whether the file says what it is called
   */
  public record Container(String service, Optional<String> name, boolean given) {

    /** Whether it may be the one with this name; a project is called in several ways. */
    boolean isCalled(String wanted) {
      return given
          ? name.map(wanted::equals).orElse(true)
          : wanted.matches(".+[-_]" + Pattern.quote(service) + "[-_][0-9]+");
    }
  }

  /** Reads a file; what is no Compose file has nothing. */
  public static ComposeFile read(Source source) {
    ComposeFile file =
        new ComposeFile(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    YamlReader.read(source)
        .filter(Node.Mapping.class::isInstance)
        .map(Node.Mapping.class::cast)
        .ifPresent(
            root -> {
              values(root, "services").forEach(file::service);
              containers(root, file.containers);
              shared(root, "networks", file.networks);
              shared(root, "volumes", file.volumes);
            });
    return file;
  }

  private static void containers(Node.Mapping root, List<Container> into) {
    if (root.get("services").orElse(root) instanceof Node.Mapping all && all != root) {
      all.entries()
          .forEach(
              (name, node) -> {
                Optional<Node> called =
                    node instanceof Node.Mapping options
                        ? options.get("container_name")
                        : Optional.empty();
                into.add(
                    new Container(
                        name.text(), called.flatMap(ComposeFile::text), called.isPresent()));
              });
    }
    if (root.get("include").isPresent()) {
      // What it includes may make any.
      into.add(new Container("", Optional.empty(), true));
    }
  }

  private void service(Node service) {
    if (!(service instanceof Node.Mapping all)) {
      return;
    }
    items(all, "ports").forEach(this::port);
    items(all, "volumes").forEach(this::mount);
    for (Node file : items(all, "env_file")) {
      if (file instanceof Node.Mapping options) {
        boolean required =
            options.get("required").flatMap(ComposeFile::text).stream().noneMatch("false"::equals);
        options.get("path").filter(_ -> required).ifPresent(path -> path(path, envFiles));
      } else {
        path(file, envFiles);
      }
    }
  }

  private static void path(Node node, List<Path> into) {
    text(node).ifPresent(path -> into.add(new Path(path, node.at())));
  }

  /** {@code [[IP:]HOST:]CONTAINER[/PROTOCOL]}, where ports may be ranges; or the long form. */
  private void port(Node node) {
    if (node instanceof Node.Mapping options) {
      String published = options.get("published").flatMap(ComposeFile::text).orElse("");
      String address = options.get("host_ip").flatMap(ComposeFile::text).orElse("");
      String protocol = options.get("protocol").flatMap(ComposeFile::text).orElse("tcp");
      ports(published, address, protocol, node.at());
      return;
    }
    String text = text(node).orElse("");
    String protocol = text.contains("/") ? text.substring(text.indexOf('/') + 1) : "tcp";
    String mapping = text.replaceFirst("/.*", "");
    int container = mapping.lastIndexOf(':');
    if (container < 0) {
      return;
    }
    String host = mapping.substring(0, container);
    int address = host.lastIndexOf(':');
    ports(
        host.substring(address + 1),
        address < 0 ? "" : host.substring(0, address),
        protocol,
        node.at());
  }

  private void ports(String range, String address, String protocol, Location at) {
    if (!range.matches("[0-9]{1,5}(-[0-9]{1,5})?")) {
      return;
    }
    String[] ends = range.split("-", 2);
    for (int port = Integer.parseInt(ends[0]);
        port <= Integer.parseInt(ends[ends.length - 1]);
        port++) {
      ports.add(new Port(port, address, protocol, at));
    }
  }

  private void mount(Node node) {
    if (node instanceof Node.Mapping options) {
      boolean bind =
          options.get("type").flatMap(ComposeFile::text).filter("bind"::equals).isPresent();
      options.get("source").filter(_ -> bind).ifPresent(source -> path(source, binds));
      return;
    }
    text(node)
        .filter(text -> text.startsWith("/") || text.startsWith("."))
        .filter(text -> text.contains(":"))
        .ifPresent(text -> binds.add(new Path(text.substring(0, text.indexOf(':')), node.at())));
  }

  private static void shared(Node.Mapping root, String section, List<Shared> into) {
    if (root.get(section).orElse(root) instanceof Node.Mapping all && all != root) {
      all.entries()
          .forEach(
              (key, node) -> {
                Optional<Node.Mapping> options =
                    Optional.of(node)
                        .filter(Node.Mapping.class::isInstance)
                        .map(Node.Mapping.class::cast);
                Optional<Node> external = options.flatMap(found -> found.get("external"));
                boolean expected =
                    external
                        .filter(
                            value ->
                                value instanceof Node.Mapping
                                    || text(value).filter("true"::equalsIgnoreCase).isPresent())
                        .isPresent();
                Optional<Node> name =
                    external
                        .filter(Node.Mapping.class::isInstance)
                        .flatMap(value -> ((Node.Mapping) value).get("name"))
                        .or(() -> options.flatMap(found -> found.get("name")));
                if (name.isPresent()) {
                  text(name.get())
                      .ifPresent(text -> into.add(new Shared(text, expected, key.at())));
                } else if (expected) {
                  into.add(new Shared(key.text(), true, key.at()));
                }
              });
    }
  }

  private static List<Node> values(Node.Mapping root, String section) {
    return root.get(section).orElse(root) instanceof Node.Mapping all && all != root
        ? List.copyOf(all.entries().values())
        : List.of();
  }

  private static List<Node> items(Node.Mapping mapping, String name) {
    return mapping
        .get(name)
        .map(node -> node instanceof Node.Sequence list ? list.items() : List.of(node))
        .orElse(List.of());
  }

  /** A text with the defaults of its variables put in; empty when one has none. */
  private static Optional<String> text(Node node) {
    if (!(node instanceof Node.Scalar scalar)) {
      return Optional.empty();
    }
    Matcher variables = VARIABLE.matcher(scalar.text());
    StringBuilder text = new StringBuilder();
    while (variables.find()) {
      String value = variables.group().equals("$$") ? "$" : variables.group(2);
      if (value == null) {
        return Optional.empty();
      }
      variables.appendReplacement(text, Matcher.quoteReplacement(value));
    }
    return Optional.of(variables.appendTail(text).toString());
  }
}
