package dev.hearth.journal;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a file of records holds.
 *
 * @param name the file, for messages
 * @param header what it begins with
 * @param entries the others, in order
 * @param digits those of the last line
 * @param length how many bytes are whole lines; what follows is a line whose writing was cut off
 * @param torn how many bytes follow
 */
public record Journal(
    String name, Entry.Header header, List<Entry> entries, String digits, long length, long torn) {

  /** Keeps its own copy. */
  public Journal {
    entries = List.copyOf(entries);
  }

  /**
   * Reads a file.
   *
   * @throws HearthException when it is damaged, newer than this program, or cannot be read
   */
  public static Journal read(Path file) {
    try {
      return of(file.toString(), Files.readAllBytes(file));
    } catch (NoSuchFileException none) {
      throw Diagnostic.error(ExitCode.NOT_FOUND, "there is no " + file).failure();
    } catch (IOException unreadable) {
      throw Diagnostic.error(ExitCode.FAILED, "the records in " + file + " cannot be read")
          .because(unreadable.toString())
          .next("check owner and mode of the file and its directories")
          .failure();
    }
  }

  /**
   * What these bytes are. A last line without its end is what a crash in the middle of a write
   * leaves; it does not count. Anything else that is not as it was written is damage.
   *
   * @param name the file, for messages
   * @throws HearthException when they are damaged or newer than this program
   */
  public static Journal of(String name, byte[] bytes) {
    String before = Chain.START;
    Entry.Header header = null;
    List<Entry> entries = new ArrayList<>();
    int line = 0;
    int from = 0;
    for (int end = endOfLine(bytes, from); end >= 0; end = endOfLine(bytes, from)) {
      line++;
      String text = text(name, line, bytes, from, end);
      Entry entry = entry(name, line, text, before, header == null);
      if (header == null) {
        header = header(name, text, entry);
      } else if (entry instanceof Entry.Header) {
        throw damaged(name, line, text, "a second file begins here");
      } else {
        entries.add(entry);
      }
      before = text.substring(Chain.endOfObject(text) + 1);
      from = end + 1;
    }
    if (bytes.length - 1 > from) {
      refuseWhole(name, line + 1, bytes, from, before);
    }
    if (header == null) {
      throw damaged(name, 1, "", "it has no first line");
    }
    return new Journal(name, header, entries, before, from, (long) bytes.length - from);
  }

  /** Whether the last record says that the run ended. */
  public boolean ended() {
    return !entries.isEmpty() && entries.getLast() instanceof Entry.End;
  }

  private static int endOfLine(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static String text(String name, int line, byte[] bytes, int from, int end) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, from, end - from))
          .toString();
    } catch (CharacterCodingException wrong) {
      throw damaged(name, line, "", "it is not UTF-8");
    }
  }

  private static Entry entry(String name, int line, String text, String before, boolean first) {
    int end = Chain.endOfObject(text);
    if (end < 0) {
      throw damaged(name, line, text, "it has no digest");
    }
    String object = text.substring(0, end);
    if (!Chain.digits(before, object).equals(text.substring(end + 1))) {
      throw damaged(name, line, text, "its digest is that of another line");
    }
    try {
      return Codec.read(object);
    } catch (IllegalArgumentException unknown) {
      throw first
          ? newer(name, object, String.valueOf(unknown.getMessage()))
          : damaged(name, line, text, String.valueOf(unknown.getMessage()));
    }
  }

  private static Entry.Header header(String name, String text, Entry entry) {
    if (!(entry instanceof Entry.Header header)) {
      throw damaged(name, 1, text, "it does not say what the file is");
    }
    if (header.format() > Entry.FORMAT) {
      throw newer(name, "format " + header.format(), "written by " + header.tool());
    }
    return header;
  }

  /** Only its end is missing, so it was not cut off: the end was altered. */
  private static void refuseWhole(String name, int line, byte[] bytes, int from, String before) {
    String text = new String(bytes, from, bytes.length - 1 - from, StandardCharsets.UTF_8);
    int end = Chain.endOfObject(text);
    if (end > 0 && Chain.digits(before, text.substring(0, end)).equals(text.substring(end + 1))) {
      throw damaged(name, line, text, "the end of the line is not as it was written");
    }
  }

  private static HearthException newer(String name, String what, String why) {
    return Diagnostic.error(ExitCode.INVALID, name + " is newer than this Hearth understands")
        .because(what + ": " + why + "; this version reads format " + Entry.FORMAT)
        .next("use the version of Hearth that wrote it, or a newer one; nothing was changed")
        .failure();
  }

  private static HearthException damaged(String name, int line, String text, String why) {
    Location at = new Location(Source.of(name, "\n".repeat(line - 1) + text), line, 1);
    return Diagnostic.error(at, "the records are damaged")
        .exit(ExitCode.FAILED)
        .because("line " + line + ": " + why)
        .next(
            "nothing was changed; bring the file back from a backup; of a receipt there is another"
                + " copy, on the host or on this machine, which counts when this one is moved away")
        .failure();
  }
}
