package dev.hearth.vault.strong;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of an encrypted text, or its end.
 *
 * @param generation the how-manieth change wrote it
 * @param box the encrypted line; empty for the end
 * @param seal over all lines, if this was the last to be written at some time
 */
record SealedLine(long generation, String box, Optional<String> seal) {

  static final String END = "===";
  private static final Pattern LINE =
      Pattern.compile("([1-9][0-9]{0,9}) ([A-Za-z0-9+/]+)(?: ([A-Za-z0-9+/]{43}))?");
  private static final Pattern LAST =
      Pattern.compile("=== ([1-9][0-9]{0,9})(?: ([A-Za-z0-9+/]{43}))?");

  static Optional<SealedLine> parse(String text, boolean last) {
    Matcher form = (last ? LAST : LINE).matcher(text);
    return form.matches()
        ? Optional.of(
            new SealedLine(
                Long.parseLong(form.group(1)),
                last ? "" : form.group(2),
                Optional.ofNullable(form.group(last ? 2 : 3))))
        : Optional.empty();
  }

  static SealedLine end(long generation) {
    return new SealedLine(generation, "", Optional.empty());
  }

  /** What the box is bound to. */
  static byte[] bound(long generation) {
    return String.valueOf(generation).getBytes(StandardCharsets.US_ASCII);
  }

  SealedLine with(Optional<String> other) {
    return new SealedLine(generation, box, other);
  }

  /** What the seal covers. */
  String sealedText() {
    return (box.isEmpty() ? END + generation : generation + ":" + box) + "\n";
  }

  /** As it is written. */
  String text() {
    String start = box.isEmpty() ? END + " " + generation : generation + " " + box;
    return start + seal.map(sum -> " " + sum).orElse("");
  }
}
