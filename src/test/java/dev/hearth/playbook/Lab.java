package dev.hearth.playbook;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Source;
import dev.hearth.inventory.TestServices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A directory with playbooks and roles for one test. */
final class Lab {

  private final Path directory;
  final List<Diagnostic> warnings = new ArrayList<>();
  final PlaybookLoader loader;

  Lab(Path directory) {
    this.directory = directory;
    this.loader =
        new PlaybookLoader(
            new TestCatalog(),
            Lab::open,
            new ContentPaths(
                List.of(directory.resolve("shared")), List.of(directory.resolve("installed"))),
            Map.of(),
            warnings::add,
            new EarlyValues(TestServices.templar(), Map.of()));
  }

  /** Opens plain files; a file whose name starts with "secret" counts as decrypted. */
  private static Source open(Path file) {
    try {
      boolean secret = file.getFileName().toString().startsWith("secret");
      return new Source(file.toString(), Files.readString(file), secret);
    } catch (IOException failure) {
      throw Diagnostic.error(ExitCode.NOT_FOUND, "cannot read " + file)
          .because(String.valueOf(failure.getMessage()))
          .failure();
    }
  }

  Lab with(String name, String text) {
    try {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return this;
  }

  Lab with(Map<String, String> files) {
    files.forEach(this::with);
    return this;
  }

  Path path(String name) {
    return directory.resolve(name);
  }

  Playbook load(String name) {
    return loader.load(directory.resolve(name));
  }

  Play play(String text) {
    with("play.yml", text);
    return load("play.yml").plays().getFirst();
  }

  /** The tasks of a play with this list of tasks. */
  List<Entry> tasks(String text) {
    return play("- hosts: all\n  tasks:\n" + text.indent(4)).tasks();
  }

  Task task(String text) {
    return (Task) tasks(text).getFirst();
  }

  /** Everything that is found wrong, as people read it, without the directory's own name. */
  String findings(String name) {
    warnings.clear();
    List<Diagnostic> found;
    try {
      load(name);
      found = warnings;
    } catch (HearthException refused) {
      found = refused.diagnostics();
    }
    return found.stream()
        .map(Diagnostic::render)
        .collect(Collectors.joining("\n"))
        .replace(directory + "/", "")
        .replace(directory.toString(), ".");
  }
}
