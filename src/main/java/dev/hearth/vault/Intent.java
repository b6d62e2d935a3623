package dev.hearth.vault;

import dev.hearth.file.ProcessMark;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process is about to rename, on the disk before it begins, so that the next one can bring
 * it to an end ({@link Intents}). It holds names only, nothing of what the files hold.
 */
final class Intent {

  /** Which state of the files the renames lead to. */
  enum Towards {
    NEW,
    OLD
  }

  /** A file that takes another one's place if that still is the expected one. */
  record Rename(Path from, Path to, FileIdentity onlyIf) {}

  /** What a file of this kind tells. */
  record Content(Towards towards, List<Rename> renames) {}

  private static final String TITLE = "hearth vault intent 1 ";
  private static final Pattern LINE =
      Pattern.compile("(file:[!-~]+) (file:[!-~]+) (\\d+\\.\\d+\\.-?\\d+)\n");
  private static final Pattern NAME =
      Pattern.compile("(\\d{1,18})-(\\d{1,18})-[0-9a-f-]+\\.(intent|tmp)");

  private final FileLayer files;
  private final Path file;

  private Intent(FileLayer files, Path file) {
    this.files = files;
    this.file = file;
  }

  /** Writes one down; when this returns it is on the disk, and when it fails nothing is. */
  static Intent written(FileLayer files, Path directory, Towards towards, List<Rename> renames)
      throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    ProcessMark own = ProcessMark.own();
    String name = own.pid() + "-" + own.started() + "-" + UUID.randomUUID();
    Intent intent = new Intent(files, directory.resolve(name + ".intent"));
    try {
      intent.write(towards, renames);
    } catch (IOException failure) {
      intent.remove();
      throw failure;
    }
    return intent;
  }

  /** Puts others in the place of all renames. */
  void write(Towards towards, List<Rename> renames) throws IOException {
    StringBuilder text = new StringBuilder(TITLE + towards + "\n");
    renames.forEach(rename -> text.append(line(rename)));
    Path temporary = file.resolveSibling(file.getFileName().toString().replace("intent", "tmp"));
    try {
      files.create(temporary);
      files.append(temporary, text.toString().getBytes(StandardCharsets.US_ASCII));
      files.flush(temporary);
      files.rename(temporary, file);
      files.flush(file.resolveSibling(""));
    } catch (IOException failure) {
      files.delete(temporary);
      throw failure;
    }
  }

  /** Adds one; when this returns it is on the disk. */
  void add(Rename rename) throws IOException {
    files.append(file, line(rename).getBytes(StandardCharsets.US_ASCII));
    files.flush(file);
  }

  private static String line(Rename rename) {
    return rename.from().toUri() + " " + rename.to().toUri() + " " + rename.onlyIf().text() + "\n";
  }

  /** All is done. One that stays behind does no harm: its renames expect files that are gone. */
  void remove() {
    try {
      files.delete(file);
      files.flush(file.resolveSibling(""));
    } catch (IOException stays) {
      return;
    }
  }

  /** Whether a file of this name was left by a process that died. */
  static boolean isLeft(Path entry) {
    Matcher name = NAME.matcher(String.valueOf(entry.getFileName()));
    return name.matches()
        && !new ProcessMark(Long.parseLong(name.group(1)), Long.parseLong(name.group(2))).isAlive();
  }

  /** What a file tells; none if it was never whole. A last line that is cut was never begun. */
  static Optional<Content> read(Path entry) throws IOException {
    String text = Files.readString(entry, StandardCharsets.ISO_8859_1);
    for (Towards towards : Towards.values()) {
      String title = TITLE + towards + "\n";
      if (text.startsWith(title)) {
        List<Rename> renames = new ArrayList<>();
        Matcher line = LINE.matcher(text).region(title.length(), text.length());
        while (line.lookingAt()) {
          renames.add(
              new Rename(
                  Path.of(URI.create(line.group(1))),
                  Path.of(URI.create(line.group(2))),
                  new FileIdentity(line.group(3))));
          line.region(line.end(), text.length());
        }
        return Optional.of(new Content(towards, renames));
      }
    }
    return Optional.empty();
  }
}
