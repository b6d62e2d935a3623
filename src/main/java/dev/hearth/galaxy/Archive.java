package dev.hearth.galaxy;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Unpacks tar archives that nobody has to trust: what has an absolute name, leads out of the
 * directory by {@code ..} or by a link, or is neither file, directory nor link, is refused. The
 * modes that it gives are 0755 and 0644.
 */
final class Archive {

  private static final long MOST_BYTES = 4L * 1024 * 1024 * 1024;
  private static final int MOST_ENTRIES = 200_000;
  private static final Set<PosixFilePermission> RUN = PosixFilePermissions.fromString("rwxr-xr-x");
  private static final Set<PosixFilePermission> READ = PosixFilePermissions.fromString("rw-r--r--");

  private final String shown;
  private final Location at;
  private final Path into;

  private Archive(String shown, Location at, Path into) {
    this.shown = shown;
    this.at = at;
    this.into = into;
  }

  /**
   * Unpacks an archive, compressed with gzip, bzip2, xz or not at all, into an empty directory.
   *
   * @param shown what it is called in messages
   * @param at where it was asked for
   * @throws HearthException if it is damaged or dangerous; what was unpacked until then stays
   */
  static void unpack(Path archive, String shown, Location at, Path into) {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive))) {
      file.mark(8);
      byte[] start = file.readNBytes(6);
      file.reset();
      Optional<Decompressor> program = Decompressor.of(start);
      if (program.isPresent()) {
        program
            .get()
            .read(
                archive,
                shown,
                at,
                inside -> new Archive(shown, at, into).all(new TarReader(inside)));
        return;
      }
      unpack(plain(file, start, shown, at), shown, at, into);
    } catch (IOException damaged) {
      throw damaged(shown, at, damaged);
    }
  }

  /** The same for a stream that is not compressed. */
  static void unpack(InputStream tar, String shown, Location at, Path into) {
    try {
      new Archive(shown, at, into).all(new TarReader(tar));
    } catch (IOException damaged) {
      throw damaged(shown, at, damaged);
    }
  }

  private static InputStream plain(InputStream file, byte[] start, String shown, Location at)
      throws IOException {
    if (start.length > 1 && start[0] == 0x1F && (start[1] & 0xFF) == 0x8B) {
      return new BufferedInputStream(new GZIPInputStream(file));
    }
    if (start.length > 2 && start[0] == 'P' && start[1] == 'K') {
      throw Diagnostic.error(at, shown + " is no archive that Hearth unpacks")
          .exit(ExitCode.FAILED)
          .because("it is a zip file; roles and collections are tar archives")
          .next("use a .tar.gz; every forge makes one")
          .failure();
    }
    return file;
  }

  private static HearthException damaged(String shown, Location at, IOException failure) {
    return Diagnostic.error(at, "cannot unpack " + shown)
        .exit(ExitCode.FAILED)
        .because(Optional.ofNullable(failure.getMessage()).orElse(failure.toString()))
        .next("check that it is a whole .tar.gz; nothing of it was installed")
        .failure();
  }

  private void all(TarReader tar) throws IOException {
    long bytes = 0;
    int entries = 0;
    for (Optional<TarReader.Entry> next = tar.next(); next.isPresent(); next = tar.next()) {
      TarReader.Entry entry = next.get();
      bytes += entry.size();
      if (++entries > MOST_ENTRIES || bytes > MOST_BYTES) {
        throw dangerous(entry, "it holds more than anything of that kind does");
      }
      Path target = target(entry);
      if (target.equals(into)) {
        continue;
      }
      parents(target, entry);
      one(entry, target, tar);
    }
  }

  private void one(TarReader.Entry entry, Path target, TarReader tar) throws IOException {
    boolean directory = Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS);
    if (entry.kind() == TarReader.Kind.DIRECTORY) {
      if (!directory) {
        Files.deleteIfExists(target);
        Files.createDirectory(target);
        Files.setPosixFilePermissions(target, RUN);
      }
      return;
    }
    if (directory) {
      throw dangerous(entry, "it would replace a directory");
    }
    Files.deleteIfExists(target);
    switch (entry.kind()) {
      case FILE -> {
        Files.copy(tar.content(), target);
        Files.setPosixFilePermissions(target, entry.executable() ? RUN : READ);
      }
      case SYMBOLIC_LINK -> link(entry, target);
      case HARD_LINK -> {
        Path original = inside(entry, entry.link(), into);
        parents(original, entry);
        if (!Files.isRegularFile(original, LinkOption.NOFOLLOW_LINKS)) {
          throw dangerous(entry, "its other name '" + entry.link() + "' is no file before it");
        }
        Files.copy(original, target, StandardCopyOption.COPY_ATTRIBUTES);
      }
      default -> throw dangerous(entry, "it is neither file, directory nor link");
    }
  }

  private Path target(TarReader.Entry entry) {
    return inside(entry, entry.name(), into);
  }

  private Path inside(TarReader.Entry entry, String name, Path from) {
    if (name.startsWith("/")) {
      throw dangerous(entry, "'" + name + "' is absolute");
    }
    try {
      Path relative = Path.of(name);
      for (Path part : relative) {
        if (part.toString().equals("..")) {
          throw dangerous(entry, "'" + name + "' has '..' in it");
        }
      }
      return from.resolve(relative).normalize();
    } catch (InvalidPathException impossible) {
      throw dangerous(entry, "no file can have this name");
    }
  }

  /** Makes the directories above a target; none of them may be a link. */
  private void parents(Path target, TarReader.Entry entry) throws IOException {
    Path path = into;
    Path relative = into.relativize(target);
    for (int part = 0; part < relative.getNameCount() - 1; part++) {
      path = path.resolve(relative.getName(part));
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(path);
        Files.setPosixFilePermissions(path, RUN);
      } else if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        throw dangerous(entry, "it lies below a link or a file");
      }
    }
  }

  /**
   * Makes a link that stays inside. Its {@code ..} may only stand at its start: there they lead
   * through directories that are none of the archive's links.
   */
  private void link(TarReader.Entry entry, Path target) throws IOException {
    String to = entry.link();
    if (to.isEmpty() || to.startsWith("/")) {
      throw dangerous(entry, "it is a link to '" + to + "'");
    }
    try {
      Path destination = Path.of(to);
      int depth = into.relativize(target).getNameCount() - 1;
      boolean named = false;
      for (Path part : destination) {
        if (!part.toString().equals("..")) {
          named = true;
        } else if (named || --depth < 0) {
          throw dangerous(entry, "the link leads out of it: " + to);
        }
      }
      Files.createSymbolicLink(target, destination);
    } catch (InvalidPathException impossible) {
      throw dangerous(entry, "it is a link to no possible name");
    }
  }

  private HearthException dangerous(TarReader.Entry entry, String why) {
    String name = entry.name().replaceAll("\\p{Cntrl}", "?");
    return Diagnostic.error(at, shown + " is dangerous to unpack")
        .exit(ExitCode.FAILED)
        .because("the entry '" + name + "': " + why)
        .next("do not use it; nothing of it was installed")
        .failure();
  }
}
