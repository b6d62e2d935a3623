package dev.hearth.shell;

import dev.hearth.value.Value;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a script reads on its standard input. */
public sealed interface Payload {

  /** No input. */
  record Nothing() implements Payload {}

  /** Text, perhaps secret, sent as UTF-8. */
  record Inline(Value.Textual text) implements Payload {}

  /** Bytes held in memory; for small contents that are not text. */
  record Binary(byte[] bytes) implements Payload {}

  /**
   * A file of this machine, streamed and never held in memory.
   *
   * @param file where it is
   * @param size its length in bytes when it was looked at; a file that changes meanwhile fails the
   *     transfer
   */
  record LocalFile(Path file, long size) implements Payload {}

  /** Several inputs, one after the other. */
  record Joined(List<Payload> parts) implements Payload {
    /** Keeps its own copy. */
    public Joined {
      parts = List.copyOf(parts);
    }
  }

  /**
   * Answers to what the script asks, given while it runs. Such a script runs alone. One that is not
   * to be answered any more is ended; its outcome has all that it wrote on its standard output, and
   * an exit status that no program can have: {@link #LATE} or {@link #NO_ANSWER}.
   *
   * @param questions of those that are found at the same place the first is answered
   * @param patience how long to wait for the next question, or for the end; empty for ever
   */
  record Dialogue(List<Question> questions, Optional<Duration> patience) implements Payload {

    /** Neither a question nor the end came in time. */
    public static final int LATE = 256;

    /**
     * A question came once more than there are answers. The standard error has what the script
     * wrote since the answer before, up to the question; it begins with the question's number in
     * the list, counted from 0, and a line end.
     */
    public static final int NO_ANSWER = 257;

    /** Keeps its own copy. */
    public Dialogue {
      questions = List.copyOf(questions);
    }
  }

  /**
   * What a script may ask.
   *
   * @param pattern how it is recognised in what the script writes, one character for each byte
   * @param answers sent as they are, one after the other
   * @param repeats whether the last answer is given again and again
   */
  record Question(Pattern pattern, List<Value.Textual> answers, boolean repeats) {

    /** Keeps its own copy. */
    public Question {
      answers = List.copyOf(answers);
    }
  }

  /** No input: the script reads end of file at once. */
  static Payload none() {
    return new Nothing();
  }

  /** Text as input. */
  static Payload of(Value.Textual text) {
    return new Inline(text);
  }

  /** The number of bytes that will be sent, as far as that is known. */
  default long length() {
    return switch (this) {
      case Nothing nothing -> 0;
      case Dialogue dialogue -> 0;
      case Inline inline -> inline.text().reveal().getBytes(StandardCharsets.UTF_8).length;
      case Binary binary -> binary.bytes().length;
      case LocalFile local -> local.size();
      case Joined joined -> joined.parts().stream().mapToLong(Payload::length).sum();
    };
  }
}
