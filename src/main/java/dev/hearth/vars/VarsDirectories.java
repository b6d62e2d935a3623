package dev.hearth.vars;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.SourceFiles;
import dev.hearth.inventory.AdjacentVariables;
import dev.hearth.value.Located;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/**
 * The files below {@code group_vars} and {@code host_vars}.
 *
 * <p>A file is opened only when a host of the run needs it, and once. Several threads may ask.
 */
public final class VarsDirectories implements AdjacentVariables {

  private static final List<String> ENDINGS = List.of("", ".yml", ".yaml", ".json");

  private final SourceFiles files;
  private final HashBehaviour behaviour;
  private final ConcurrentMap<Path, Map<String, Located>> read =
      // Wide enough that hosts whose files are opened at the same time seldom wait for each other.
      new ConcurrentHashMap<>(1024);

  /**
   * Reads files.
   *
   * @param files opens them, encrypted ones among them
   * @param behaviour how the mappings of several files of one directory are combined
   */
  public VarsDirectories(SourceFiles files, HashBehaviour behaviour) {
    this.files = files;
    this.behaviour = behaviour;
  }

  @Override
  public Map<String, Located> ofGroup(Path directory, String group) {
    return variables(directory.resolve("group_vars"), group);
  }

  @Override
  public Map<String, Located> ofHost(Path directory, String host) {
    return variables(directory.resolve("host_vars"), host);
  }

  /** The variables of the first file or directory that has the name; directories come first. */
  private Map<String, Located> variables(Path directory, String name) {
    if (name.indexOf('/') >= 0 || name.startsWith(".")) {
      return Map.of();
    }
    for (String ending : ENDINGS) {
      Path candidate = directory.resolve(name + ending);
      if (Files.exists(candidate)) {
        return read.computeIfAbsent(candidate, this::load);
      }
    }
    return Map.of();
  }

  private Located combined(Located weaker, Located stronger) {
    return new Located(behaviour.combined(weaker.value(), stronger.value()), stronger.at());
  }

  private Map<String, Located> load(Path path) {
    List<Path> all = Files.isDirectory(path) ? filesBelow(path) : List.of(path);
    files.prepare(all);
    Map<String, Located> variables = new LinkedHashMap<>();
    for (Map<String, Located> one :
        AllCores.map(all, file -> VariableFile.read(files.open(file)))) {
      one.forEach((name, value) -> variables.merge(name, value, this::combined));
    }
    return Collections.unmodifiableMap(variables);
  }

  /**
   * Files of a directory, sorted: those without an ending or with a known one; sub-directories only
   * if they have no ending.
   */
  private static List<Path> filesBelow(Path directory) {
    List<Path> found = new ArrayList<>();
    for (Path child : children(directory)) {
      String name = String.valueOf(child.getFileName());
      int dot = name.lastIndexOf('.');
      String ending = dot < 0 ? "" : name.substring(dot);
      if (name.startsWith(".") || name.endsWith("~")) {
        continue;
      }
      if (Files.isDirectory(child)) {
        found.addAll(ending.isEmpty() ? filesBelow(child) : List.of());
      } else if (ENDINGS.contains(ending)) {
        found.add(child);
      }
    }
    return found;
  }

  private static List<Path> children(Path directory) {
    try (Stream<Path> children = Files.list(directory)) {
      return children.sorted().toList();
    } catch (IOException unreadable) {
      throw Diagnostic.error(ExitCode.INVALID, "the directory " + directory + " cannot be read")
          .because(unreadable.toString())
          .next("check its owner and mode: ls -ld " + directory)
          .failure();
    }
  }
}
