package dev.hearth.fact;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path as a user writes it, which may begin with {@code ~}, {@code ~user} or {@code $HOME}; the
 * home directory is the one on the host.
 *
 * @param text as written
 */
public record HostPath(String text) {

  private static final Pattern HOME =
      Pattern.compile("(?:~([A-Za-z0-9._-]*)|\\$HOME|\\$\\{HOME\\})(/.*)?", Pattern.DOTALL);

  /** The fact that must be known to expand it, if any. */
  public Optional<HomeDirectory> needs() {
    Matcher home = HOME.matcher(text);
    return home.matches()
        ? Optional.of(new HomeDirectory(home.group(1) == null ? "" : home.group(1)))
        : Optional.empty();
  }

  /** The path on that host, without a slash at its end. */
  public String on(Facts host) {
    String path = text;
    Matcher home = HOME.matcher(text);
    if (home.matches()) {
      String user = home.group(1) == null ? "" : home.group(1);
      String rest = home.group(2) == null ? "" : home.group(2);
      path = host.get(new HomeDirectory(user)) + rest;
    }
    return trimmed(path);
  }

  /** A path without slashes at its end; the root stays. */
  public static String trimmed(String path) {
    int end = path.length();
    while (end > 1 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  /** The part before the last slash; {@code .} when there is none. */
  public static String directory(String path) {
    int slash = trimmed(path).lastIndexOf('/');
    return slash < 0 ? "." : slash == 0 ? "/" : trimmed(path.substring(0, slash));
  }

  /** The part behind the last slash. */
  public static String name(String path) {
    String trimmed = trimmed(path);
    return trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }
}
