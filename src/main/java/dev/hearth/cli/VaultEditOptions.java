package dev.hearth.cli;

import dev.hearth.vault.DiskFiles;
import dev.hearth.vault.EditTools;
import dev.hearth.vault.Editor;
import dev.hearth.vault.ProgramEditor;
import dev.hearth.vault.ScratchPlaces;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** How vault files are edited. */
final class VaultEditOptions {

  @Option(
      names = "--allow-disk",
      description =
          "if no memory file system is there, let the plain text lie in the temporary directory of"
              + " the disk while it is edited; deleted text can be found again there")
  private boolean allowDisk;

  /** The tools, after what an edit that died has left was swept away. */
  EditTools tools(Environment environment) {
    DiskFiles files = new DiskFiles();
    return new EditTools(
        files,
        places(environment, files),
        file -> edit(file, environment),
        new TerminalEditDialogue(environment),
        new VaultTextCheck(),
        Clock.systemUTC());
  }

  /** Ctrl-C is the editor's; a signal that is ours ends the editor, and the text is kept. */
  private static Editor.Ending edit(Path file, Environment environment) {
    Editor program =
        new ProgramEditor(program(environment), Set.of(VaultOptions.PASSWORD_VARIABLE));
    if (!environment.ownsProcess()) {
      return program.edit(file);
    }
    Thread editing = Thread.currentThread();
    try (Signals signals = new Signals()) {
      signals.on(List.of("INT"), () -> {}).on(List.of("TERM", "HUP"), editing::interrupt);
      return program.edit(file);
    }
  }

  /** Where plain text may lie, after what died there was swept away. */
  ScratchPlaces places(Environment environment, DiskFiles files) {
    ScratchPlaces places = places(environment);
    places.sweep(files).forEach(finding -> environment.err().println(finding.render()));
    return places;
  }

  private ScratchPlaces places(Environment environment) {
    List<Path> memory = new ArrayList<>();
    Optional.ofNullable(environment.variables().get("XDG_RUNTIME_DIR"))
        .filter(place -> place.startsWith("/"))
        .map(Path::of)
        .ifPresent(memory::add);
    memory.add(Path.of("/dev/shm"));
    String disk = environment.variables().getOrDefault("TMPDIR", "/tmp");
    return new ScratchPlaces(memory, allowDisk ? Optional.of(Path.of(disk)) : Optional.empty());
  }

  private static String program(Environment environment) {
    return Stream.of("VISUAL", "EDITOR")
        .map(name -> environment.variables().getOrDefault(name, ""))
        .filter(value -> !value.isBlank())
        .findFirst()
        .orElse("vi");
  }
}
