package dev.hearth.fact;

import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A file's content as far as a difference shows it. A large file is not read as a whole.
 *
 * @param path on the host
 */
public record FileExcerpt(String path) implements Fact<FileExcerpt.Content> {

  /** Larger files are not shown; Ansible's {@code MAX_FILE_SIZE_FOR_DIFF}. */
  public static final int MOST = 104_448;

  /**
   * What is there.
   *
   * @param exists whether there is a file
   * @param binary whether it holds bytes that no text has
   * @param larger whether it is longer than {@link FileExcerpt#MOST}
   * @param text its content; empty when it is one of the others
   */
  public record Content(boolean exists, boolean binary, boolean larger, String text) {

    /** There is no file. */
    public static final Content ABSENT = new Content(false, false, false, "");
  }

  @Override
  public String key() {
    return "excerpt " + path;
  }

  @Override
  public Script probe() {
    return Script.of(
        "[ -e \"$1\" ] || exit 0\necho\nhead -c \"$2\" -- \"$1\"\n",
        path,
        Integer.toString(MOST + 1));
  }

  @Override
  public Content parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact("cannot read " + path + ": " + answer.err().strip());
    }
    if (answer.stdout().length == 0) {
      return Content.ABSENT;
    }
    return of(Arrays.copyOfRange(answer.stdout(), 1, answer.stdout().length));
  }

  /** How a file with these first bytes is shown. */
  public static Content of(byte[] bytes) {
    for (byte each : bytes) {
      if (each == 0) {
        return new Content(true, true, false, "");
      }
    }
    return bytes.length > MOST
        ? new Content(true, false, true, "")
        : new Content(true, false, false, new String(bytes, StandardCharsets.UTF_8));
  }
}
