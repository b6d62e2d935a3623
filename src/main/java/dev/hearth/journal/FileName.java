package dev.hearth.journal;

import java.nio.charset.StandardCharsets;

/** A host's name as a file's: letters, digits, {@code .}, {@code -} and {@code _} stay. */
public final class FileName {

  private FileName() {}

  public static String of(String host) {
    StringBuilder name = new StringBuilder();
    for (byte each : host.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (each & 0xff);
      boolean stays =
          character < 128 && (Character.isLetterOrDigit(character) || "-_".indexOf(character) >= 0);
      // A name that begins with a dot would be hidden, or the directory itself.
      if (stays || (character == '.' && !name.isEmpty())) {
        name.append(character);
      } else {
        name.append("%%%02X".formatted((int) character));
      }
    }
    return name.toString();
  }
}
