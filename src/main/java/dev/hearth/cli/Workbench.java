package dev.hearth.cli;

import dev.hearth.connection.Target;
import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.RepeatedKeys;
import dev.hearth.diag.Source;
import dev.hearth.diag.SourceFiles;
import dev.hearth.inventory.Host;
import dev.hearth.inventory.HostPattern;
import dev.hearth.inventory.Inventory;
import dev.hearth.inventory.InventoryLoader;
import dev.hearth.inventory.InventoryServices;
import dev.hearth.journal.RunStore;
import dev.hearth.module.Modules;
import dev.hearth.module.library.Library;
import dev.hearth.playbook.Playbook;
import dev.hearth.run.Event;
import dev.hearth.run.EventSink;
import dev.hearth.run.FactCache;
import dev.hearth.run.Invocation;
import dev.hearth.run.RetryFile;
import dev.hearth.run.RunOptions;
import dev.hearth.run.Targets;
import dev.hearth.ssh.SshConnector;
import dev.hearth.template.JinjaTemplar;
import dev.hearth.template.Language;
import dev.hearth.template.Scope;
import dev.hearth.template.Surroundings;
import dev.hearth.template.Templar;
import dev.hearth.template.TemplateFailure;
import dev.hearth.template.standard.StandardLanguage;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.vars.ExtraVars;
import dev.hearth.vars.HashBehaviour;
import dev.hearth.vars.Layers;
import dev.hearth.vars.Level;
import dev.hearth.vars.Variable;
import dev.hearth.vars.VarsDirectories;
import dev.hearth.vars.VarsFiles;
import dev.hearth.vault.Vault;
import dev.hearth.vault.VaultSecrets;
import dev.hearth.vault.VaultedFiles;
import dev.hearth.view.Masker;
import dev.hearth.view.Printable;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a command which reads playbooks works with, put together from options and
 * settings: the one place where the adapters (files, vault, SSH, templates) meet the engine.
 */
final class Workbench implements AutoCloseable {

  private final Environment environment;
  private final RunOptions options;
  private final EventSink sink;
  private final Set<Diagnostic> warned = ConcurrentHashMap.newKeySet();
  private final Masker masker;
  private final Vault vault;
  private final RepeatedKeys repeatedKeys;
  private final SourceFiles files;
  private final VarsDirectories varsDirectories;
  private final List<String> sources;
  private final Settings settings;
  private final Inventory inventory;
  private final Map<String, Variable> extraVars;
  private final HashBehaviour hashBehaviour;
  private final Invocation invocation;
  private final FactCache factCache;
  private final Modules modules = Library.modules();
  private final Language language = StandardLanguage.with(YamlDocuments::read, new VaultCiphers());
  private final Loading loading;
  private final RunJournals journals;
  private final Templar templar;
  private @Nullable RunStore store;

  /**
   * Puts it together.
   *
   * @param sources where the inventory comes from
   * @param limit {@code --limit} as it was written
   * @param extra what {@code -e} said
   * @param junit the file for what becomes of each task
   */
  Workbench(
      Environment environment,
      Settings settings,
      List<String> sources,
      Optional<String> limit,
      List<String> extra,
      VaultSecrets secrets,
      RunOptions options,
      OutputOptions output,
      Optional<Path> junit) {
    this.environment = environment;
    this.options = options;
    this.masker = environment.masker();
    this.sink =
        output.view(
            environment,
            settings,
            masker,
            options.check(),
            output.called(environment, settings, options.forks(), sources),
            junit);
    settings.reviewed().forEach(warning -> sink.accept(new Event.Warned(warning)));
    this.vault = new Vault(secrets, VaultOptions.policy(settings));
    this.repeatedKeys =
        new ToleratedKeys(settings, warning -> sink.accept(new Event.Warned(warning)));
    this.files = remembered();
    options.connection().password().ifPresent(masker::add);
    options.connection().becomePassword().ifPresent(masker::add);
    this.sources = List.copyOf(sources);
    this.settings = settings;
    RunSettings runSettings = new RunSettings(settings, environment);
    this.extraVars = new ExtraVars(files, environment.workingDirectory()).parse(extra);
    this.hashBehaviour = runSettings.hashBehaviour();
    this.varsDirectories = new VarsDirectories(files, hashBehaviour);
    this.invocation = runSettings.invocation(sources, limit);
    this.factCache = runSettings.factCache(warning -> sink.accept(new Event.Warned(warning)));
    this.templar =
        new JinjaTemplar(
            language,
            inline -> remembered(vault.open(inline)),
            new Surroundings(
                environment.variables(),
                environment.home(),
                environment.workingDirectory(),
                Clock.system(ZoneId.systemDefault()),
                settings.allowsBrokenConditionals(),
                settings.templateExtensions(),
                settings::named,
                masker::add,
                this::warnOnce,
                new SecureRandom()));
    this.inventory =
        new InventoryLoader(inventoryServices(files)).load(sources, environment.workingDirectory());
    inventory.warnings().forEach(warning -> sink.accept(new Event.Warned(warning)));
    this.journals = new RunJournals(this, environment, output.arguments());
    this.loading =
        new Loading(this, environment, settings, modules, language, extraVars, factCache);
  }

  private InventoryServices inventoryServices(SourceFiles opened) {
    InventorySettings inventorySettings = new InventorySettings(settings, environment);
    return new InventoryServices(
        opened,
        varsDirectories,
        templar,
        Variable.values(extraVars),
        environment.variables(),
        inventorySettings.inventoryPatience(),
        hashBehaviour::combined,
        inventorySettings.ignoredEndings(),
        inventorySettings.ignoredNames());
  }

