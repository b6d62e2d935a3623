package dev.hearth.module;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file mode as the user gave it: octal digits ({@code 0644}), symbolic ({@code u=rw,g=r}) or
 * {@code preserve}.
 *
 * @param text a number from YAML is already written back as octal digits
 */
public record FileMode(String text) {

  private static final Pattern OCTAL = Pattern.compile("(?:0o)?[0-7]{1,5}");
  private static final Pattern CLAUSE = Pattern.compile("([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)");
  private static final Pattern ACTION = Pattern.compile("([-+=])([ugo]|[rwxXst]*)");

  /** What the umask takes away from a symbolic clause that names nobody, such as {@code +w}. */
  private static final int UMASK = 022;

  /** Whether the text is a mode at all. */
  public static boolean understands(String text) {
    if (text.equals("preserve") || OCTAL.matcher(text).matches()) {
      return true;
    }
    for (String clause : text.split(",", -1)) {
      if (!CLAUSE.matcher(clause).matches()) {
        return false;
      }
    }
    return true;
  }

  /** Whether the mode of the source is to be kept. */
  public boolean preserve() {
    return text.equals("preserve");
  }

  /** The mode of a file that has this one now (permission bits and the three above them). */
  public int applyTo(int current, boolean directory) {
    if (preserve()) {
      return current;
    }
    if (OCTAL.matcher(text).matches()) {
      return Integer.parseInt(text.startsWith("0o") ? text.substring(2) : text, 8) & 07777;
    }
    int mode = current;
    for (String clause : text.split(",", -1)) {
      Matcher parts = CLAUSE.matcher(clause);
      if (!parts.matches()) {
        throw new Refusal("'" + text + "' is not a file mode");
      }
      Matcher action = ACTION.matcher(parts.group(2));
      while (action.find()) {
        mode = apply(mode, parts.group(1), action.group(1).charAt(0), action.group(2), directory);
      }
    }
    return mode;
  }

  /** A mode as Ansible shows it: four octal digits. */
  public static String show(int mode) {
    return String.format(Locale.ROOT, "%04o", mode);
  }

  private static int apply(
      int mode, String who, char operator, String permissions, boolean directory) {
    boolean everybody = who.isEmpty() || who.contains("a");
    int bits = 0;
    int reach = 0;
    for (char user : (everybody ? "ugo" : who).toCharArray()) {
      int shift = user == 'u' ? 6 : user == 'g' ? 3 : 0;
      bits |= threeBits(mode, permissions, directory) << shift;
      reach |= 7 << shift;
      if (user == 'u' || user == 'g') {
        int special = user == 'u' ? 04000 : 02000;
        reach |= special;
        bits |= permissions.contains("s") ? special : 0;
      }
    }
    if (permissions.contains("t") && (everybody || who.contains("o"))) {
      bits |= 01000;
    }
    reach |= everybody || who.contains("o") ? 01000 : 0;
    if (who.isEmpty()) {
      bits &= ~UMASK;
    }
    return switch (operator) {
      case '+' -> mode | bits;
      case '-' -> mode & ~bits;
      default -> mode & ~reach | bits;
    };
  }

  private static int threeBits(int mode, String permissions, boolean directory) {
    return switch (permissions) {
      case "u" -> mode >> 6 & 7;
      case "g" -> mode >> 3 & 7;
      case "o" -> mode & 7;
      default -> {
        int bits = permissions.contains("r") ? 4 : 0;
        bits |= permissions.contains("w") ? 2 : 0;
        bits |= permissions.contains("x") ? 1 : 0;
        yield permissions.contains("X") && (directory || (mode & 0111) != 0) ? bits | 1 : bits;
      }
    };
  }
}
