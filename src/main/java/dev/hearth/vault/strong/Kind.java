package dev.hearth.vault.strong;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What is encrypted, and so how its body is written. */
public enum Kind {
  /** A text, line by line. */
  LINES("lines"),
  /** Any bytes. */
  BLOB("blob"),
  /** One value inside of a file. */
  VALUE("value");

  private static final int LONGEST_LINE = 65_536;
  private static final int MOST_LINES = 100_000;

  private final String word;

  Kind(String word) {
    this.word = word;
  }

  /** The word of the header line. */
  String word() {
    return word;
  }

  static Optional<Kind> of(String word) {
    for (Kind kind : values()) {
      if (kind.word.equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** How a whole file is written: line by line if it is a text. */
  public static Kind ofFile(byte[] plain) {
    int lines = 0;
    int length = 0;
    for (byte one : plain) {
      length = one == '\n' ? 0 : length + 1;
      lines += one == '\n' ? 1 : 0;
      if (one == 0 || length > LONGEST_LINE || lines > MOST_LINES) {
        return BLOB;
      }
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(plain));
      return LINES;
    } catch (CharacterCodingException bytes) {
      return BLOB;
    }
  }
}
