package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.file.ProcessMark;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where plain text may lie while it is edited: in memory (tmpfs), and on a disk only when the user
 * says so. The directories are named after the process, so that the next start finds those of
 * processes that died.
 *
 * @param inMemory the directories to look at, the best one first
 * @param onDisk where to go if none of them is in memory; none means that this is refused
 */
public record ScratchPlaces(List<Path> inMemory, Optional<Path> onDisk) {

  private static final Set<String> MEMORY = Set.of("tmpfs", "ramfs");
  private static final Pattern NAME =
      Pattern.compile("hearth-vault-(\\d{1,18})-(\\d{1,18})-[0-9a-f-]+");

  /** Keeps its own copy. */
  public ScratchPlaces {
    inMemory = List.copyOf(inMemory);
  }

  /**
   * A new directory for one edit.
   *
   * @throws dev.hearth.diag.HearthException if there is no place in memory and none on a disk is
   *     allowed
   */
  Scratch open(FileLayer files) {
    Path place =
        place()
            .orElseThrow(
                () ->
                    Diagnostic.error(
                            ExitCode.FAILED, "there is no place in memory for the plain text")
                        .because(
                            "none of these is a tmpfs that we may write to: "
                                + inMemory
                                + "; on a disk deleted text can be found again")
                        .next("set XDG_RUNTIME_DIR to a tmpfs, or accept it: --allow-disk")
                        .failure());
    ProcessMark own = ProcessMark.own();
    String name = "hearth-vault-" + own.pid() + "-" + own.started() + "-" + UUID.randomUUID();
    return Scratch.in(place, name, files);
  }

  /** The first place that may be used. */
  Optional<Path> place() {
    return inMemory.stream().filter(ScratchPlaces::usable).findFirst().or(() -> onDisk);
  }

  private static boolean usable(Path directory) {
    return Files.isDirectory(directory)
        && Files.isWritable(directory)
        && FileSystemType.of(directory).filter(MEMORY::contains).isPresent();
  }

  /**
   * Overwrites and removes what processes that died have left.
   *
   * @return what was removed, and what could not be
   */
  public List<Diagnostic> sweep(FileLayer files) {
    List<Diagnostic> told = new ArrayList<>();
    List<Path> places = new ArrayList<>(inMemory);
    onDisk.ifPresent(places::add);
    for (Path place : places) {
      for (Path left : abandoned(place)) {
        try {
          Scratch.wipe(files, left);
          told.add(
              Diagnostic.warning("an edit that died had left plain text in " + left)
                  .next("it is overwritten and removed now"));
        } catch (IOException failure) {
          told.add(
              Diagnostic.warning("an edit that died has left plain text in " + left)
                  .because("it cannot be removed: " + failure)
                  .next("remove it by hand: rm -r " + left));
        }
      }
    }
    return told;
  }

  private static List<Path> abandoned(Path place) {
    List<Path> found = new ArrayList<>();
    if (!Files.isDirectory(place)) {
      return found;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(place, "hearth-vault-*")) {
      for (Path entry : entries) {
        Matcher name = NAME.matcher(String.valueOf(entry.getFileName()));
        if (name.matches()
            && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
            && Files.isReadable(entry)
            && !new ProcessMark(Long.parseLong(name.group(1)), Long.parseLong(name.group(2)))
                .isAlive()) {
          found.add(entry);
        }
      }
    } catch (IOException unreadable) {
      // A place that we cannot list is none that we have used.
      return List.of();
    }
    return found;
  }
}
