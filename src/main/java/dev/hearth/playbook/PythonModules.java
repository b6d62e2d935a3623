package dev.hearth.playbook;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.yaml.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The modules that are on this machine as Python files: in collections, in {@code library/} beside
 * the playbooks and in roles. Where Hearth has none of its own, such a one runs on the host if it
 * may. The names that a collection's {@code meta/runtime.yml} gives to modules that moved are
 * followed.
 */
final class PythonModules {

  private static final String LEGACY = "ansible.legacy.";

  private final Reading reading;
  private final InstalledCollections installed;
  private final ContentPaths.Python paths;
  private final List<Path> libraries = new ArrayList<>();
  private final List<Path> actions = new ArrayList<>();
  private final List<Path> utils = new ArrayList<>();
  private final Map<Location, String> bridged = new LinkedHashMap<>();
  private final Set<Path> passedOver = new HashSet<>();

  PythonModules(
      Reading reading,
      InstalledCollections installed,
      List<Path> playbookDirectories,
      ContentPaths.Python paths) {
    this.reading = reading;
    this.installed = installed;
    this.paths = paths;
    playbookDirectories.forEach(this::library);
    paths.libraries().forEach(library -> add(library, libraries));
    paths.utils().forEach(directory -> add(directory, utils));
  }

  /**
   * Adds what a role or a playbook's directory has in {@code library/}, {@code action_plugins/} and
   * {@code module_utils/}.
   */
  void library(Path directory) {
    add(directory.resolve("library"), libraries);
    add(directory.resolve("action_plugins"), actions);
    add(directory.resolve("module_utils"), utils);
  }

  private static void add(Path directory, List<Path> to) {
    if (!to.contains(directory) && Files.isDirectory(directory)) {
      to.add(directory);
    }
  }

  /**
   * The module of that name, to be run on hosts; empty when there is none or it may not.
   *
   * @param name a short name, for a file in {@code library/}, or the full one of a collection's
   * @param written how the task names it
   * @param at the task
   */
  Optional<PythonModule> bridged(String name, String written, Location at) {
    if (!paths.bridge()) {
      return Optional.empty();
    }
    Optional<PythonModule> module =
        library(name)
            .filter(file -> in(actions, name).isEmpty())
            .map(file -> module("ansible.modules." + shortName(name), file, installed))
            .or(() -> ofCollection(name));
    module.ifPresent(found -> bridged.putIfAbsent(at, written));
    return module;
  }

  /** Whether a role or the directory of a playbook has a module or action of that short name. */
  boolean inLibrary(String name) {
    return library(name).or(() -> in(actions, name)).isPresent();
  }

  /** Warns, once, of an action plugin that Ansible would do a task with and Hearth does not. */
  void passOver(String name, Location at) {
    in(actions, name)
        .filter(passedOver::add)
        .ifPresent(
            file ->
                reading.report(
                    Diagnostic.warning(at, "the action plugin for '" + name + "' is left out")
                        .because(
                            TaskFiles.shown(file)
                                + " is Python that runs on this machine, which Hearth does not;"
                                + " its own '"
                                + name
                                + "' does the task")
                        .next(
                            "see that this is enough, and write ansible.builtin."
                                + shortName(name)
                                + " where it is meant")));
  }

  /**
   * Whether a collection has something to do under that name.
   *
   * @param actionOnly whether only a part that runs on the controller counts
   */
  boolean inCollection(String fullName, boolean actionOnly) {
    InstalledCollections all = all();
    String name = redirect(fullName, all).orElse(fullName);
    return all.plugin("action", name).isPresent()
        || (!actionOnly && all.plugin("modules", name).isPresent());
  }

  private InstalledCollections all() {
    return installed.and(paths.packages().get());
  }

  private Optional<PythonModule> ofCollection(String fullName) {
    InstalledCollections all = all();
    return Optional.of(redirect(fullName, all).orElse(fullName))
        .filter(name -> onlyOnHosts(name, all))
        .flatMap(
            name -> all.plugin("modules", name).map(file -> module(imported(name), file, all)));
  }

  /** An action plugin of the same name would be a part that runs on this machine. */
  private boolean onlyOnHosts(String fullName, InstalledCollections among) {
    return among.plugin("action", fullName).isEmpty()
        && routing(fullName, among).flatMap(entry -> entry.get("action_plugin")).isEmpty();
  }

  private static String imported(String fullName) {
    String[] parts = fullName.split("\\.", 3);
    return "ansible_collections." + parts[0] + "." + parts[1] + ".plugins.modules." + parts[2];
  }

  private PythonModule module(String name, Path file, InstalledCollections among) {
    return new PythonModule(
        name, file.toAbsolutePath(), utils, among.roots(), paths.packages().get());
  }

