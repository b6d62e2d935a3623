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

  private static final String LONG = "--extra-vars";
  private static final String SHORT = "-e";

  private GivenArguments() {}

  static List<String> withoutValues(List<String> arguments) {
    List<String> kept = new ArrayList<>();
    boolean variables = false;
    boolean continued = false;
    for (String argument : arguments) {
      if (continued || argument.equals(CONTINUED)) {
        continued = !continued;
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
      } else {
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
