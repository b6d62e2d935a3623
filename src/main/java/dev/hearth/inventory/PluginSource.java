package dev.hearth.inventory;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Nearest;
import dev.hearth.yaml.Node;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Hands a YAML file with {@code plugin: NAME} to that inventory plugin. */
final class PluginSource {

  private static final List<String> KNOWN = List.of("constructed", "generator");
  private static final List<String> PREFIXES = List.of("ansible.builtin.", "ansible.legacy.");

  private final Draft draft;
  private final Path file;
  private final InventoryServices services;

  PluginSource(Draft draft, Path file, InventoryServices services) {
    this.draft = draft;
    this.file = file;
    this.services = services;
  }

  /** The plugin that a document names; none when it is an inventory of its own. */
  static Optional<Node.Scalar> plugin(Node document) {
    return document instanceof Node.Mapping mapping
            && mapping.get("plugin").orElse(null) instanceof Node.Scalar name
            && name.type() != Node.Type.NULL
        ? Optional.of(name)
        : Optional.empty();
  }

  /**
   * Adds what the plugin says.
   *
   * @param processed the directories of the sources before this one
   */
  void read(Node.Scalar plugin, Node document, List<Path> processed) {
    PluginOptions options =
        PluginOptions.of("the inventory plugin '" + plugin.text() + "'", document);
    switch (shortName(plugin.text())) {
      case "constructed" -> new ConstructedPlugin(draft, services, processed).read(options);
      case "generator" -> new GeneratorPlugin(draft, services.templar(), file).read(options);
      default ->
          throw Diagnostic.error(
                  plugin.at(), "the inventory plugin '" + plugin.text() + "' is not supported")
              .because(
                  "the plugins are constructed and generator; other inventories are YAML, INI,"
                      + " programs and lists with commas")
              .next(
                  Nearest.to(shortName(plugin.text()), KNOWN)
                      .map(name -> "did you mean '" + name + "'?")
                      .orElse(
                          "write its hosts to a file: ansible-inventory -i "
                              + file
                              + " --list --yaml --output hosts.yml"))
              .failure();
    }
  }

  private static String shortName(String name) {
    return PREFIXES.stream()
        .filter(name::startsWith)
        .findFirst()
        .map(prefix -> name.substring(prefix.length()))
        .orElse(name);
  }
}
