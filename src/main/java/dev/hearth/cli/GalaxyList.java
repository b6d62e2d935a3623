package dev.hearth.cli;

import dev.hearth.galaxy.Installed;
import dev.hearth.playbook.ContentPaths;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Lists what is installed, in the form of {@code ansible-galaxy list}. */
final class GalaxyList {

  private final PrintStream out;
  private final ContentPaths paths;

  GalaxyList(Environment environment) {
    this.out = environment.out();
    this.paths = new Settings(environment).contentPaths();
  }

  void roles() {
    for (Path directory : paths.roles()) {
      List<Installed> roles = Installed.roles(directory);
      if (Files.isDirectory(directory)) {
        out.println("# " + directory);
        roles.forEach(
            role ->
                out.println(
                    "- " + role.name() + ", " + role.version().orElse("(unknown version)")));
      }
    }
    out.flush();
  }

  void collections() {
    for (Path path : paths.collections()) {
      Path directory =
          path.endsWith("ansible_collections") ? path : path.resolve("ansible_collections");
      List<Installed> found = Installed.collections(directory);
      if (found.isEmpty()) {
        continue;
      }
      int width = found.stream().mapToInt(each -> each.name().length()).max().orElse(0);
      width = Math.max(width, "Collection".length());
      out.println();
      out.println("# " + directory);
      out.println(pad("Collection", width) + " Version");
      out.println("-".repeat(width) + " -------");
      for (Installed each : found) {
        out.println(pad(each.name(), width) + " " + each.version().orElse("*"));
      }
    }
    out.flush();
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
