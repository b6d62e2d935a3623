package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.playbook.Playbook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Plugins in Python that a repository brings with it. Hearth runs none on this machine: what needs
 * one is refused, and told where it is.
 */
final class PythonPlugins {

  private static final Pattern UNKNOWN =
      Pattern.compile("there is no (filter|test|lookup) '([^']+)'.*");

  /** So far above a file of tasks its role, or its playbook, has its plugins. */
  private static final int ABOVE = 3;

  private final Set<Path> directories = new LinkedHashSet<>();

  PythonPlugins(List<Playbook> playbooks) {
    for (Playbook playbook : playbooks) {
      Path parent = playbook.file().toAbsolutePath().normalize().getParent();
      if (parent != null) {
        directories.add(parent);
      }
    }
  }

  /**
   * All findings, those about plugins that Ansible would load unasked among them, and each about a
   * name that is not known with the plugin that has it if there is one.
   */
  List<Diagnostic> explain(Findings findings) {
    findings.addAll(loadedUnasked());
    return findings.sorted().stream().map(this::explained).toList();
  }

  private List<Diagnostic> loadedUnasked() {
    List<Diagnostic> findings = new ArrayList<>();
    for (Path directory : directories) {
      for (Path file : python(directory.resolve("vars_plugins"))) {
        findings.add(
            Diagnostic.error(start(file), "this vars plugin is written in Python")
                .because("Ansible takes variables from it, and Hearth runs no plugins in Python")
                .next(
                    "write what it gives into group_vars or host_vars, or into a program that is"
                        + " an inventory; see docs/galaxy.md"));
      }
      for (Path file : python(directory.resolve("callback_plugins"))) {
        findings.add(
            Diagnostic.warning(start(file), "this callback plugin is left out")
                .because("Hearth runs no plugins in Python")
                .next("use --json or --junit FILE for programs that read what happens"));
      }
    }
    return findings;
  }

  private Diagnostic explained(Diagnostic finding) {
    Matcher unknown = UNKNOWN.matcher(finding.summary());
    return unknown.matches()
        ? having(unknown.group(1), unknown.group(2), finding.at())
            .map(
                file ->
                    finding
                        .because(shown(file) + " has it, and Hearth runs no plugins in Python")
                        .next(
                            "write it with the filters that Hearth has, or as a macro or role;"
                                + " see docs/galaxy.md"))
            .orElse(finding)
        : finding;
  }

  private Optional<Path> having(String kind, String name, Optional<Location> at) {
    Set<Path> places = new LinkedHashSet<>();
    at.map(place -> Path.of(place.source().name()).toAbsolutePath().normalize().getParent())
        .ifPresent(parent -> above(parent, places));
    places.addAll(directories);
    String last = name.substring(name.lastIndexOf('.') + 1);
    return places.stream()
        .flatMap(place -> python(place.resolve(kind + "_plugins")).stream())
        .filter(file -> kind.equals("lookup") ? isCalled(file, last) : mentions(file, last))
        .findFirst();
  }

  private static void above(Path directory, Set<Path> places) {
    Path place = directory;
    for (int i = 0; i < ABOVE && place != null; i++) {
      places.add(place);
      place = place.getParent();
    }
  }

  private static boolean isCalled(Path file, String name) {
    return file.endsWith(name + ".py");
  }

  private static boolean mentions(Path file, String name) {
    String text = text(file);
    return text.contains("'" + name + "'") || text.contains('"' + name + '"');
  }

  private static List<Path> python(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".py") && !file.endsWith("__init__.py"))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Location start(Path file) {
    return Location.startOf(Source.of(shown(file), text(file)));
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String shown(Path file) {
    Path here = Path.of("").toAbsolutePath();
    return (file.startsWith(here) ? here.relativize(file) : file).toString();
  }
}
