package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.file.WholeFile;
import dev.hearth.journal.FileName;
import dev.hearth.rebuild.Report;
import dev.hearth.value.JsonReader;
import dev.hearth.value.Value;
import dev.hearth.view.Masker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The reports of a host's rebuilds, as files of this machine. */
final class RebuildReports {

  private final Environment environment;
  private final Masker masker;
  private final String host;
  private final Path directory;

  RebuildReports(Environment environment, Masker masker, String host) {
    this.environment = environment;
    this.masker = masker;
    this.host = host;
    this.directory = environment.state().resolve("rebuilds");
  }

  /** Puts what earlier rebuilds of the host took into a report. */
  void earlier(Report report) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    String begin = FileName.of(host) + "-";
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith(begin) && name.endsWith(".json")) {
          Value read = JsonReader.read(Files.readString(file).strip());
          report.earlier(name, text(read, "seconds"), text(read, "result"));
        }
      }
    } catch (IOException | IllegalArgumentException unreadable) {
      report.gap("an earlier report cannot be read: " + unreadable.getMessage());
    }
  }

  private static String text(Value object, String key) {
    Value found = object instanceof Value.Dict dict ? dict.entries().get(Value.text(key)) : null;
    return switch (found) {
      case Value.Text text -> text.value();
      case Value.Int number -> number.value().toString();
      case null, default -> "?";
    };
  }

  /**
   * Writes a report. Where it cannot be written it is printed instead, as JSON: what was measured
   * cannot be measured again.
   *
   * @param suffix what the file's name has besides the host
   * @return why it is in no file
   */
  Optional<Diagnostic> write(String suffix, Report report) {
    String name = FileName.of(host) + "-" + suffix;
    Path page = directory.resolve(name + ".html");
    try {
      Files.createDirectories(directory);
      WholeFile.write(directory.resolve(name + ".json"), bytes(report.json()));
      WholeFile.write(page, bytes(report.html()));
      environment.out().println(masker.mask("report: " + page));
      return Optional.empty();
    } catch (IOException failure) {
      environment.out().print(masker.mask(report.json()));
      return Optional.of(
          Diagnostic.error(ExitCode.FAILED, "the report " + page + " cannot be written")
              .because(failure + "\nwhat the phases above say was done stays done")
              .next(
                  "keep what is printed above: it is the whole report as JSON; then check the free"
                      + " space and the owner of "
                      + directory));
    }
  }

  private byte[] bytes(String text) {
    return masker.mask(text).getBytes(StandardCharsets.UTF_8);
  }
}
