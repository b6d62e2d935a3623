package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.inventory.Host;
import dev.hearth.inventory.HostPattern;
import dev.hearth.module.Modules;
import dev.hearth.playbook.ContentPaths;
import dev.hearth.playbook.EarlyValues;
import dev.hearth.playbook.InstalledCollections;
import dev.hearth.playbook.LoadedPlaybooks;
import dev.hearth.playbook.Playbook;
import dev.hearth.playbook.PlaybookLoader;
import dev.hearth.run.Catalog;
import dev.hearth.run.Event;
import dev.hearth.run.FactCache;
import dev.hearth.run.IncludeGraph;
import dev.hearth.run.Validation;
import dev.hearth.template.Language;
import dev.hearth.vars.AllCores;
import dev.hearth.vars.Layers;
import dev.hearth.vars.Level;
import dev.hearth.vars.Variable;
import dev.hearth.vars.VarsFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Loads playbooks and checks them with what a bench has. */
final class Loading {

  private final Workbench bench;
  private final Environment environment;
  private final Settings settings;
  private final Modules modules;
  private final Language language;
  private final Map<String, Variable> extraVars;
  private final FactCache factCache;
  private final ContentPaths contentPaths;
  private final PlaybookLoader loader;

  Loading(
      Workbench bench,
      Environment environment,
      Settings settings,
      Modules modules,
      Language language,
      Map<String, Variable> extraVars,
      FactCache factCache) {
    this.bench = bench;
    this.environment = environment;
    this.settings = settings;
    this.modules = modules;
    this.language = language;
    this.extraVars = extraVars;
    this.factCache = factCache;
    this.contentPaths = settings.contentPaths();
    this.loader = loader(warning -> bench.sink().accept(new Event.Warned(warning)));
  }

  /**
   * Loads playbooks and checks them as they would run on the hosts that the limit leaves;
   * everything that is wrong with them is told at once.
   */
  List<Playbook> load(List<Path> playbooks, Optional<HostPattern> limit) {
    return checked(loader.readAll(found(playbooks)), limit);
  }

  /** Loads and checks a playbook that no file holds. */
  Playbook load(Source source, Optional<HostPattern> limit) {
    return checked(loader.read(source, environment.workingDirectory()), limit).getFirst();
  }

  /** The files of playbooks: paths, or full names of those in collections. */
  List<Path> found(List<Path> playbooks) {
    Path here = environment.workingDirectory();
    InstalledCollections installed =
        new InstalledCollections(List.of(here), contentPaths.collections());
    return playbooks.stream()
        .map(name -> installed.playbook(name.toString()).orElseGet(() -> here.resolve(name)))
        .toList();
  }

  /** Loads playbooks and checks them; the outcome says what was found. */
  Checked check(List<Path> playbooks, Optional<HostPattern> limit) {
    List<Path> named = found(playbooks);
    LoadedPlaybooks loaded = loader.readAll(named);
    return new Checked(loaded.playbooks(), validated(loaded, limit));
  }

  /** Playbooks as far as they could be read, and what was found. */
  record Checked(List<Playbook> playbooks, Validation.Outcome outcome) {}

  /** Which file brings in which. */
  String graph(List<Playbook> playbooks) {
    return IncludeGraph.of(playbooks, quietLoader(), environment.workingDirectory());
  }

  private List<Playbook> checked(LoadedPlaybooks loaded, Optional<HostPattern> limit) {
    Validation.Outcome outcome = validated(loaded, limit);
    if (outcome.refused()) {
      throw new HearthException(outcome.findings());
    }
    outcome.findings().forEach(warning -> bench.sink().accept(new Event.Warned(warning)));
    return loaded.playbooks();
  }

  private Validation.Outcome validated(LoadedPlaybooks loaded, Optional<HostPattern> limit) {
    VarsFiles varsFiles = varsFiles(loaded.playbooks());
    return Validation.of(
        new Validation.Parts(
            bench.inventory(),
            hosts -> layers(hosts, varsFiles),
            extraVars,
            bench.templar(),
            language,
            modules,
            // What it loads is loaded again by the run, which warns then.
            quietLoader(),
            bench.files(),
            bench.options()),
        loaded,
        limit);
  }

  /** The files are opened on all cores: what takes time is the derivation of vault keys. */
  private List<Layers> layers(List<Host> hosts, VarsFiles varsFiles) {
    List<Layers> all = AllCores.map(hosts, host -> varsFiles.layersFor(host, bench.inventory()));
    return IntStream.range(0, all.size())
        .mapToObj(index -> withCachedFacts(all.get(index), hosts.get(index)))
        .toList();
  }

  private Layers withCachedFacts(Layers layers, Host host) {
    Location cache = Location.startOf(Source.of("the fact cache", ""));
    return layers.with(Level.FACTS, Variable.all(Level.FACTS, cache, factCache.load(host.name())));
  }

  /** What group_vars and host_vars beside the inventory and the playbooks say. */
  VarsFiles varsFiles(List<Playbook> playbooks) {
    Path beside = playbooks.getFirst().file().toAbsolutePath().getParent();
    return new VarsFiles(
        bench.varsDirectories(),
        bench.inventory().directories(),
        Optional.ofNullable(beside),
        bench.hashBehaviour());
  }

  /** Loads what a run asks for; warnings are shown. */
  PlaybookLoader loader() {
    return loader;
  }

  private PlaybookLoader quietLoader() {
    return loader(warning -> {});
  }

  private PlaybookLoader loader(Consumer<Diagnostic> warnings) {
    return new PlaybookLoader(
        new Catalog(modules),
        bench.files(),
        contentPaths,
        PlayDefaults.of(settings),
        warnings,
        new EarlyValues(bench.templar(), Variable.values(extraVars)));
  }
}
