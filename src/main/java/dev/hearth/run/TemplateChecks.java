package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Nearest;
import dev.hearth.diag.Source;
import dev.hearth.diag.SourceFiles;
import dev.hearth.playbook.Loop;
import dev.hearth.playbook.Task;
import dev.hearth.playbook.Templates;
import dev.hearth.template.Language;
import dev.hearth.template.Reference;
import dev.hearth.template.SearchPath;
import dev.hearth.template.Templar;
import dev.hearth.template.TemplateFailure;
import dev.hearth.template.syntax.TemplateOptions;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks templates, conditions, loops and template files without evaluating them, and remembers
 * which names some template can do without.
 */
final class TemplateChecks {

  private static final String TEMPLATE = "ansible.builtin.template";

  private final Templar templar;
  private final Language language;
  private final SourceFiles files;
  private final Findings findings;
  private final Set<String> optional = new HashSet<>();
  private final Map<Path, Source> read = new HashMap<>();
  private final Map<Location, Coverage.Unknown> unknown = new LinkedHashMap<>();

  TemplateChecks(Templar templar, Language language, SourceFiles files, Findings findings) {
    this.templar = templar;
    this.language = language;
    this.files = files;
    this.findings = findings;
  }

  /** Names that are asked {@code is defined}, have a default, or are read under a condition. */
  Set<String> optional() {
    return optional;
  }

  /** Checks many values, on all processors; what is found comes out in their order. */
  void check(List<Templates.Found> all) {
    all.parallelStream().map(this::checked).toList().forEach(this::take);
  }

  /** What one value came to. */
  private record Checked(List<Diagnostic> findings, List<Reference> references) {}

  private Checked checked(Templates.Found found) {
    Located value = found.value();
    boolean bare =
        found.kind() == Templates.Kind.CONDITION
            || (found.kind() == Templates.Kind.EXPRESSION
                && value.value() instanceof Value.Textual);
    return bare
        ? new Checked(templar.checkCondition(value), templar.referencesOfCondition(value))
        : checked(value);
  }

  private Checked checked(Located value) {
    return new Checked(templar.check(value.value()), templar.references(value.value()));
  }

  private void take(Checked checked) {
    findings.addAll(checked.findings());
    note(checked.references());
  }

  /** Checks a value that may hold templates. */
  void check(Located value) {
    take(checked(value));
  }

  /** How many template files were read. */
  int files() {
    return read.size();
  }

  /** The template tasks whose file only the run knows. */
  Collection<Coverage.Unknown> unknown() {
    return unknown.values();
  }

  /** Checks the lookup of a loop and the file of a {@code template} task. */
  void check(Task task) {
    task.loop().ifPresent(this::lookup);
    Optional<Read> file = file(task);
    if (file.isPresent()) {
      findings.addAll(templar.checkFile(file.get().source(), file.get().options()));
      note(templar.referencesOfFile(file.get().source(), file.get().options()));
    }
  }

  /** What the file of a {@code template} task reads, when its name is known. */
  List<Reference> referencesOfFile(Task task) {
    return file(task)
        .map(read -> templar.referencesOfFile(read.source(), read.options()))
        .orElse(List.of());
  }

  private void note(List<Reference> references) {
    references.stream().filter(Reference::guarded).map(Reference::name).forEach(optional::add);
  }

  private void lookup(Loop loop) {
    if (loop.kind() == Loop.Kind.WITH && language.lookup(loop.lookup()) == null) {
      findings.add(
          Diagnostic.error(
                  loop.items().at(),
                  "there is no lookup '" + loop.lookup() + "' for 'with_" + loop.lookup() + "'")
              .next(
                  Nearest.hint(
                      loop.lookup(),
                      language.lookups().keySet(),
                      "write the loop with 'loop:' and filters")));
    }
  }

  /** A template file and how it is to be read. */
  private record Read(Source source, TemplateOptions options) {}

  private Optional<Read> file(Task task) {
    @Nullable Located src = task.action().args().get("src");
    boolean written =
        task.action().name().equals(TEMPLATE)
            && src != null
            && src.value() instanceof Value.Text
            && task.action().args().entrySet().stream()
                .noneMatch(each -> steers(each.getKey()) && !plain(each.getValue()));
    if (!written || src == null) {
      if (src != null && task.action().name().equals(TEMPLATE)) {
        unknown.put(src.at(), new Coverage.Unknown(Coverage.Kind.TEMPLATE_FILE, src.at()));
      }
      return Optional.empty();
    }
    Map<String, Value> given = new LinkedHashMap<>();
    task.action().args().forEach((name, value) -> given.put(name, value.value()));
    try {
      return new SearchPath(task.context().searchDirectories())
          .find("templates", Keywords.text(src.value()))
          .map(path -> new Read(open(path), new TemplateParameters(given, src.at()).options()));
    } catch (HearthException unreadable) {
      findings.addAll(unreadable.diagnostics());
      return Optional.empty();
    } catch (TemplateFailure wrong) {
      findings.add(wrong.diagnostic());
      return Optional.empty();
    }
  }

  private Source open(Path path) {
    @Nullable Source known = read.get(path);
    if (known == null) {
      known = files.open(path);
      read.put(path, known);
    }
    return known;
  }

  private static boolean steers(String argument) {
    return argument.endsWith("_string")
        || argument.endsWith("_blocks")
        || argument.equals("newline_sequence");
  }

  private static boolean plain(Located value) {
    return value.value() instanceof Value.Text || value.value() instanceof Value.Bool;
  }
}
