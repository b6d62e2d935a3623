package dev.hearth.shell;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns scripts into text; the only code that quotes. It has two faces: one for the wire, where
 * secrets are revealed, and one for people, where they are {@code ***}.
 */
public final class Renderer {

  private Renderer() {}

  /**
   * The script as a POSIX shell reads it: environment, positional parameters, body. Secrets are in
   * it.
   *
   * @throws dev.hearth.diag.HearthException when there is a NUL character in it, or a variable of
   *     its environment has a name that no shell takes
   */
  public static String forWire(Script script) {
    return render(script, true);
  }

  /**
   * The script as a file that is run later, whose own arguments are added to the words. Secrets are
   * in it.
   */
  public static String forReplay(Script script) {
    return render(script, true, " \"$@\"");
  }

  /** The script as people and golden tests read it. Secrets are {@code ***}. */
  public static String forPeople(Script script) {
    return render(script, false);
  }

  /**
   * One word quoted for a POSIX shell: as it is when nothing in it is special, in single quotes
   * otherwise.
   *
   * @throws dev.hearth.diag.HearthException when it contains a NUL character
   */
  public static String quote(String text) {
    refuseNul("an argument", text);
    if (!text.isEmpty() && text.chars().allMatch(Renderer::harmless)) {
      return text;
    }
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static String render(Script script, boolean reveal) {
    return render(script, reveal, "");
  }

  private static String render(Script script, boolean reveal, String more) {
    refuseNul("a script", script.body());
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Word> variable : new TreeMap<>(script.environment()).entrySet()) {
      if (!variable.getKey().matches("[A-Za-z_][A-Za-z0-9_]*")) {
        throw Diagnostic.error(
                ExitCode.INVALID,
                "'" + variable.getKey() + "' cannot be the name of an environment variable")
            .because("a shell takes letters, digits and _, and no digit in front")
            .next("give the variable another name where environment: sets it")
            .failure();
      }
      text.append("export ")
          .append(variable.getKey())
          .append('=')
          .append(word(variable.getValue(), reveal))
          .append('\n');
    }
    if (!script.words().isEmpty()) {
      text.append("set --");
      script.words().forEach(word -> text.append(' ').append(word(word, reveal)));
      text.append(more).append('\n');
    }
    return text.append(script.body()).toString();
  }

  private static String word(Word word, boolean reveal) {
    return switch (word) {
      case Word.Plain plain -> quote(plain.text());
      case Word.Hidden hidden -> reveal ? quote(hidden.secret().reveal()) : "***";
    };
  }

  private static void refuseNul(String what, String text) {
    if (text.indexOf('\0') >= 0) {
      throw Diagnostic.error(ExitCode.INVALID, what + " contains a NUL character")
          .because("no program can be given one")
          .next("remove it, or send the bytes as a file's content")
          .failure();
    }
  }

  private static boolean harmless(int character) {
    return character < 128
        && (Character.isLetterOrDigit(character) || "_@%+:,./-".indexOf(character) >= 0);
  }
}
