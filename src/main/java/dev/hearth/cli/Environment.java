package dev.hearth.cli;

import dev.hearth.view.Masker;
import dev.hearth.view.Palette;
import dev.hearth.view.Terminal;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The process as the commands see it; given to them so that tests can give another one.
 *
 * @param variables environment variables
 * @param workingDirectory where it was started
 * @param home the user's home directory
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param interactive whether a person sits at a terminal
 * @param ownsProcess whether the process does nothing else, so that its signals are for the command
 * @param masker knows the secrets that were met, for whatever is told at last
 */
public record Environment(
    Map<String, String> variables,
    Path workingDirectory,
    Path home,
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean interactive,
    boolean ownsProcess,
    Masker masker) {

  private static final int DEFAULT_WIDTH = 80;

  /** Keeps its own copy. */
  public Environment {
    variables = Map.copyOf(variables);
  }

  /** One that has met no secret yet. */
  public Environment(
      Map<String, String> variables,
      Path workingDirectory,
      Path home,
      InputStream in,
      PrintStream out,
      PrintStream err,
      boolean interactive,
      boolean ownsProcess) {
    this(variables, workingDirectory, home, in, out, err, interactive, ownsProcess, new Masker());
  }

  /** The real one. */
  // Without a terminal there still is no console, whatever newer versions promise.
  @SuppressWarnings("SystemConsoleNull")
  static Environment ofProcess() {
    Console console = System.console();
    return new Environment(
        System.getenv(),
        Path.of("").toAbsolutePath(),
        home(System.getenv().getOrDefault("HOME", "")),
        new BufferedInputStream(System.in),
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)),
            true,
            StandardCharsets.UTF_8),
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.err)),
            true,
            StandardCharsets.UTF_8),
        console != null && console.isTerminal(),
        true);
  }

  /** What a shell and Ansible take for {@code ~}: the variable, else what the system knows. */
  private static Path home(String variable) {
    return Path.of(variable.startsWith("/") ? variable : System.getProperty("user.home"));
  }

  /** The same with journals and receipts of its own below those, so that they are not mixed. */
  Environment apart(String name) {
    String schema =
        new Settings(this).get("hearth", "store_schema", StoreSettings.SCHEMA).orElse("hearth");
    return with("XDG_STATE_HOME", state().resolve(name).toString())
        .with(StoreSettings.SCHEMA, schema + "_" + name);
  }

  /** The same with another variable. */
  Environment with(String name, String value) {
    Map<String, String> others = new LinkedHashMap<>(variables);
    others.put(name, value);
    return new Environment(
        others, workingDirectory, home, in, out, err, interactive, ownsProcess, masker);
  }

  /** Where this user's journals and receipts are, {@code $XDG_STATE_HOME/hearth}. */
  Path state() {
    String given = variables.getOrDefault("XDG_STATE_HOME", "");
    // The standard says that a relative one does not count.
    Path base = given.startsWith("/") ? Path.of(given) : home.resolve(".local/state");
    return base.resolve("hearth");
  }

  /** Where this machine keeps what was there before, when it is the host. */
  String ownPlace() {
    return state().resolve("host").toString();
  }

  /** Where views write. Colour only on a terminal, unless it is forced or forbidden. */
  Terminal terminal(boolean noColour) {
    boolean forced =
        variables.containsKey("ANSIBLE_FORCE_COLOR") || variables.containsKey("FORCE_COLOR");
    boolean forbidden =
        noColour
            || !variables.getOrDefault("NO_COLOR", "").isEmpty()
            || "dumb".equals(variables.get("TERM"));
    boolean colour = !forbidden && (forced || interactive);
    return new Terminal(out, err, width(), colour ? Palette.ANSI : Palette.NONE);
  }

  private int width() {
    try {
      return interactive
          ? Math.max(DEFAULT_WIDTH, Integer.parseInt(variables.getOrDefault("COLUMNS", "")))
          : DEFAULT_WIDTH;
    } catch (NumberFormatException unknown) {
      return DEFAULT_WIDTH;
    }
  }
}
