package dev.hearth.template.lookup;

import dev.hearth.template.Call;
import dev.hearth.template.Lookup;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Splitting;
import dev.hearth.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lookups that run a command on the controller. */
final class CommandLookups {

  private CommandLookups() {}

  static Map<String, Lookup> all() {
    return Map.of(
        "pipe", Lookup.of("", CommandLookups::pipe), "lines", Lookup.of("", CommandLookups::lines));
  }

  private static List<Value> pipe(Call call) {
    List<Value> found = new ArrayList<>();
    for (Value term : call.inputItems()) {
      found.add(Value.text(output(call, Printed.str(term)).stripTrailing()));
    }
    return found;
  }

  private static List<Value> lines(Call call) {
    List<Value> found = new ArrayList<>();
    for (Value term : call.inputItems()) {
      for (String line : Splitting.lines(output(call, Printed.str(term)), false)) {
        found.add(Value.text(line));
      }
    }
    return found;
  }

  /** What a command prints; its error stream goes where ours goes. */
  private static String output(Call call, String command) {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command);
    builder.directory(call.engine().surroundings().workingDirectory().toFile());
    builder.environment().clear();
    builder.environment().putAll(call.engine().surroundings().environment());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      byte[] printed = process.getInputStream().readAllBytes();
      int status = process.waitFor();
      if (status != 0) {
        throw new PythonError("got status " + status + " from the command");
      }
      return new String(printed, StandardCharsets.UTF_8);
    } catch (IOException unable) {
      throw new PythonError("cannot run the command: " + unable.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new PythonError("was interrupted");
    }
  }
}
