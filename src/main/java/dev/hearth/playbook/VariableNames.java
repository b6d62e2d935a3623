package dev.hearth.playbook;

import java.util.Set;
import java.util.regex.Pattern;

/** Which names a variable can have. */
public final class VariableNames {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** Words that mean something else in expressions. */
  private static final Set<String> WORDS =
      Set.of("not", "none", "None", "true", "True", "false", "False");

  private VariableNames() {}

  /** Whether it is letters, digits and underscores, and no word of expressions. */
  public static boolean isValid(String name) {
    return NAME.matcher(name).matches() && !WORDS.contains(name);
  }

  /** A valid name that is like it. */
  static String near(String name) {
    return WORDS.contains(name)
        ? name + "_"
        : name.replaceAll("[^A-Za-z0-9_]", "_").replaceFirst("^([0-9])", "_$1");
  }
}
