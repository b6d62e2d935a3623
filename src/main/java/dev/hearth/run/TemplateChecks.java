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
import dev.hearth.vars.AllCores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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
  private final Map<Path, Source> read = new ConcurrentHashMap<>();
  private final IdentityHashMap<Task, List<Reference>> inFiles = new IdentityHashMap<>();
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

  /** What one value or file came to. */
  private record Checked(List<Diagnostic> findings, List<Reference> references) {

    static final Checked NOTHING = new Checked(List.of(), List.of());
  }

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

  /** How many template files were read. */
  int files() {
    return read.size();
  }

  /** The template tasks whose file only the run knows. */
  Collection<Coverage.Unknown> unknown() {
    return unknown.values();
  }

  /** Checks the lookups of loops and the files of {@code template} tasks, on all processors. */
  void check(Collection<Task> tasks) {
    List<Task> templates = new ArrayList<>();
    for (Task task : tasks) {
      task.loop().ifPresent(this::lookup);
      if (task.action().name().equals(TEMPLATE)) {
        Optional.ofNullable(task.action().args().get("src"))
            .ifPresent(src -> template(task, src, templates));
      }
    }
    List<Checked> checked = AllCores.map(templates, this::file);
    for (int index = 0; index < templates.size(); index++) {
      take(checked.get(index));
      inFiles.put(templates.get(index), checked.get(index).references());
    }
  }

  private void template(Task task, Located src, List<Task> templates) {
    if (isWritten(task, src)) {
      templates.add(task);
    } else {
      unknown.put(src.at(), new Coverage.Unknown(Coverage.Kind.TEMPLATE_FILE, src.at()));
    }
  }

  /** What the file of a {@code template} task that was checked reads, when its name is known. */
  List<Reference> referencesOfFile(Task task) {
    return inFiles.getOrDefault(task, List.of());
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

  /** Whether the run adds nothing to what says which file it is and how it is read. */
  private static boolean isWritten(Task task, Located src) {
    return src.value() instanceof Value.Text
        && task.action().args().entrySet().stream()
            .noneMatch(each -> steers(each.getKey()) && !plain(each.getValue()));
  }

  private Checked file(Task task) {
    Located src = Objects.requireNonNull(task.action().args().get("src"));
    Map<String, Value> given = new LinkedHashMap<>();
    task.action().args().forEach((name, value) -> given.put(name, value.value()));
    try {
      Optional<Path> path =
          new SearchPath(task.context().searchDirectories())
              .find("templates", Keywords.text(src.value()));
      TemplateOptions options = new TemplateParameters(given, src.at()).options();
      return path.map(found -> checked(open(found), options)).orElse(Checked.NOTHING);
    } catch (HearthException unreadable) {
      return new Checked(unreadable.diagnostics(), List.of());
    } catch (TemplateFailure wrong) {
      return new Checked(List.of(wrong.diagnostic()), List.of());
    }
  }

  private Checked checked(Source file, TemplateOptions options) {
    return new Checked(templar.checkFile(file, options), templar.referencesOfFile(file, options));
  }

  private Source open(Path path) {
    return read.computeIfAbsent(path, files::open);
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
