package dev.hearth.galaxy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes tar archives for tests, good ones and others; compressed when the name says so. */
final class Tarball {

  private final Path file;
  private final TarArchiveOutputStream tar;

  Tarball(Path file) throws IOException {
    this.file = file;
    OutputStream out = Files.newOutputStream(file);
    this.tar =
        new TarArchiveOutputStream(
            file.toString().endsWith("gz") ? new GZIPOutputStream(out) : out, "UTF-8");
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
  }

  Tarball file(String name, String text) throws IOException {
    return file(name, text, 0644);
  }

  Tarball program(String name, String text) throws IOException {
    return file(name, text, 04755);
  }

  private Tarball file(String name, String text, int mode) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_NORMAL, true);
    entry.setSize(bytes.length);
    entry.setMode(mode);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
    return this;
  }

  Tarball directory(String name) throws IOException {
    return entry(new TarArchiveEntry(name, TarConstants.LF_DIR, true));
  }

  Tarball pipe(String name) throws IOException {
    return entry(new TarArchiveEntry(name, TarConstants.LF_FIFO, true));
  }

  Tarball link(String name, String target) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK, true);
    entry.setLinkName(target);
    return entry(entry);
  }

  Tarball hardLink(String name, String target) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_LINK, true);
    entry.setLinkName(target);
    return entry(entry);
  }

  private Tarball entry(TarArchiveEntry entry) throws IOException {
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
    return this;
  }

  Path close() throws IOException {
    tar.close();
    return file;
  }
}
