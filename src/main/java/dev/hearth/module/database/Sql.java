package dev.hearth.module.database;

import dev.hearth.module.Refusal;

/** Writes names and texts into statements. */
final class Sql {

  private Sql() {}

  /** A name in double quotes. */
  static String name(String name) {
    if (name.indexOf('\0') >= 0) {
      throw new Refusal("a name contains a NUL character");
    }
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /** A text in single quotes, whatever the server thinks of backslashes. */
  static String text(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new Refusal("a text contains a NUL character");
    }
    String quoted = text.replace("'", "''");
    return quoted.contains("\\") ? "E'" + quoted.replace("\\", "\\\\") + "'" : "'" + quoted + "'";
  }
}
