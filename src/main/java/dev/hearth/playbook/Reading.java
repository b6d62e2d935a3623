package dev.hearth.playbook;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Severity;
import dev.hearth.diag.Source;
import dev.hearth.diag.SourceFiles;
import dev.hearth.template.Postponed;
import dev.hearth.template.TemplateFailure;
import dev.hearth.template.UndefinedFailure;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.YamlReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One loading: the files read so far and the findings made so far. */
final class Reading {

  private final SourceFiles files;
  private final Set<Diagnostic> findings = new LinkedHashSet<>();
  private boolean complete = true;

  /** What a file holds; empty when it holds nothing or could not be read (already reported). */
  private final Map<Path, Optional<Node>> documents = new HashMap<>();

  /** The first characters of the files that could be read. */
  private final Map<Path, Location> starts = new HashMap<>();

  private final EarlyValues early;
  private final FilesAhead ahead;

  Reading(SourceFiles files, EarlyValues early) {
    this.files = files;
    this.early = early;
    this.ahead = new FilesAhead(files);
  }

  /** Reads files of roles before somebody asks for them. */
  FilesAhead ahead() {
    return ahead;
  }

  /** Evaluates what has to be known before the run. */
  EarlyValues early() {
    return early;
  }

  /**
   * What a value stands for that has to be known before the run; reports when it is not.
   *
   * @param entries variables of the entries around it and of its own
   * @param what the value, for a sentence
   * @param next what to do where it is not known
   */
  Optional<Value> known(
      Located written, Context context, Map<String, Located> entries, String what, String next) {
    if (!(written.value() instanceof Value.Template)) {
      return Optional.of(written.value());
    }
    Location at = written.at();
    String because;
    try {
      return Optional.of(early.resolve(written, context, entries));
    } catch (UndefinedFailure undefined) {
      at = undefined.diagnostic().at().orElse(at);
      because =
          undefined.diagnostic().summary()
              + "; known by then are variables of the play, of its vars_files, of the role, of the"
              + " entries around and of the command line";
    } catch (Postponed later) {
      because = String.valueOf(later.getMessage());
    } catch (TemplateFailure wrong) {
      report(wrong.diagnostic());
      return Optional.empty();
    }
    report(Diagnostic.error(at, what + " is not known before the run").because(because).next(next));
    return Optional.empty();
  }

  /** Notes an error or a warning. The same finding is told once, however often a file is used. */
  void report(Diagnostic finding) {
    findings.add(finding);
  }

  /** Notes an error that hides content: a file or role that should have been read. */
  void reportLost(Diagnostic finding) {
    complete = false;
    report(finding);
  }

  /** The findings so far. */
  List<Diagnostic> findings() {
    return List.copyOf(findings);
  }

  /** Whether everything that was named could be read. */
  boolean isComplete() {
    return complete;
  }

  /** The document in a file that is known to exist; each file is read once. */
  Optional<Node> document(Path file) {
    Optional<Node> known = documents.get(file);
    if (known != null) {
      return known;
    }
    Optional<Node> document = Optional.empty();
    try {
      Optional<FilesAhead.Read> already = ahead.take(file);
      Source source =
          already.isPresent() ? already.get().source() : files.open(Path.of(TaskFiles.shown(file)));
      document = already.isPresent() ? already.get().document() : YamlReader.read(source);
      starts.put(file, Location.startOf(source));
    } catch (HearthException failure) {
      failure.diagnostics().forEach(this::reportLost);
    }
    documents.put(file, document);
    return document;
  }

  /**
   * The document in a file, for a glance at it.
   *
   * @throws HearthException what is wrong with it, of which nothing is noted
   */
  Optional<Node> quietly(Path file) {
    return YamlReader.read(files.open(Path.of(TaskFiles.shown(file))));
  }

  /** Reports a playbook that was read and holds nothing. */
  void reportEmpty(Path file) {
    Location start = starts.get(file);
    if (start != null) {
      report(Diagnostic.error(start, "this playbook is empty").next("add a play: '- hosts: ...'"));
    }
  }

  /** Hands warnings on and throws when there are errors; all findings are in the exception. */
  void conclude(Consumer<Diagnostic> warnings) {
    List<Diagnostic> all = findings();
    if (all.stream().anyMatch(finding -> finding.severity() == Severity.ERROR)) {
      throw new HearthException(all);
    }
    all.forEach(warnings);
  }
}
