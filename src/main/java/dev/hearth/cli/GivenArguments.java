package dev.hearth.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * A command line as the history may keep it. Extra variables may be secrets, so that their values
 * are left out; files with variables are only named.
 */
final class GivenArguments {

  /** What stands where something was left out. */
  static final String LEFT_OUT = "***";

  /** Says which run is continued; belongs to one run only. */
  static final String CONTINUED = "--continue";

  /** Says where the history itself is, which another machine may call otherwise. */
  static final String STORE = "--store";

  private static final String LONG = "--extra-vars";
  private static final String SHORT = "-e";

  private GivenArguments() {}

  static List<String> withoutValues(List<String> arguments) {
    List<String> kept = new ArrayList<>();
    boolean variables = false;
    boolean leftOut = false;
    for (String argument : arguments) {
      if (leftOut || argument.equals(CONTINUED) || argument.equals(STORE)) {
        leftOut = !leftOut;
      } else if (variables) {
        kept.add(names(argument));
        variables = false;
      } else if (argument.equals(LONG) || argument.equals(SHORT)) {
        kept.add(argument);
        variables = true;
      } else if (argument.startsWith(LONG + "=")) {
        kept.add(LONG + "=" + names(argument.substring(LONG.length() + 1)));
      } else if (argument.startsWith(SHORT) && !argument.startsWith("--")) {
        kept.add(SHORT + names(argument.substring(SHORT.length())));
      } else if (!argument.startsWith(STORE + "=")) {
        kept.add(argument);
      }
    }
    return List.copyOf(kept);
  }

  /** A file is named; of a single {@code name=value} the name stays, of all else nothing. */
  private static String names(String variables) {
    if (variables.startsWith("@")) {
      return variables;
    }
    int equals = variables.indexOf('=');
    String name = equals < 0 ? "" : variables.substring(0, equals);
    return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name + "=" + LEFT_OUT : LEFT_OUT;
  }
}