  /** Runs playbooks. */
  Running running() {
    return new Running(this, environment, modules, loading, factCache, invocation);
  }

  /** The sources read again, whatever is remembered of them. */
  Inventory freshInventory() {
    return new InventoryLoader(inventoryServices(remembered()))
        .load(sources, environment.workingDirectory());
  }

  /** What templates warn of is told once, however often they are evaluated. */
  private void warnOnce(Diagnostic warning) {
    if (warned.add(warning)) {
      sink.accept(new Event.Warned(warning));
    }
  }

  /** Where events go. */
  EventSink sink() {
    return sink;
  }

  /** The same, with a file of the hosts that failed where the settings want one. */
  EventSink retrySink(List<Path> playbooks) {
    return settings.flag("defaults", "retry_files_enabled", "ANSIBLE_RETRY_FILES_ENABLED", false)
        ? new RetryFile(
            sink,
            loading.found(playbooks).getFirst(),
            settings
                .paths("defaults", "retry_files_save_path", "ANSIBLE_RETRY_FILES_SAVE_PATH", "\0")
                .stream()
                .findFirst())
        : sink;
  }

  /** Begins the journals of runs. */
  RunJournals journals() {
    return journals;
  }

  /** What the user asked for. */
  RunOptions options() {
    return options;
  }

  /** What hides secrets in the output. */
  Masker masker() {
    return masker;
  }

  /** Prints a line with no secret and nothing that a terminal obeys in it. */
  void say(String line) {
    environment.out().println(masker.mask(Printable.of(line)));
  }

  /** The hosts. */
  Inventory inventory() {
    return inventory;
  }

  /** Opens files, encrypted ones among them. */
  SourceFiles files() {
    return files;
  }

  /** Reads {@code group_vars} and {@code host_vars}. */
  VarsDirectories varsDirectories() {
    return varsDirectories;
  }

  /** How mappings that are defined several times are combined. */
  HashBehaviour hashBehaviour() {
    return hashBehaviour;
  }

  /** What {@code -e} said. */
  Map<String, Variable> extraVars() {
    return extraVars;
  }

  /** Evaluates templates. */
  Templar templar() {
    return templar;
  }

  /** What sources, group_vars and host_vars beside the inventory say of a host. */
  Layers variables(Host host) {
    return variables(host, Optional.empty());
  }

  /** The same with what group_vars and host_vars in a playbook's directory say. */
  Layers variables(Host host, Optional<Path> playbookDirectory) {
    return new VarsFiles(varsDirectories, inventory.directories(), playbookDirectory, hashBehaviour)
        .layersFor(host, inventory)
        .with(Level.EXTRA_VARS, extraVars);
  }

  /**
   * Values with their templates resolved for a host, outside of any play.
   *
   * @throws dev.hearth.diag.HearthException when one cannot be
   */
  Map<String, Value> resolved(Map<String, Located> values, Host host) {
    Map<String, Value> resolved = new LinkedHashMap<>();
    Scope scope = variables(host).with(Map.of("inventory_hostname", Value.text(host.name())));
    try {
      values.forEach((name, value) -> resolved.put(name, templar.resolve(value, scope)));
    } catch (TemplateFailure failure) {
      throw failure.diagnostic().failure();
    }
    return resolved;
  }

  /** Where a host is and how to get in, by what the inventory and the options say. */
  Target target(String name) {
    Host host = inventory.host(name).orElseThrow();
    return Targets.of(host.name(), options.connection(), templar, variables(host));
  }

  /**
   * Loads playbooks and checks them as they would run on the hosts that the limit leaves;
   * everything that is wrong with them is told at once.
   */
  List<Playbook> load(List<Path> playbooks, Optional<HostPattern> limit) {
    return loading.load(playbooks, limit);
  }

  /** Loads and checks a playbook that no file holds. */
  Playbook load(Source source, Optional<HostPattern> limit) {
    return loading.load(source, limit);
  }

  /** Forgets the facts that earlier runs found out about hosts of the inventory. */
  void forgetFacts() {
    inventory.hosts().forEach(host -> factCache.store(host.name(), Map.of()));
  }

  /** Refuses a pattern or limit that chooses no host. */
  void requireHosts(String pattern, Optional<HostPattern> limit) {
    inventory.selectSome(HostPattern.parse(pattern), limit);
  }

  @Override
  public void close() {
    try (vault) {
      if (store != null) {
        store.close();
      }
    }
  }

  /** Where journals and receipts are. */
  synchronized RunStore store() {
    if (store == null) {
      store = new StoreSettings(environment, settings).open();
    }
    return store;
  }

  /** Loads playbooks and checks them; the outcome says what was found. */
  Loading.Checked check(List<Path> playbooks, Optional<HostPattern> limit) {
    return loading.check(playbooks, limit);
  }

  /** Which file brings in which. */
  String graph(List<Playbook> playbooks) {
    return loading.graph(playbooks);
  }

  private SourceFiles remembered() {
    return new RememberedFiles(new VaultedFiles(vault), repeatedKeys, masker::add);
  }

  /** Opens connections over SSH; the caller closes it. */
  SshConnector ssh() {
    return new SshAccess(environment, warning -> sink.accept(new Event.Warned(warning)))
        .connector();
  }

  private Value.Secret remembered(Value.Secret secret) {
    masker.add(secret);
    return secret;
  }
}
