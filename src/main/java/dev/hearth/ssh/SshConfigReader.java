package dev.hearth.ssh;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Nearest;
import dev.hearth.diag.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings that ssh_config files give for one host, as OpenSSH does: the first value
 * of a setting wins, only identity files add up; {@code Host} and {@code Match} sections, {@code
 * Include} with patterns.
 */
final class SshConfigReader {

  private static final int DEPTH = 16;

  private final SshEnvironment environment;
  private final Map<Path, List<SshConfigLine>> files = new ConcurrentHashMap<>();

  SshConfigReader(SshEnvironment environment) {
    this.environment = environment;
  }

  /** The settings for one host while they are being collected. */
  static final class Found {
    private final String original;
    private final Map<SshKeyword, List<SshConfigLine>> values = new EnumMap<>(SshKeyword.class);
    private boolean last;
    private boolean anotherPass;

    Found(String original) {
      this.original = original;
    }

    /** Adds a setting unless it was given before. */
    void add(SshConfigLine line) {
      SshKeyword keyword = known(line);
      if (keyword == null || (last && keyword == SshKeyword.IDENTITYFILE && repeated(line))) {
        return;
      }
      boolean addsUp = keyword == SshKeyword.IDENTITYFILE;
      if (addsUp || !values.containsKey(keyword)) {
        values.computeIfAbsent(keyword, key -> new ArrayList<>()).add(line);
      }
    }

    private boolean repeated(SshConfigLine line) {
      return values.getOrDefault(SshKeyword.IDENTITYFILE, List.of()).contains(line);
    }

    private static @Nullable SshKeyword known(SshConfigLine line) {
      Optional<SshKeyword> keyword = SshKeyword.of(line.keyword());
      if (keyword.isEmpty() && !SshKeyword.withoutEffect(line.keyword(), line.value())) {
        throw Diagnostic.error(
                line.at(), "the SSH setting '" + line.keyword() + "' is not supported")
            .because(
                "Hearth does nothing else than what a setting says, so it does not pass over one that it does not know")
            .next(
                Nearest.hint(
                    line.keyword(),
                    SshKeyword.names(),
                    "remove it for this host, or put it in a 'Match originalhost' section that leaves the host out"))
            .failure();
      }
      return keyword.orElse(null);
    }

    /** The line that decided a setting. */
    Optional<SshConfigLine> line(SshKeyword keyword) {
      return Optional.ofNullable(values.get(keyword)).map(List::getFirst);
    }

    /** The value of a setting. */
    Optional<String> value(SshKeyword keyword) {
      return line(keyword).map(SshConfigLine::value);
    }

    /** All lines of a setting that adds up. */
    List<SshConfigLine> lines(SshKeyword keyword) {
      return values.getOrDefault(keyword, List.of());
    }

    String original() {
      return original;
    }
  }

  /** Adds what files say, then once more when one of them has a section for the final pass. */
  void read(Found found, List<Path> configs) {
    configs.forEach(file -> readFile(found, file, true, 0));
    if (found.anotherPass) {
      found.last = true;
      configs.forEach(file -> readFile(found, file, true, 0));
    }
  }

  private void readFile(Found found, Path file, boolean enabled, int depth) {
    boolean active = enabled;
    for (SshConfigLine line : lines(file)) {
      switch (line.keyword()) {
        case "host" -> active = enabled && Glob.anyFits(line.words(), found.original);
        case "match" -> active = matches(found, line) && enabled;
        case "include" -> {
          for (Path included : included(line, file, depth)) {
            readFile(found, included, active, depth + 1);
          }
        }
        default -> {
          if (active) {
            found.add(line);
          }
        }
      }
    }
  }

  private List<SshConfigLine> lines(Path file) {
    return files.computeIfAbsent(
        file,
        path -> {
          if (!Files.exists(path)) {
            return List.of();
          }
          try {
            return SshConfigLine.all(
                Source.of(path.toString(), Files.readString(path, StandardCharsets.UTF_8)));
          } catch (IOException failure) {
            throw Diagnostic.error(
                    ExitCode.INVALID, "the SSH configuration " + path + " cannot be read")
                .because(String.valueOf(failure.getMessage()))
                .next("make it a readable UTF-8 text")
                .failure();
          }
        });
  }

  private List<Path> included(SshConfigLine line, Path from, int depth) {
    if (depth >= DEPTH) {
      throw Diagnostic.error(line.at(), "too many Include inside each other")
          .next("look for a file that includes itself")
          .failure();
    }
    Path base =
        from.equals(environment.systemConfig())
            ? environment.systemConfig().resolveSibling("")
            : environment.home().resolve(".ssh");
    List<Path> all = new ArrayList<>();
    for (String pattern : line.words()) {
      Path path = base.resolve(Tokens.home(pattern, environment));
      all.addAll(fitting(path));
    }
    return all;
  }

  private static Collection<Path> fitting(Path pattern) {
    String name = String.valueOf(pattern.getFileName());
    Path directory = pattern.getParent();
    if (!name.matches(".*[*?\\[{].*")) {
      return List.of(pattern);
    }
    if (directory == null || !Files.isDirectory(directory)) {
      return List.of();
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, name)) {
      List<Path> files = new ArrayList<>();
      found.forEach(
          file -> {
            if (Files.isRegularFile(file)) {
              files.add(file);
            }
          });
      files.sort(null);
      return files;
    } catch (IOException failure) {
      throw Diagnostic.error(ExitCode.INVALID, "the directory " + directory + " cannot be listed")
          .because(String.valueOf(failure.getMessage()))
          .failure();
    }
  }

  private boolean matches(Found found, SshConfigLine line) {
    boolean all = true;
    List<String> words = line.words();
    for (int i = 0; i < words.size(); i++) {
      boolean negated = words.get(i).startsWith("!");
      String criterion = words.get(i).substring(negated ? 1 : 0).toLowerCase(Locale.ROOT);
      boolean fits;
      switch (criterion) {
        case "all" -> fits = true;
        case "final" -> {
          fits = found.last;
          found.anotherPass = true;
        }
        case "host", "originalhost", "user", "localuser" -> {
          if (++i == words.size()) {
            throw Diagnostic.error(line.at(), "Match " + criterion + " has no pattern").failure();
          }
          fits = Glob.anyFits(List.of(words.get(i).split(",")), subject(found, criterion));
        }
        default ->
            throw Diagnostic.error(line.at(), "Match " + criterion + " is not supported")
                .because("supported are all, final, host, originalhost, user and localuser")
                .next("write the section with one of these")
                .failure();
      }
      all &= fits != negated;
    }
    return all;
  }

  private String subject(Found found, String criterion) {
    return switch (criterion) {
      case "host" ->
          found
              .value(SshKeyword.HOSTNAME)
              .map(name -> name.replace("%h", found.original).replace("%%", "%"))
              .orElse(found.original);
      case "user" -> found.value(SshKeyword.USER).orElse(environment.user());
      case "localuser" -> environment.user();
      default -> found.original;
    };
  }
}
