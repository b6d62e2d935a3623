package dev.hearth.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a command of Hearth came to.
 *
 * @param exit the exit code
 * @param out all of standard output
 * @param err all of standard error
 */
record Outcome(int exit, String out, String err) {

  /** Both streams, to look for what must be nowhere. */
  String text() {
    return out + err;
  }

  /** A number of the recap's line for a host, such as {@code changed}. */
  int tally(String host, String what) {
    String recap = out.substring(Math.max(0, out.indexOf("PLAY RECAP")));
    Matcher line = Pattern.compile("(?m)^" + host + " +: .*\\b" + what + "=(\\d+)").matcher(recap);
    if (!line.find()) {
      throw new AssertionError("no recap with " + what + " for " + host + " in:\n" + text());
    }
    return Integer.parseInt(line.group(1));
  }
}
