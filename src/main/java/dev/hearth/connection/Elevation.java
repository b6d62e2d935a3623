package dev.hearth.connection;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Nearest;
import dev.hearth.shell.Renderer;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a worker is started as some user: the command line, and what the program in front of it asks
 * for a password. No terminal is used. A user who already is the wanted one needs no sudo at all,
 * unless flags or an executable were asked for.
 *
 * @param user whose worker it is; empty for the user that logged in
 * @param method {@code sudo}, {@code su} or {@code doas}; empty for the user that logged in
 * @param words the command in front of {@code -c PROGRAM}
 * @param prompt what is written to standard error when a password is wanted; empty when none can be
 *     given
 * @param password the answer
 * @param directory where the program in front is called; empty for where the login leads
 * @param shortcut whether the program in front is left out when the user is the right one already
 */
record Elevation(
    String user,
    String method,
    List<String> words,
    String prompt,
    Optional<Value.Secret> password,
    Optional<String> directory,
    boolean shortcut) {

  private static final List<String> METHODS = List.of("sudo", "su", "doas");

  /**
   * Starts the program given as its first word, as the second word's user if that is somebody else.
   */
  private static final String DIRECT_OR =
      "_w=$1; _u=$2; shift 2; if [ \"$(id -un)\" = \"$_u\" ]; then exec /bin/sh -c \"$_w\"; fi;"
          + " exec \"$@\" -c \"$_w\" worker $PPID";

  private static final String ALWAYS = "_w=$1; shift 2; exec \"$@\" -c \"$_w\" worker $PPID";

  /**
   * How to become somebody.
   *
   * @param nonce makes sudo's prompt impossible to mistake
   * @throws BecomeRefused when the method is not one of ours or the user's name cannot be one
   */
  static Elevation of(Become become, String nonce) {
    return switch (become) {
      case Become.Self self ->
          new Elevation("", "", List.of(), "", Optional.empty(), Optional.empty(), false);
      case Become.Other other -> other(other, nonce);
    };
  }

  private static Elevation other(Become.Other other, String nonce) {
    if (other.user().isBlank() || other.user().startsWith("-")) {
      throw new BecomeRefused(
          Diagnostic.error(ExitCode.BECOME, "'" + other.user() + "' cannot be the name of a user")
              .next("set become_user to a user of the host"));
    }
    boolean custom = other.flags().isPresent() || other.executable().isPresent();
    String prompt = prompt(other, nonce);
    return new Elevation(
        other.user(),
        other.method(),
        words(other, prompt),
        prompt,
        other.password(),
        other.directory(),
        !custom);
  }

  private static String prompt(Become.Other other, String nonce) {
    if (other.method().equals("su")) {
      return "assword: ";
    }
    boolean asks = other.method().equals("sudo") && other.password().isPresent();
    return asks ? "[become-" + nonce + "] password: " : "";
  }

  private static List<String> words(Become.Other other, String prompt) {
    List<String> words = new ArrayList<>();
    words.add(other.executable().orElse(other.method()));
    switch (other.method()) {
      case "sudo" -> {
        words.addAll(split(other.flags().orElse("-H")));
        if (prompt.isEmpty()) {
          words.add("-n");
        } else {
          // A -n of the user's would forbid the question that the password is the answer to.
          words.removeIf(word -> word.equals("-n") || word.equals("--non-interactive"));
          words.addAll(List.of("-S", "-p", prompt));
        }
        words.addAll(List.of("-u", other.user(), "--", "/bin/sh"));
      }
      case "su" -> {
        words.addAll(split(other.flags().orElse("")));
        words.addAll(List.of("-s", "/bin/sh", other.user()));
      }
      case "doas" -> {
        words.addAll(split(other.flags().orElse("")));
        words.addAll(List.of("-n", "-u", other.user(), "--", "/bin/sh"));
      }
      default ->
          throw new BecomeRefused(
              Diagnostic.error(
                      ExitCode.BECOME, "become_method '" + other.method() + "' is not supported")
                  .because("supported are sudo, su and doas")
                  .next(Nearest.hint(other.method(), METHODS, "use become_method: sudo")));
    }
    return words;
  }

  /** The flags as words, with quotes and backslashes as in a shell and nothing expanded. */
  private static List<String> split(String flags) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inside = false;
    char quote = 0;
    for (int i = 0; i < flags.length(); i++) {
      char c = flags.charAt(i);
      if (quote != 0 ? c == quote : c == '\'' || c == '"') {
        quote = quote == 0 ? c : 0;
        inside = true;
      } else if (c == '\\' && quote != '\'' && i + 1 < flags.length()) {
        word.append(flags.charAt(++i));
        inside = true;
      } else if (quote == 0 && Character.isWhitespace(c)) {
        if (inside) {
          words.add(word.toString());
          word.setLength(0);
        }
        inside = false;
      } else {
        word.append(c);
        inside = true;
      }
    }
    if (inside) {
      words.add(word.toString());
    }
    return words;
  }

  /** The whole command line for the user's login shell. */
  String command(String program) {
    if (words.isEmpty()) {
      return "exec /bin/sh -c " + Renderer.quote(program);
    }
    List<String> all = new ArrayList<>(List.of(shortcut ? DIRECT_OR : ALWAYS, "sh", program, user));
    all.addAll(words);
    String there = directory.map(path -> "cd " + Renderer.quote(path) + " && ").orElse("");
    return there
        + "exec /bin/sh -c "
        + all.stream().map(Renderer::quote).collect(Collectors.joining(" "));
  }

  /** What was written on standard error, without the question that we caused. */
  String withoutPrompt(String errors) {
    return prompt.isEmpty() ? errors : errors.replace(prompt, "");
  }

  /** How many times a password was asked for, judging by what came on standard error. */
  int questions(String errors) {
    if (prompt.isEmpty()) {
      return 0;
    }
    int count = 0;
    for (int at = errors.indexOf(prompt); at >= 0; at = errors.indexOf(prompt, at + 1)) {
      count++;
    }
    return count;
  }
}
