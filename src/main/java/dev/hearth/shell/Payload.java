package dev.hearth.shell;

import dev.hearth.value.Value;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

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

  /** No input: the script reads end of file at once. */
  static Payload none() {
    return new Nothing();
  }

  /** Text as input. */
  static Payload of(Value.Textual text) {
    return new Inline(text);
  }

  /** The number of bytes that will be sent. */
  default long length() {
    return switch (this) {
      case Nothing nothing -> 0;
      case Inline inline -> inline.text().reveal().getBytes(StandardCharsets.UTF_8).length;
      case Binary binary -> binary.bytes().length;
      case LocalFile local -> local.size();
      case Joined joined -> joined.parts().stream().mapToLong(Payload::length).sum();
    };
  }
}
