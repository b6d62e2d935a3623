package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * A plain text in the hands of an editor, until it is good, unchanged or given up. The file is read
 * by its name each time, because many editors write a new file and rename it.
 */
final class EditedText implements AutoCloseable {

  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private final EditTools tools;
  private final Scratch scratch;
  private final Path file;
  private final byte[] before;
  private final boolean value;

  /**
   * Takes the bytes over and wipes them when it is closed.
   *
   * @param value whether it is one value, to which a line end that an editor adds would belong
   */
  EditedText(EditTools tools, String name, byte[] before, boolean value) {
    this.tools = tools;
    this.value = value;
    this.before = before;
    this.scratch = tools.places().open(tools.files());
    try {
      this.file = scratch.file(name, before);
    } catch (RuntimeException | Error failure) {
      scratch.close();
      throw failure;
    }
  }

  /** Keeps a text that does not become the file. */
  @FunctionalInterface
  interface Drafts {
    /** What {@code vault edit} calls it now. */
    String keep(byte[] text);
  }

  /**
   * Lets the person edit.
   *
   * @param name the name of the file, for its check
   * @param drafts keeps what the person wrote when it cannot become the file
   * @return the new text; empty when nothing was changed or the change was dropped
   */
  Optional<byte[]> edit(String name, Drafts drafts) {
    for (; ; ) {
      Editor.Ending ending = ended(drafts);
      Optional<byte[]> read = read();
      if (ending.status() != 0) {
        throw failed(ending.status(), kept(read.filter(this::isChanged), drafts)).failure();
      }
      byte[] text = read.orElseThrow(() -> vanished().failure());
      if (!isChanged(text)) {
        if (ending.took().compareTo(AT_ONCE) < 0) {
          if (tools.dialogue().finishedElsewhere()) {
            text = read().orElseThrow(() -> vanished().failure());
          } else {
            tools.dialogue().tell(atOnce());
          }
        }
        if (!isChanged(text)) {
          return Optional.empty();
        }
      }
      text = lineEnds(text);
      Optional<Diagnostic> problem = tools.check().problem(name, text);
      if (problem.isEmpty()) {
        return Optional.of(text);
      }
      switch (tools.dialogue().broken(problem.get())) {
        case AGAIN -> Arrays.fill(text, (byte) 0);
        case DRAFT -> throw notGood(problem.get(), kept(Optional.of(text), drafts)).failure();
        case DROP -> {
          Arrays.fill(text, (byte) 0);
          return Optional.empty();
        }
      }
    }
  }

  /** Whatever ends the editor, what the person has saved so far is kept. */
  private Editor.Ending ended(Drafts drafts) {
    try {
      return tools.editor().edit(file);
    } catch (HearthException stopped) {
      Optional<byte[]> saved = read().filter(this::isChanged);
      if (saved.isEmpty()) {
        throw stopped;
      }
      Diagnostic first = stopped.diagnostics().getFirst();
      throw first.next(kept(saved, drafts)).failure();
    }
  }

  private Optional<byte[]> read() {
    try {
      return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** An editor that adds or strips the last line end has changed nothing by that. */
  private boolean isChanged(byte[] text) {
    return !Arrays.equals(text, before)
        && !(text.length == before.length + 1 && endsLine(text) && startsAlike(text))
        && !(text.length == before.length - 1 && endsLine(before) && startsAlike(text));
  }

  private boolean startsAlike(byte[] text) {
    int length = Math.min(text.length, before.length);
    return Arrays.equals(text, 0, length, before, 0, length);
  }

  private static boolean endsLine(byte[] text) {
    return text.length > 0 && text[text.length - 1] == '\n';
  }

  private byte[] lineEnds(byte[] text) {
    if (value && !endsLine(before) && endsLine(text)) {
      byte[] bare = Arrays.copyOf(text, text.length - 1);
      Arrays.fill(text, (byte) 0);
      return bare;
    }
    if (!endsLine(before) || endsLine(text) || text.length == 0) {
      return text;
    }
    tools
        .dialogue()
        .tell(
            Diagnostic.warning("the editor left out the line end of the last line")
                .because("the file ended with one before, so it is written with one")
                .next("nothing, unless you took it away on purpose: then use vault encrypt"));
    byte[] whole = Arrays.copyOf(text, text.length + 1);
    whole[text.length] = '\n';
    Arrays.fill(text, (byte) 0);
    return whole;
  }

  private static String kept(Optional<byte[]> text, Drafts drafts) {
    return text.map(
            changed -> {
              String draft = drafts.keep(changed);
              Arrays.fill(changed, (byte) 0);
              return "what you wrote is kept, encrypted: hearth vault edit " + draft;
            })
        .orElse("nothing was changed in the text; edit again");
  }

  private static Diagnostic failed(int status, String next) {
    String how =
        switch (status) {
          case 126 -> "it cannot be executed (status 126)";
          case 127 -> "there is no such program (status 127)";
          default ->
              status > 128
                  ? "it was ended by signal " + (status - 128)
                  : "it ended with status " + status;
        };
    return Diagnostic.error(ExitCode.FAILED, "the editor failed; the file is as it was")
        .because(how + "; the editor is what VISUAL or EDITOR names, else vi")
        .next(next);
  }

  private static Diagnostic vanished() {
    return Diagnostic.error(ExitCode.FAILED, "the editor removed the text; the file is as it was")
        .because("nothing stands under the name that it was given")
        .next("edit again, or remove the file itself if that is what you mean");
  }

  private static Diagnostic atOnce() {
    return Diagnostic.warning("the editor came back at once, without a change")
        .because("some editors hand the file to a window that is open and do not wait for it")
        .next("tell it to wait, such as EDITOR='code --wait' or EDITOR='subl -w'");
  }

  private static Diagnostic notGood(Diagnostic problem, String next) {
    return Diagnostic.error(
            ExitCode.INVALID, "the edited text is not written: " + problem.summary())
        .because(
            problem.at().map(at -> "line " + at.line() + ", column " + at.column()).orElse("")
                + (problem.why().isEmpty() ? "" : "; " + problem.why())
                + "\nthe file is as it was")
        .next(next);
  }

  @Override
  public void close() {
    Arrays.fill(before, (byte) 0);
    scratch.close();
  }
}
