package dev.hearth.module.net;

import dev.hearth.module.Refusal;
import dev.hearth.shell.Payload;
import dev.hearth.value.Value;

/**
 * A configuration that curl reads from its standard input, so that nothing of it shows in the list
 * of processes. It is secret as soon as anything in it is.
 */
final class CurlConfig {

  private final StringBuilder text = new StringBuilder();
  private boolean secret;

  /** An option without a value. */
  CurlConfig flag(String option) {
    text.append(option).append('\n');
    return this;
  }

  /** An option with a value. */
  CurlConfig set(String option, Value.Textual value) {
    secret |= value instanceof Value.Secret;
    text.append(option).append(" = \"");
    for (char c : value.reveal().toCharArray()) {
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '\u000b' -> text.append("\\v");
        case '\0' -> throw new Refusal("a web request cannot carry a zero byte in " + option);
        default -> text.append(c);
      }
    }
    text.append("\"\n");
    return this;
  }

  /** A header line. */
  CurlConfig header(String name, Value.Textual value) {
    if (name.contains("\n") || value.reveal().contains("\n") || value.reveal().contains("\r")) {
      throw new Refusal("the header '" + name + "' has a line end in it");
    }
    return set("header", value.with(name + ": " + value.reveal()));
  }

  /** All of it. */
  Payload payload() {
    return Payload.of(secret ? new Value.Secret(text.toString()) : Value.text(text.toString()));
  }
}
