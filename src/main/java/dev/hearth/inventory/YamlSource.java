package dev.hearth.inventory;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.diag.Nearest;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads an inventory written in YAML: groups with {@code hosts}, {@code vars} and {@code children}.
 *
 * <p>As in Ansible an unknown part of a group only warns, unless it is nearly one of the three: a
 * misspelt {@code hosts} would silently lose hosts.
 */
final class YamlSource {

  private static final List<String> PARTS = List.of("hosts", "vars", "children");

  private final Draft draft;
  private final Path file;

  YamlSource(Draft draft, Path file) {
    this.draft = draft;
    this.file = file;
  }

  void read(Node document) {
    Node.Mapping groups = mapping(document, "an inventory");
    groups.entries().forEach((name, body) -> group(name.text(), body, name.at()));
  }

  private void group(String name, Node body, Location at) {
    if (!isGroup(body)) {
      draft.warn(
          Diagnostic.warning(at, "'" + name + "' is no group, it is left out")
              .because("a group is a mapping with hosts, vars and children, this is " + body.kind())
              .next("put it under hosts:, vars: or children: of a group"));
      return;
    }
    draft.addGroup(name, at);
    if (body instanceof Node.Mapping parts) {
      parts.entries().forEach((key, value) -> part(name, key, value));
    }
  }

  private void part(String group, Node.Scalar key, Node value) {
    switch (key.text()) {
      case "vars" -> vars(group, value);
      case "children" ->
          members(group, key.text(), value).forEach((child, body) -> child(group, child, body));
      case "hosts" ->
          members(group, key.text(), value).forEach((host, vars) -> hosts(group, host, vars));
      default -> unknown(group, key);
    }
  }

  private void unknown(String group, Node.Scalar key) {
    Optional<String> meant = Nearest.to(key.text(), PARTS);
    if (meant.isPresent()) {
      throw Diagnostic.error(key.at(), "a group has no '" + key.text() + "'")
          .because("a group has hosts, vars and children")
          .next("did you mean '" + meant.get() + "'?")
          .failure();
    }
    draft.warn(
        Diagnostic.warning(key.at(), "'" + key.text() + "' of group '" + group + "' is left out")
            .because("a group has hosts, vars and children")
            .next("put groups under children:, hosts under hosts:, variables under vars:"));
  }

  private void vars(String group, Node vars) {
    if (!isNothing(vars)) {
      mapping(vars, "vars of group '" + group + "'")
          .entries()
          .forEach(
              (key, value) -> draft.setGroupVariable(group, key.text(), Values.located(value)));
    }
  }

  private void child(String parent, Node.Scalar name, Node body) {
    if (!isGroup(body) && !draft.hasGroup(name.text())) {
      throw Diagnostic.error(name.at(), "'" + name.text() + "' is no group of this inventory")
          .because("a child is a mapping with hosts, vars and children, this is " + body.kind())
          .next(
              "end the line with the colon for a group that stands elsewhere, or put it under"
                  + " hosts:")
          .failure();
    }
    group(name.text(), body, name.at());
    draft.addChild(parent, name.text(), name.at());
  }

  private static boolean isGroup(Node body) {
    return isNothing(body) || body instanceof Node.Mapping;
  }

  private void hosts(String group, Node.Scalar written, Node vars) {
    HostNames hosts = HostNames.parse(written.text(), written.at());
    Map<Node.Scalar, Node> entries =
        isNothing(vars)
            ? Map.of()
            : mapping(vars, "the variables of host '" + written.text() + "'").entries();
    for (String name : hosts.names()) {
      draft.addHost(name, group, written.at(), file);
      hosts.port().ifPresent(port -> draft.setPort(name, port, written.at()));
      entries.forEach(
          (key, value) -> draft.setHostVariable(name, key.text(), Values.located(value)));
    }
  }

  /** The hosts or children of a group: a mapping, a single name, or nothing. */
  private static Map<Node.Scalar, Node> members(String group, String part, Node body) {
    return switch (body) {
      case Node.Scalar nothing when isNothing(nothing) -> Map.of();
      case Node.Scalar name -> Map.of(name, nothing(name.at()));
      case Node.Mapping mapping -> mapping.entries();
      case Node.Sequence list ->
          throw Diagnostic.error(list.at(), part + " of group '" + group + "' cannot be a list")
              .because("it is a mapping of names, so that each can have parts of its own")
              .next("write 'name:' instead of '- name' on each line")
              .failure();
    };
  }

  private static Node nothing(Location at) {
    return new Node.Scalar(at, "", Node.Type.NULL, at, true, false);
  }

  private static boolean isNothing(Node node) {
    return node instanceof Node.Scalar scalar && scalar.type() == Node.Type.NULL;
  }

  private static Node.Mapping mapping(Node node, String what) {
    if (node instanceof Node.Mapping mapping) {
      return mapping;
    }
    throw Diagnostic.error(node.at(), what + " must be a mapping, not " + node.kind())
        .next("write 'name:' with its parts indented below it")
        .failure();
  }
}
