package dev.hearth.playbook;

import dev.hearth.diag.HearthException;
import dev.hearth.template.Postponed;
import dev.hearth.template.TemplateFailure;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.Values;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a play's own variables and {@code vars_files} say before the run. The files are read when
 * the first name asks for them; one that cannot be found or read yet says nothing here, since the
 * run itself judges it.
 */
public final class PlayVariables {

  /** No play says anything. */
  public static final PlayVariables NONE = new PlayVariables(Map::of);

  private final Supplier<Map<String, Value>> source;
  private @Nullable Map<String, Value> values;

  private PlayVariables(Supplier<Map<String, Value>> source) {
    this.source = source;
  }

  /**
   * Those of a play.
   *
   * @param playbook the file that the play is written in
   * @param vars its own variables
   * @param files its {@code vars_files}
   */
  static PlayVariables of(
      Reading reading, Path playbook, Map<String, Located> vars, List<Located> files) {
    return new PlayVariables(
        () -> {
          Map<String, Value> known = new LinkedHashMap<>();
          vars.forEach((name, value) -> known.put(name, value.value()));
          for (Located file : files) {
            known.putAll(read(reading, playbook, file, known));
          }
          return known;
        });
  }

  /** The values by name, as they are written. */
  public synchronized Map<String, Value> values() {
    Map<String, Value> known = values;
    if (known == null) {
      known = source.get();
      values = known;
    }
    return known;
  }

  private static Map<String, Value> read(
      Reading reading, Path playbook, Located written, Map<String, Value> before) {
    Path directory = PlayReader.directory(playbook);
    PlayVariables earlier = new PlayVariables(() -> before);
    Map<String, Value> said = new LinkedHashMap<>();
    try {
      Value name =
          reading
              .early()
              .resolve(
                  written, Context.of(playbook, directory, Optional.empty(), earlier), Map.of());
      List<Value> candidates = name instanceof Value.Seq list ? list.items() : List.of(name);
      Optional<Node> document =
          candidates.stream()
              .flatMap(each -> found(Shapes.characters(each), directory).stream())
              .findFirst()
              .flatMap(reading::quietly);
      if (document.isPresent() && document.get() instanceof Node.Mapping mapping) {
        mapping.entries().forEach((key, value) -> said.put(key.text(), Values.of(value)));
      }
    } catch (TemplateFailure | Postponed | HearthException unknown) {
      // A host has a say in the file's name, or the run tells what is wrong with the file.
    }
    return said;
  }

  private static Optional<Path> found(String name, Path directory) {
    return List.of(directory.resolve("vars").resolve(name), directory.resolve(name)).stream()
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
