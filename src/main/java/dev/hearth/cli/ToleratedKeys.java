package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.RepeatedKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A key that stands twice, by the setting {@code DUPLICATE_YAML_DICT_KEY}: {@code warn}, {@code
 * ignore} or {@code error}. Where nobody made the setting, Ansible warns and loses one of the
 * values. Hearth warns too where nothing is lost, or in content that was installed and is for its
 * author to mend; two different values in the user's own files are an error.
 */
final class ToleratedKeys implements RepeatedKeys {

  private static final String KEY = "duplicate_dict_key";
  private static final String VARIABLE = "ANSIBLE_DUPLICATE_YAML_DICT_KEY";

  private enum Tolerance {
    ERROR,
    WARN,
    IGNORE
  }

  private final Optional<Tolerance> made;
  private final Consumer<Diagnostic> warnings;

  /** Files are read more than once; a warning is told once. */
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  ToleratedKeys(Settings settings, Consumer<Diagnostic> warnings) {
    this.made = settings.get("defaults", KEY, VARIABLE).map(text -> tolerance(settings, text));
    this.warnings = warnings;
  }

  private static Tolerance tolerance(Settings settings, String text) {
    return switch (text) {
      case "error" -> Tolerance.ERROR;
      case "warn" -> Tolerance.WARN;
      case "ignore" -> Tolerance.IGNORE;
      default ->
          throw Diagnostic.error(
                  settings.place("defaults", KEY, VARIABLE),
                  "'" + text + "' is no value of the setting '" + KEY + "'")
              .exit(ExitCode.INVALID)
              .next("write error, warn or ignore")
              .failure();
    };
  }

  @Override
  public void found(Diagnostic error, boolean same) {
    String place = error.at().orElseThrow().source().name();
    switch (made.orElseGet(() -> usual(same, Path.of(place)))) {
      case ERROR ->
          throw error
              .next(error.next() + "; with " + KEY + " = warn in ansible.cfg the later one counts")
              .failure();
      case WARN -> {
        if (told.add(error.at().orElseThrow().toString())) {
          warnings.accept(
              error.asWarning().because(error.why().replaceFirst(";.*", "; the later one counts")));
        }
      }
      case IGNORE -> {}
    }
  }

  private static Tolerance usual(boolean same, Path file) {
    return same || isInstalled(file) ? Tolerance.WARN : Tolerance.ERROR;
  }

  private static boolean isInstalled(Path file) {
    for (@Nullable Path at = file.toAbsolutePath().getParent(); at != null; at = at.getParent()) {
      if (at.endsWith("ansible_collections")
          || Files.exists(at.resolve("meta").resolve(".galaxy_install_info"))) {
        return true;
      }
    }
    return false;
  }
}
