package dev.hearth.template.lookup;

import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.template.Call;
import dev.hearth.template.python.PythonError;
import dev.hearth.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds and reads files of the controller for lookups. */
final class ControllerFiles {

  private ControllerFiles() {}

  /** The file of that name along the search path. */
  static Path find(Call call, String kind, String written) {
    List<String> tried = new ArrayList<>();
    for (Path place : candidates(call, kind, written)) {
      if (Files.isRegularFile(place)) {
        return place;
      }
      tried.add(place.toString());
    }
    throw new PythonError(
        "cannot find the file '" + written + "'; searched: " + String.join(", ", tried));
  }

  /** Where the file may be: along the search path, then in the working directory. */
  static List<Path> candidates(Call call, String kind, String written) {
    String name = call.engine().surroundings().expanded(written);
    List<Path> places = new ArrayList<>(call.engine().scope().searchPath().candidates(kind, name));
    Path own = call.engine().surroundings().workingDirectory().resolve(name).normalize();
    if (!places.contains(own)) {
      places.add(own);
    }
    return places;
  }

  /** The text of a file; an encrypted one is opened and stays a secret. */
  static Value.Textual read(Call call, Path file) {
    String text;
    try {
      text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new PythonError("cannot read the file '" + file + "': " + unreadable.getMessage());
    }
    if (!Value.Vaulted.isEnvelope(text)) {
      return new Value.Text(text);
    }
    Location at = Location.startOf(new Source(file.toString(), "", true));
    return call.engine().unseal(new Value.Vaulted(text, at));
  }
}
