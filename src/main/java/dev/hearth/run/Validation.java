package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Severity;
import dev.hearth.diag.Source;
import dev.hearth.diag.SourceFiles;
import dev.hearth.inventory.Host;
import dev.hearth.inventory.HostPattern;
import dev.hearth.inventory.Inventory;
import dev.hearth.module.Modules;
import dev.hearth.playbook.Handler;
import dev.hearth.playbook.LoadedPlaybooks;
import dev.hearth.playbook.Play;
import dev.hearth.playbook.Playbook;
import dev.hearth.playbook.RoleInstance;
import dev.hearth.playbook.Task;
import dev.hearth.playbook.TaskSource;
import dev.hearth.playbook.Templates;
import dev.hearth.template.Language;
import dev.hearth.template.Scope;
import dev.hearth.template.Templar;
import dev.hearth.template.TemplateFailure;
import dev.hearth.value.Located;
import dev.hearth.vars.AllCores;
import dev.hearth.vars.Layers;
import dev.hearth.vars.Variable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks playbooks before anything connects to a host: the syntax of all templates, conditions and
 * template files, filters, tests and lookups that do not exist, the arguments of modules, and
 * variables that the run certainly reads and nothing defines. Ansible finds these while it runs,
 * after the tasks before them have changed hosts.
 *
 * <p>It never reports what may be right: where something cannot be known before the run (an include
 * with a template for its name, a condition that depends on facts), the run will tell.
 */
public final class Validation {

  /** What stands where a name is defined: a key, or the value of {@code register}. */
  private static final Pattern DEFINING =
      Pattern.compile("register:\\s*(\\w+)|\\b([A-Za-z_]\\w*)\\s*[:=]");

  private final Parts parts;
  private final Findings findings = new Findings();
  private final Definitions definitions = new Definitions();
  private final IdentityHashMap<Play, List<Host>> hosts = new IdentityHashMap<>();

  /**
   * What it works with.
   *
   * @param inventory the hosts
   * @param inventoryLayers the variables of hosts, in their order, from inventory sources,
   *     group_vars and host_vars
   * @param extraVars what {@code -e} said
   * @param templar reads templates
   * @param language the names that templates can use
   * @param modules all modules
   * @param tasks loads what is included by name
   * @param files opens the user's text files, encrypted ones too
   * @param options what part of the playbooks is to run
   */
  public record Parts(
      Inventory inventory,
      Function<List<Host>, List<Layers>> inventoryLayers,
      Map<String, Variable> extraVars,
      Templar templar,
      Language language,
      Modules modules,
      TaskSource tasks,
      SourceFiles files,
      RunOptions options) {}

  private Validation(Parts parts) {
    this.parts = parts;
  }

  /**
   * What came of it.
   *
   * @param findings errors and warnings of the loader and of the checks, sorted by their places
   * @param coverage how much was checked
   */
  public record Outcome(List<Diagnostic> findings, Coverage coverage) {

    /** Keeps its own copy. */
    public Outcome {
      findings = List.copyOf(findings);
    }

    /** Whether one of the findings stops the run. */
    public boolean refused() {
      return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }
  }

  /**
   * Checks playbooks as they would run on the hosts that the limit leaves. Everything that is wrong
   * is in the outcome, what the loader found among it; what could not be loaded is left aside.
   */
  public static Outcome of(Parts parts, LoadedPlaybooks loaded, Optional<HostPattern> limit) {
    return new Validation(parts).outcome(loaded, limit);
  }

  private Outcome outcome(LoadedPlaybooks loaded, Optional<HostPattern> limit) {
    List<Playbook> playbooks = loaded.playbooks();
    findings.addLoaded(loaded.findings());
    definitions.addExtra(parts.extraVars());
    allowFor(loaded);
    playbooks.forEach(playbook -> playbook.plays().forEach(play -> chooseIn(play, limit)));
    TemplateChecks templates =
        new TemplateChecks(parts.templar(), parts.language(), parts.files(), findings);
    playbooks.forEach(playbook -> templates.check(Templates.in(playbook)));
    StaticIncludes includes = new StaticIncludes(parts.tasks());
    Contents contents = new Contents();
    List<Play> plays = playbooks.stream().flatMap(playbook -> playbook.plays().stream()).toList();
    plays.forEach(play -> walk(includes, contents, play));
    contents.check(templates);
    List<Source> damaged = damaged(loaded);
    // All that may be defined is known now, and no play's names depend on another's.
    List<Names> names =
        AllCores.map(
            plays,
            play -> {
              HandlerNames handlers = new HandlerNames(damaged);
              walk(includes, handlers, play);
              UndefinedNames undefined =
                  new UndefinedNames(definitions, parts.templar(), templates);
              walk(includes, undefined, play);
              return new Names(handlers, undefined);
            });
    UndefinedNames undefined = new UndefinedNames(definitions, parts.templar(), templates);
    for (Names each : names) {
      findings.addAll(each.handlers().findings());
      undefined.add(each.undefined());
    }
    findings.addAll(undefined.findings(templates.optional()));
    contents.tags.conclude(parts.options(), findings);
    List<Diagnostic> all = new PythonPlugins(playbooks).explain(findings);
    return new Outcome(all, contents.coverage(playbooks, templates));
  }

