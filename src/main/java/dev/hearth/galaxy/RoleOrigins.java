package dev.hearth.galaxy;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Understands where a role comes from by the rules of ansible-galaxy 2.19. */
final class RoleOrigins {

  private static final Pattern INSTALLED_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+-]*");

  private final Path workingDirectory;
  private final Consumer<Diagnostic> findings;

  RoleOrigins(Path workingDirectory, Consumer<Diagnostic> findings) {
    this.workingDirectory = workingDirectory;
    this.findings = findings;
  }

  /**
   * The role that these words ask for; reports what is wrong with them.
   *
   * @param src where it comes from: an address, a file, a directory or its name on a server
   * @param scm {@code git}, if it is written
   * @param name the name under which to install it, if one is written
   */
  Optional<RoleRequirement> role(
      String src,
      Optional<String> scm,
      Optional<String> name,
      Optional<String> version,
      Optional<String> checksum,
      Location at) {
    String from = src.strip();
    Optional<String> system = scm;
    if (from.contains("github.com")
        && from.startsWith("http")
        && !from.contains("+")
        && !from.endsWith(".tar.gz")) {
      system = Optional.of("git");
    }
    int plus = from.indexOf('+');
    if (plus > 0) {
      system = Optional.of(from.substring(0, plus));
      from = from.substring(plus + 1);
    }
    if (system.isPresent() && !system.get().equals("git")) {
      findings.accept(
          Diagnostic.error(at, "'" + system.get() + "' is no way to fetch a role")
              .because("Hearth fetches with git, over http(s) and from this machine")
              .next("use a git repository or an archive"));
      return Optional.empty();
    }
    String installed = name.map(String::strip).orElse(lastPart(from));
    if (!INSTALLED_NAME.matcher(installed).matches()) {
      findings.accept(
          Diagnostic.error(at, "'" + installed + "' cannot be the name of a role")
              .because("it becomes a directory: letters, digits, '_', '-', '+' and '.'")
              .next("add 'name:' with the name to install it under"));
      return Optional.empty();
    }
    Optional<Origin> origin = origin(from, system.isPresent(), at);
    String wanted = from;
    return origin.map(
        found ->
            new RoleRequirement(
                at,
                installed,
                found,
                wanted,
                version.map(String::strip).filter(text -> !text.isEmpty()),
                checksum));
  }

  private Optional<Origin> origin(String from, boolean repository, Location at) {
    if (repository) {
      return Optional.of(new Origin.Repository(from, ""));
    }
    if (from.contains("://")) {
      return Optional.of(new Origin.Address(from));
    }
    try {
      Path path = workingDirectory.resolve(from).normalize();
      if (Files.isRegularFile(path)) {
        return Optional.of(new Origin.ArchiveFile(path));
      }
      if (from.contains("/") && Files.isDirectory(path)) {
        return Optional.of(new Origin.Directory(path));
      }
    } catch (InvalidPathException impossible) {
      findings.accept(
          Diagnostic.error(at, "'" + from + "' is no place for a role")
              .because(String.valueOf(impossible.getReason()))
              .next("correct it"));
      return Optional.empty();
    }
    if (from.contains("/")) {
      findings.accept(
          Diagnostic.error(at, "there is no archive or directory '" + from + "'")
              .because("searched from " + workingDirectory)
              .next("correct the path; a git repository begins with 'git+'"));
      return Optional.empty();
    }
    return Optional.of(new Origin.Server(Optional.empty()));
  }

  /** The name that an address gives a role: its last part without its ending. */
  private static String lastPart(String from) {
    if (!from.contains("/")) {
      return from;
    }
    String trimmed = from.endsWith("/") ? from.substring(0, from.length() - 1) : from;
    String last = trimmed.substring(trimmed.lastIndexOf('/') + 1);
    for (String ending : new String[] {".git", ".tar.gz", ".tgz", ".tar"}) {
      if (last.endsWith(ending)) {
        return last.substring(0, last.length() - ending.length());
      }
    }
    return last;
  }
}
