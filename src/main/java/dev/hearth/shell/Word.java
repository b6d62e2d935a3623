package dev.hearth.shell;

import dev.hearth.value.Value;

/**
 * One argument of a command, exactly as the command shall see it. It is quoted by {@link Renderer}
 * and nobody else.
 */
public sealed interface Word {

  /** An argument that may be shown. */
  record Plain(String text) implements Word {}

  /**
   * An argument that prints as {@code ***}. It must never become an argument of a program, only of
   * a shell builtin.
   */
  record Hidden(Value.Secret secret) implements Word {}

  /** A plain argument. */
  static Word of(String text) {
    return new Plain(text);
  }

  /** A plain or hidden argument, as the text is. */
  static Word of(Value.Textual text) {
    return switch (text) {
      case Value.Text plain -> new Plain(plain.value());
      case Value.Secret secret -> new Hidden(secret);
    };
  }
}