  /** What one play names and does not have. */
  private record Names(HandlerNames handlers, UndefinedNames undefined) {}

  /** Names that the parts which could not be loaded may have defined are not called undefined. */
  private void allowFor(LoadedPlaybooks loaded) {
    if (!loaded.complete()) {
      definitions.openAfterError();
    }
    damaged(loaded)
        .forEach(
            source -> {
              Matcher words = DEFINING.matcher(source.text());
              while (words.find()) {
                definitions.addAtRunTime(words.group(1) != null ? words.group(1) : words.group(2));
              }
            });
  }

  /** The files with errors. */
  private static List<Source> damaged(LoadedPlaybooks loaded) {
    return loaded.findings().stream()
        .filter(finding -> finding.severity() == Severity.ERROR)
        .flatMap(finding -> finding.at().stream())
        .map(Location::source)
        .distinct()
        .toList();
  }

  private void walk(StaticIncludes includes, ContentWalk.Visitor visitor, Play play) {
    TagSelection tags = new TagSelection(parts.options().tags(), parts.options().skipTags());
    new ContentWalk(includes, tags, each -> !hosts.getOrDefault(each, List.of()).isEmpty(), visitor)
        .through(play);
  }

  private void chooseIn(Play play, Optional<HostPattern> limit) {
    try {
      choose(play, limit);
    } catch (HearthException wrong) {
      findings.addAll(wrong.diagnostics());
      definitions.openAfterError();
    }
  }

  /** Finds the hosts of a play and what the inventory says of them. */
  private void choose(Play play, Optional<HostPattern> limit) {
    Optional<Located> pattern = pattern(play);
    if (pattern.isEmpty()) {
      definitions.open(play.hosts().at());
      return;
    }
    List<Host> chosen = parts.inventory().select(HostPattern.of(pattern.get()), limit).hosts();
    hosts.put(play, chosen);
    for (Layers layers : parts.inventoryLayers().apply(chosen)) {
      for (String name : layers.names()) {
        layers
            .explain(name)
            .forEach(variable -> definitions.add(name, variable.value(), variable.origin()));
      }
    }
  }

  /** The play's hosts; empty when only the run can tell. */
  private Optional<Located> pattern(Play play) {
    try {
      Scope scope = PlayHosts.scope(play, parts.extraVars(), parts.inventory(), parts.options());
      return Optional.of(PlayHosts.pattern(play, parts.templar(), scope));
    } catch (TemplateFailure notYet) {
      return Optional.empty();
    }
  }

  /** The first way through: what is defined, and what is there wherever the run may come. */
  private final class Contents implements ContentWalk.Visitor {

    private final DefinitionCollector collector =
        new DefinitionCollector(definitions, parts.files(), findings);
    private final TagNames tags = new TagNames();
    private final Set<Task> tasks = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Task> inOrder = new ArrayList<>();
    private final Set<StaticIncludes.Brought> seen =
        Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Templates.Found> brought = new ArrayList<>();
    private final Set<Path> roles = new HashSet<>();
    private final Map<Location, Coverage.Unknown> includes = new LinkedHashMap<>();

    @Override
    public void play(Play play) {
      collector.play(play);
    }

    @Override
    public void role(RoleInstance role) {
      collector.role(role);
      roles.add(role.path());
      role.dependencies().forEach(each -> roles.add(each.path()));
    }

    @Override
    public boolean task(Task task, boolean reached) {
      if (tasks.add(task)) {
        inOrder.add(task);
        tags.add(task);
      }
      return collector.task(task, reached);
    }

    @Override
    public boolean notified(Handler handler) {
      return collector.notified(handler);
    }

    @Override
    public void include(Task include, Optional<StaticIncludes.Brought> found, boolean certain) {
      if (found.isEmpty()) {
        tags.open();
        includes.put(
            include.action().at(),
            new Coverage.Unknown(Coverage.Kind.INCLUDE, include.action().at()));
      }
      found
          .filter(seen::add)
          .ifPresent(
              first -> {
                brought.addAll(Templates.in(first.entries()));
                first
                    .handlers()
                    .forEach(each -> brought.addAll(Templates.in(List.of(each.task()))));
              });
      collector.include(include, found, certain);
    }

    /** Checks what was come by, wherever that may be, on all processors. */
    void check(TemplateChecks templates) {
      ModuleArguments arguments = new ModuleArguments(parts.modules());
      AllCores.map(inOrder, arguments::check).forEach(findings::addAll);
      inOrder.forEach(task -> Metas.check(task).ifPresent(findings::add));
      templates.check(brought);
      templates.check(inOrder);
    }

    Coverage coverage(List<Playbook> playbooks, TemplateChecks templates) {
      List<Coverage.Unknown> unknown = new ArrayList<>(includes.values());
      unknown.addAll(templates.unknown());
      unknown.addAll(definitions.unknown());
      int plays = playbooks.stream().mapToInt(each -> each.plays().size()).sum();
      return new Coverage(plays, tasks.size(), roles.size(), templates.files(), unknown);
    }
  }
}
