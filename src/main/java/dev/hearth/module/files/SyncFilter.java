package dev.hearth.module.files;

import dev.hearth.module.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Rsync's rules of what is left out: the first pattern that matches decides. A pattern with a slash
 * in it matches the end of the path (with one at its beginning: from the root of the transfer), any
 * other the name; a slash at the end means directories only; {@code **} also matches slashes.
 */
final class SyncFilter {

  private record Rule(boolean out, boolean directories, Pattern pattern) {}

  private final List<Rule> rules = new ArrayList<>();

  /** Adds a rule behind those that are there. */
  void add(boolean out, String text) {
    if (text.isEmpty()) {
      throw new Refusal("a pattern of --exclude or --include is empty");
    }
    String glob = text;
    boolean directories = glob.endsWith("/");
    if (directories) {
      glob = glob.substring(0, glob.length() - 1);
    }
    boolean below = glob.endsWith("/***");
    if (below) {
      glob = glob.substring(0, glob.length() - "/***".length());
    }
    boolean anchored = glob.startsWith("/");
    boolean whole = anchored || glob.contains("/") || glob.contains("**");
    StringBuilder regex = new StringBuilder(anchored || !whole ? "" : "(?:.*/)?");
    translate(anchored ? glob.substring(1) : glob, regex);
    regex.append(below ? "(?:/.*)?" : "");
    rules.add(
        new Rule(
            out,
            directories,
            Pattern.compile(whole ? regex.toString() : "(?:.*/)?" + regex, Pattern.DOTALL)));
  }

  private static void translate(String glob, StringBuilder regex) {
    for (int i = 0; i < glob.length(); i++) {
      char next = glob.charAt(i);
      int close = next == '[' ? glob.indexOf(']', i + 2) : -1;
      if (next == '*' && glob.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else if (next == '*') {
        regex.append("[^/]*");
      } else if (next == '?') {
        regex.append("[^/]");
      } else if (close > 0) {
        String set = glob.substring(i + 1, close).replace("\\", "\\\\").replace("[", "\\[");
        regex.append('[').append(set.startsWith("!") ? "^" + set.substring(1) : set).append(']');
        i = close;
      } else if (next == '\\' && i + 1 < glob.length()) {
        regex.append(Pattern.quote(String.valueOf(glob.charAt(++i))));
      } else {
        regex.append(Pattern.quote(String.valueOf(next)));
      }
    }
  }

  /** Whether the path, or a directory above it, is left out. */
  boolean leavesOut(String path, boolean directory) {
    for (int i = path.indexOf('/'); i > 0; i = path.indexOf('/', i + 1)) {
      if (matches(path.substring(0, i), true)) {
        return true;
      }
    }
    return matches(path, directory);
  }

  private boolean matches(String path, boolean directory) {
    for (Rule rule : rules) {
      if ((directory || !rule.directories()) && rule.pattern().matcher(path).matches()) {
        return rule.out();
      }
    }
    return false;
  }
}