  /** Tells which tasks take the bridge, if any do. */
  void tell() {
    if (bridged.isEmpty()) {
      return;
    }
    Location first = bridged.keySet().iterator().next();
    reading.report(
        Diagnostic.warning(
                first,
                bridged.size() == 1
                    ? "this task runs a Python module on the host"
                    : bridged.size() + " tasks run Python modules on the host")
            .because(
                bridged.entrySet().stream()
                        .map(task -> shown(task.getKey()) + " " + task.getValue())
                        .collect(Collectors.joining("\n"))
                    + "\nHearth has no such modules; these need Python 3 there, are slower, and"
                    + " cannot be undone")
            .next(
                "use a module of Hearth's where there is one; HEARTH_PYTHON_BRIDGE=no makes these"
                    + " tasks errors"));
    bridged.clear();
  }

  private static String shown(Location at) {
    return at.source().name() + ":" + at.line();
  }

  /** Where a full name leads that its collection says has moved. */
  Optional<String> movedTo(String fullName) {
    return redirect(fullName, installed);
  }

  private Optional<String> redirect(String fullName, InstalledCollections among) {
    return routing(fullName, among)
        .flatMap(entry -> entry.get("redirect"))
        .filter(Node.Scalar.class::isInstance)
        .map(target -> ((Node.Scalar) target).text());
  }

  private Optional<Node.Mapping> routing(String fullName) {
    return routing(fullName, installed);
  }

  private Optional<Node.Mapping> routing(String fullName, InstalledCollections among) {
    if (!InstalledCollections.isFullName(fullName)) {
      return Optional.empty();
    }
    String[] parts = fullName.split("\\.", 3);
    return among
        .directory(parts[0] + "." + parts[1])
        .map(directory -> directory.resolve("meta/runtime.yml"))
        .filter(Files::isRegularFile)
        .flatMap(reading::document)
        .flatMap(document -> below(document, "plugin_routing"))
        .flatMap(
            kinds ->
                Stream.of("modules", "action")
                    .flatMap(kind -> below(kinds, kind).stream())
                    .flatMap(names -> below(names, parts[2]).stream())
                    .findFirst());
  }

  private static Optional<Node.Mapping> below(Node node, String key) {
    return node instanceof Node.Mapping mapping
        ? mapping.get(key).filter(Node.Mapping.class::isInstance).map(value -> (Node.Mapping) value)
        : Optional.empty();
  }

  /**
   * Why a module of that name cannot run although it is there; empty when it is not.
   *
   * @param collections where a short name is looked for first
   */
  Optional<Diagnostic> refusal(String name, Location at, List<String> collections) {
    return file(name, collections)
        .map(
            file ->
                Diagnostic.error(at, "the module '" + name + "' is written in Python")
                    .because(
                        TaskFiles.shown(file)
                            + (paths.bridge()
                                ? " has a part in Python that runs on this machine, which Hearth"
                                    + " does not"
                                : " needs Python on the host, and the Python bridge is off"))
                    .next(
                        "use a module that Hearth has, or 'command' or 'shell'; see"
                            + " docs/galaxy.md"))
        .or(() -> gone(name, at));
  }

  private Optional<Diagnostic> gone(String name, Location at) {
    return routing(name)
        .flatMap(entry -> below(entry, "tombstone"))
        .map(
            tombstone ->
                Diagnostic.error(at, "the module '" + name + "' was removed from its collection")
                    .because(
                        tombstone
                            .get("warning_text")
                            .filter(Node.Scalar.class::isInstance)
                            .map(text -> ((Node.Scalar) text).text().strip())
                            .orElse("meta/runtime.yml of the collection says so"))
                    .next("use what took its place"));
  }

  private Optional<Path> library(String name) {
    return in(libraries, name);
  }

  private static Optional<Path> in(List<Path> directories, String name) {
    String file = shortName(name) + ".py";
    return name.contains(".") && !name.startsWith(LEGACY)
        ? Optional.empty()
        : directories.stream()
            .map(directory -> directory.resolve(file))
            .filter(Files::isRegularFile)
            .findFirst();
  }

  private static String shortName(String name) {
    return name.startsWith(LEGACY) ? name.substring(LEGACY.length()) : name;
  }

  private Optional<Path> file(String name, List<String> collections) {
    List<String> full = new ArrayList<>();
    if (name.contains(".")) {
      full.add(name);
    } else {
      collections.forEach(collection -> full.add(collection + "." + name));
    }
    return full.stream()
        .flatMap(
            each ->
                Stream.of("modules", "action")
                    .flatMap(kind -> installed.plugin(kind, each).stream()))
        .findFirst()
        .or(() -> in(actions, name))
        .or(() -> library(name));
  }
}
