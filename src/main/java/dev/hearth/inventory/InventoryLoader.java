package dev.hearth.inventory;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads inventory sources in order, each adding to what the ones before it said: YAML and INI
 * files, programs, inventory plugins, directories of all these, and lists of hosts with commas.
 */
public final class InventoryLoader {

  private static final Set<String> NOT_IN_DIRECTORIES =
      Set.of("group_vars", "host_vars", "vars_plugins");
  private static final Pattern YAML_LINE =
      Pattern.compile("---.*|[{].*|[^\\s=\\[]+:(\\s.*)?|[\"'].*[\"']:.*");

  private final InventoryServices services;

  /** Reads sources with the help of these. */
  public InventoryLoader(InventoryServices services) {
    this.services = services;
  }

  /**
   * The inventory of these sources.
   *
   * @param sources as {@code -i} names them; none gives an inventory without hosts
   * @param workingDirectory what relative names are relative to
   * @throws HearthException if a source does not exist, with {@link ExitCode#NO_HOSTS}, or cannot
   *     be read
   */
  public Inventory load(List<String> sources, Path workingDirectory) {
    Draft draft = new Draft(services.combine());
    Set<Path> directories = new LinkedHashSet<>();
    for (String source : sources) {
      Path path = path(source, workingDirectory);
      if (source.contains(",") && !Files.exists(path)) {
        hostList(source, draft);
      } else {
        read(path, workingDirectory, draft, directories);
        directories.add(directoryOf(path));
      }
    }
    return draft.finish(List.copyOf(directories));
  }

  private static Path path(String source, Path workingDirectory) {
    try {
      return workingDirectory.resolve(source).toAbsolutePath().normalize();
    } catch (InvalidPathException wrong) {
      throw missing(source);
    }
  }

  private static HearthException missing(String source) {
    return Diagnostic.error(ExitCode.NO_HOSTS, "there is no inventory " + source)
        .because(
            "an inventory is a YAML or INI file, a program, a directory of them, or a list of hosts"
                + " with a comma")
        .next("name one: -i inventory/hosts.yml, or -i host01, (with its comma) for a single host")
        .failure();
  }

  /** Where {@code group_vars} and {@code host_vars} of a source are. */
  private static Path directoryOf(Path path) {
    Path parent = path.getParent();
    return Files.isDirectory(path) || parent == null ? path : parent;
  }

  private static void hostList(String list, Draft draft) {
    Location start = Location.startOf(Source.of("-i " + list, list));
    int offset = 0;
    for (String written : list.split(",")) {
      if (!written.isBlank()) {
        Location at = start.plus(0, offset);
        HostNames hosts = HostNames.parse(written.strip(), at);
        for (String name : hosts.names()) {
          draft.addHost(name, Group.UNGROUPED, at, null);
          hosts.port().ifPresent(port -> draft.setPort(name, port, at));
        }
      }
      offset += written.length() + 1;
    }
  }

  private void read(Path path, Path workingDirectory, Draft draft, Set<Path> processed) {
    if (Files.isDirectory(path)) {
      children(path).forEach(child -> read(child, workingDirectory, draft, processed));
      return;
    }
    if (!Files.exists(path)) {
      throw missing(path.toString());
    }
    if (InventoryProgram.is(path)) {
      InventoryProgram program =
          new InventoryProgram(path, workingDirectory, services.environment(), services.patience());
      new ScriptSource(draft, program).read();
      return;
    }
    refuseForeign(path);
    Source source = services.files().open(path);
    if (isYaml(path, source)) {
      YamlReader.read(source)
          .ifPresent(document -> yaml(path, document, draft, List.copyOf(processed)));
    } else {
      new IniSource(draft, source, path).read();
    }
  }

  private void yaml(Path path, Node document, Draft draft, List<Path> processed) {
    Optional<Node.Scalar> plugin = PluginSource.plugin(document);
    if (plugin.isPresent()) {
      new PluginSource(draft, path, services).read(plugin.get(), document, processed);
    } else {
      new YamlSource(draft, path).read(document);
    }
  }

  private static void refuseForeign(Path path) {
    if (InventoryProgram.looksLikeOne(path)) {
      throw Diagnostic.error(
              ExitCode.INVALID, "the inventory " + path + " is a program that may not be executed")
          .because("it begins as a program does, but you have no right to execute it")
          .next("allow it: chmod +x " + path)
          .failure();
    }
    if (path.toString().endsWith(".toml")) {
      throw Diagnostic.error(ExitCode.INVALID, "the inventory " + path + " is written in TOML")
          .because("inventories are YAML, INI, programs, plugins and lists with commas")
          .next(
              "write its hosts to a file: ansible-inventory -i "
                  + path
                  + " --list --yaml --output hosts.yml")
          .failure();
    }
  }

  private static boolean isYaml(Path path, Source source) {
    String name = String.valueOf(path.getFileName());
    if (name.endsWith(".yml") || name.endsWith(".yaml") || name.endsWith(".json")) {
      return true;
    }
    if (name.indexOf('.') > 0) {
      return false;
    }
    return source
        .text()
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && line.charAt(0) != '#')
        .findFirst()
        .filter(line -> YAML_LINE.matcher(line).matches())
        .isPresent();
  }

  private List<Path> children(Path directory) {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(this::isSource).sorted().toList();
    } catch (IOException unreadable) {
      throw Diagnostic.error(
              ExitCode.NO_HOSTS, "the inventory directory " + directory + " cannot be read")
          .because(unreadable.toString())
          .next("check its owner and mode: ls -ld " + directory)
          .failure();
    }
  }

  private boolean isSource(Path path) {
    String name = String.valueOf(path.getFileName());
    return !name.startsWith(".")
        && !NOT_IN_DIRECTORIES.contains(name)
        && services.ignoredEndings().stream().noneMatch(name::endsWith)
        && services.ignoredNames().stream().noneMatch(pattern -> pattern.matcher(name).find());
  }
}
