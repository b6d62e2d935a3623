package dev.hearth.vault;

import dev.hearth.file.ProcessMark;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Temporary files beside the files that are written. They are named after the process that writes,
 * so that those of processes that died can be told from those in use.
 */
final class Leftovers {

  private static final Pattern NAME =
      Pattern.compile("\\..*\\.hearth-(\\d{1,18})-(\\d{1,18})-[0-9a-f-]+\\.tmp");

  private Leftovers() {}

  /** A name beside the file that nobody else uses. */
  static Path temporaryOf(Path file) {
    ProcessMark own = ProcessMark.own();
    return file.resolveSibling(
        "."
            + file.getFileName()
            + ".hearth-"
            + own.pid()
            + "-"
            + own.started()
            + "-"
            + UUID.randomUUID()
            + ".tmp");
  }

  /** Whether a file is one of these, of whatever process. */
  static boolean isTemporary(Path file) {
    return NAME.matcher(String.valueOf(file.getFileName())).matches();
  }

  /** What processes that died have left in a directory. */
  static List<Path> in(Path directory) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, ".*.hearth-*.tmp")) {
      for (Path entry : entries) {
        Matcher name = NAME.matcher(String.valueOf(entry.getFileName()));
        if (name.matches()
            && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)
            && !new ProcessMark(Long.parseLong(name.group(1)), Long.parseLong(name.group(2)))
                .isAlive()) {
          found.add(entry);
        }
      }
    }
    return found;
  }

  /** Overwrites and removes them; one that others own stays. */
  static void sweep(FileLayer files, Path directory) throws IOException {
    for (Path left : in(directory)) {
      if (Files.isWritable(left)) {
        files.overwrite(left);
        files.delete(left);
      }
    }
  }
}
