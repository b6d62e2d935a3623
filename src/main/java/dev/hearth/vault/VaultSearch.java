package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.vault.strong.StrongText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds all encrypted files and values below a directory. */
public final class VaultSearch {

  private static final long MOST_BYTES = 64L << 20;

  private final List<Found> found = new ArrayList<>();
  private final List<Diagnostic> damaged = new ArrayList<>();

  private VaultSearch() {}

  /**
   * An encrypted text.
   *
   * @param file the file that it stands in
   * @param line the line of its header; 0 for a whole file
   * @param text the encrypted text
   */
  public record Found(Path file, int line, Ciphertext text) {

    /** The file, and the line of a value. */
    public String place() {
      return line == 0 ? file.toString() : file + ":" + line;
    }

    /** The format and its version. */
    public String format() {
      return text.version();
    }

    /** Who can open it, as far as it tells. */
    public String recipients() {
      return String.join(",", text.recipients());
    }

    /**
     * The label of the password that opens it.
     *
     * @throws HearthException if none does
     */
    public String openedBy(Vault vault) {
      Opened opened = vault.opened(text);
      Arrays.fill(opened.plain(), (byte) 0);
      return opened.secret().label();
    }
  }

  /**
   * Looks through a directory, without what version control keeps and what killed commands left, or
   * at one file.
   */
  public static VaultSearch below(Path start) {
    VaultSearch all = new VaultSearch();
    for (VaultSearch file : below(start, texts -> {}, Function.identity())) {
      all.found.addAll(file.found);
      all.damaged.addAll(file.damaged);
    }
    return all;
  }

  /**
   * The same file by file, on all cores.
   *
   * @param together is given the encrypted texts of many files before they are worked on: {@link
   *     Vault#prepare}
   * @param work is given what is in a file; may be called by several threads at once
   * @return what the work makes of each file, in the order of their names
   */
  public static <R> List<R> below(
      Path start, Consumer<List<Ciphertext>> together, Function<VaultSearch, R> work) {
    List<R> made = new ArrayList<>();
    try (Stream<Path> all = Files.walk(start)) {
      for (List<Path> files : loads(all.filter(VaultSearch::isOurs).sorted().toList())) {
        List<VaultSearch> found = files.parallelStream().map(VaultSearch::in).toList();
        together.accept(
            found.stream().flatMap(file -> file.found.stream()).map(Found::text).toList());
        made.addAll(found.parallelStream().map(work).toList());
      }
      return made;
    } catch (IOException | UncheckedIOException failure) {
      throw unreadable(start, failure);
    }
  }

  /** Files in their order, as many at a time as may be in memory together. */
  private static List<List<Path>> loads(List<Path> files) throws IOException {
    List<List<Path>> loads = new ArrayList<>();
    long bytes = MOST_BYTES;
    for (Path file : files) {
      long size = Math.min(Files.size(file), MOST_BYTES);
      bytes += size;
      if (bytes >= MOST_BYTES) {
        loads.add(new ArrayList<>());
        bytes = size;
      }
      loads.getLast().add(file);
    }
    return loads;
  }

  /**
   * Nothing, if there is something to look through: for who has to ask for a password first.
   *
   * @throws HearthException with {@link ExitCode#NOT_FOUND} otherwise
   */
  public static void require(Path start) {
    if (!Files.exists(start)) {
      throw unreadable(start, new NoSuchFileException(start.toString()));
    }
  }

  private static HearthException unreadable(Path start, Exception failure) {
    return Diagnostic.error(ExitCode.NOT_FOUND, start + " cannot be looked through")
        .because(String.valueOf(failure.getMessage()))
        .next("check the path, and owner and mode of what is in it")
        .failure();
  }

  private static VaultSearch in(Path file) {
    VaultSearch search = new VaultSearch();
    try {
      search.look(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return search;
  }

  /** What was found, by file and line. */
  public List<Found> found() {
    return List.copyOf(found);
  }

  /** What is damaged, or cannot be read. */
  public List<Diagnostic> damaged() {
    return List.copyOf(damaged);
  }

  private static boolean isOurs(Path file) {
    for (Path part : file) {
      if (part.toString().equals(".git")) {
        return false;
      }
    }
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && !Leftovers.isTemporary(file);
  }

  private void look(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      return;
    }
    try {
      byte[] content = VaultedFiles.read(file);
      if (Ciphertext.isEncrypted(content)) {
        found.add(new Found(file, 0, Ciphertext.parse(content, file.toString())));
        return;
      }
      String text = InlineValue.textOf(content);
      if (!text.contains(Envelope.MAGIC) && !text.contains(StrongText.MAGIC)) {
        return;
      }
      if (Conflict.isAround(text)) {
        throw FileEncryption.notEncrypted(content, file.toString());
      }
      InlineValue.all(text, file.toString())
          .forEach(value -> found.add(new Found(file, value.line(), value.ciphertext())));
    } catch (HearthException failure) {
      damaged.addAll(failure.diagnostics());
    }
  }
}
