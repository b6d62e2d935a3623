package dev.hearth.cli.settings;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where {@code ansible.cfg} is: the first that exists of {@code $ANSIBLE_CONFIG}, {@code
 * ./ansible.cfg}, {@code ~/.ansible.cfg} and {@code /etc/ansible/ansible.cfg}. The one in the
 * working directory is left out when everybody may write there: anybody could have put it there.
 *
 * @param file the file that is used, if there is one
 * @param warnings what is odd about the choice
 */
public record ConfigPlaces(Optional<Path> file, List<Diagnostic> warnings) {

  private static final String NAME = "ansible.cfg";

  /** Keeps its own copy. */
  public ConfigPlaces {
    warnings = List.copyOf(warnings);
  }

  /** Looks for the file. */
  public static ConfigPlaces find(
      Map<String, String> environment, Path workingDirectory, Path home) {
    List<Diagnostic> warnings = new ArrayList<>();
    List<Path> places = new ArrayList<>();
    Optional<Path> named =
        Optional.ofNullable(environment.get("ANSIBLE_CONFIG"))
            .filter(name -> !name.isBlank())
            .map(name -> named(name, workingDirectory, home));
    named.ifPresent(places::add);
    Path here = workingDirectory.resolve(NAME);
    if (!everybodyMayWriteTo(workingDirectory)) {
      places.add(here);
    } else if (Files.exists(here) && !named.filter(Files::exists).isPresent()) {
      warnings.add(
          Diagnostic.warning(here + " is left out")
              .because("everybody may write to its directory, so anybody may have put it there")
              .next(
                  "take that right away: chmod o-w "
                      + workingDirectory
                      + ", or name the file in"
                      + " ANSIBLE_CONFIG"));
    }
    places.add(home.resolve(".ansible.cfg"));
    places.add(Path.of("/etc/ansible").resolve(NAME));
    Optional<Path> found = places.stream().filter(Files::isRegularFile).findFirst();
    if (named.isPresent() && !named.equals(found)) {
      warnings.add(
          Diagnostic.warning("ANSIBLE_CONFIG names " + named.get() + ", which is no file")
              .because(
                  found.map(file -> file + " is used instead").orElse("no settings file is used"))
              .next("correct or unset ANSIBLE_CONFIG"));
    }
    return new ConfigPlaces(found, warnings);
  }

  private static Path named(String name, Path workingDirectory, Path home) {
    try {
      Path path =
          name.startsWith("~/")
              ? home.resolve(name.substring(2))
              : workingDirectory.resolve(name).normalize();
      return Files.isDirectory(path) ? path.resolve(NAME) : path;
    } catch (InvalidPathException wrong) {
      throw Diagnostic.error(ExitCode.INVALID, "ANSIBLE_CONFIG is no file name")
          .because(String.valueOf(wrong.getReason()))
          .next("correct or unset ANSIBLE_CONFIG")
          .failure();
    }
  }

  private static boolean everybodyMayWriteTo(Path directory) {
    try {
      return Files.getPosixFilePermissions(directory).contains(PosixFilePermission.OTHERS_WRITE);
    } catch (IOException unreadable) {
      // Whoever cannot see the directory's mode finds no file in it either.
      return false;
    }
  }
}
