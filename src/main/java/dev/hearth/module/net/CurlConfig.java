package dev.hearth.module.net;

import dev.hearth.module.Refusal;
import dev.hearth.shell.Payload;
import dev.hearth.value.Value;

/**
 * A configuration that curl reads from its standard input, so that nothing of it shows in the list
 * of processes. It is secret as soon as anything in it is.
 */
final class CurlConfig {

  /**
   * A shell function {@code redirected CONFIG FROM TO}: prints the configuration for the address
   * that FROM redirects to, without what only FROM or only its host may be told.
   */
  static final String REDIRECTED =
      """
      authority() {
        printf '%s\\n' "$1" | sed 's|^\\([^:]*://[^/?#]*\\).*|\\1|' | tr 'A-Z' 'a-z'
      }
      redirected() {
        case $3 in
          [hH][tT][tT][pP]://* | [hH][tT][tT][pP][sS]://*) ;;
          *) echo "$2 redirects to $3, which is not the web" >&2; return 1 ;;
        esac
        sed '/^# for the host$/,$d' "$1"
        [ "$(authority "$2")" != "$(authority "$3")" ] ||
          sed '1,/^# for the host$/d; /^# for the address$/,$d' "$1"
        printf '%s\\n' "$3" | sed 's/[\\\\"]/\\\\&/g; s/^/url = "/; s/$/"/'
      }
      """;

  private final StringBuilder text = new StringBuilder();
  private final StringBuilder host = new StringBuilder();
  private final StringBuilder address = new StringBuilder();
  private boolean secret;

  /** An option without a value. */
  CurlConfig flag(String option) {
    text.append(option).append('\n');
    return this;
  }

  /** An option with a value. */
  CurlConfig set(String option, Value.Textual value) {
    return set(text, option, value);
  }

  /** The same for the host of the address and no other that it redirects to. */
  CurlConfig forHost(String option, Value.Textual value) {
    return set(host, option, value);
  }

  /** The same for the address and none that it redirects to. */
  CurlConfig forAddress(String option, Value.Textual value) {
    return set(address, option, value);
  }

  private CurlConfig set(StringBuilder text, String option, Value.Textual value) {
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
    return set("header", line(name, value));
  }

  /** A header line for the address and none that it redirects to. */
  CurlConfig headerForAddress(String name, Value.Textual value) {
    return forAddress("header", line(name, value));
  }

  private static Value.Textual line(String name, Value.Textual value) {
    if (name.contains("\n") || value.reveal().contains("\n") || value.reveal().contains("\r")) {
      throw new Refusal("the header '" + name + "' has a line end in it");
    }
    return value.with(name + ": " + value.reveal());
  }

  /** All of it. */
  Payload payload() {
    String all =
        address.isEmpty()
            ? text.toString()
            : text + "# for the host\n" + host + "# for the address\n" + address;
    return Payload.of(secret ? new Value.Secret(all) : Value.text(all));
  }
}
