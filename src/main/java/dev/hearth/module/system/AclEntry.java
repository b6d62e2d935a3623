package dev.hearth.module.system;

import dev.hearth.module.Refusal;

/**
 * One entry of who may use a file.
 *
 * @param subject {@code default:user:joe}
 * @param permissions {@code rwX}; empty for none given
 */
record AclEntry(String subject, String permissions) {

  static AclEntry of(Acl.Args want) {
    String front = want.inherited() ? "default:" : "";
    if (want.entry().isPresent()) {
      if (want.etype().isPresent() || want.entity().isPresent() || want.permissions().isPresent()) {
        throw new Refusal("'entry' MUST NOT be set when 'entity', 'etype' or 'permissions' is");
      }
      String[] parts = want.entry().get().split(":", -1);
      boolean inherited = parts[0].equals("d") || parts[0].equals("default");
      int first = inherited ? 1 : 0;
      if (parts.length - first < 2 || parts.length - first > 3) {
        throw new Refusal("'entry' should have 2 or 3 sections divided by ':'");
      }
      String kind = kind(parts[first]);
      return new AclEntry(
          (inherited ? "default:" : front) + kind + ":" + parts[first + 1],
          parts.length - first == 3 ? parts[first + 2] : "");
    }
    String kind = want.etype().orElseThrow(() -> new Refusal("'etype' or 'entry' must be set"));
    return new AclEntry(
        front + kind + ":" + want.entity().orElse(""), want.permissions().orElse(""));
  }

  private static String kind(String written) {
    return switch (written) {
      case "u" -> "user";
      case "g" -> "group";
      case "m" -> "mask";
      case "o" -> "other";
      default -> written;
    };
  }

  String whole() {
    return subject + ":" + permissions;
  }

  /** Whether a line is about the same. */
  boolean names(String line) {
    return line.startsWith(subject + ":");
  }

  /** Whether a line says exactly this; {@code X} may have become {@code x} or nothing. */
  boolean is(String line) {
    if (!names(line)) {
      return false;
    }
    String there = line.substring(subject.length() + 1).replaceFirst("\\s.*", "");
    for (char right : "rwx".toCharArray()) {
      boolean wanted = permissions.indexOf(right) >= 0;
      boolean maybe = right == 'x' && permissions.indexOf('X') >= 0;
      if (!maybe && wanted != there.indexOf(right) >= 0) {
        return false;
      }
    }
    return true;
  }
}
