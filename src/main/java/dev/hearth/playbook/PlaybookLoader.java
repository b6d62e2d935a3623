package dev.hearth.playbook;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.diag.SourceFiles;
import dev.hearth.playbook.Keyword.Place;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.Values;
import dev.hearth.yaml.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Loads playbooks, and task files and roles while a run goes on, as ansible-core 2.19 reads them.
 * Every file that can be known before the run is read; all findings are thrown together as one
 * {@link dev.hearth.diag.HearthException}.
 */
public final class PlaybookLoader implements TaskSource {

  private final ActionCatalog catalog;
  private final SourceFiles files;
  private final ContentPaths paths;
  private final Map<Keyword, Located> defaults;
  private final Consumer<Diagnostic> warnings;
  private final EarlyValues early;

  /**
   * A loader.
   *
   * @param catalog the modules and directives that tasks may name
   * @param files opens files, encrypted ones among them
   * @param paths where roles and collections are searched after those next to the playbook
   * @param defaults what holds where no play, block or task says anything else
   * @param warnings takes what is worth knowing when there is no error
   * @param early evaluates what has to be known before the run
   */
  public PlaybookLoader(
      ActionCatalog catalog,
      SourceFiles files,
      ContentPaths paths,
      Map<Keyword, Located> defaults,
      Consumer<Diagnostic> warnings,
      EarlyValues early) {
    this.catalog = catalog;
    this.files = files;
    this.paths = paths;
    this.defaults = Map.copyOf(defaults);
    this.warnings = warnings;
    this.early = early;
  }

  /** One playbook with all that it imports. */
  public Playbook load(Path playbook) {
    return loadAll(List.of(playbook)).getFirst();
  }

  /**
   * A playbook that no file holds, such as the one task of a command line.
   *
   * @param directory what relative names in it are relative to
   */
  public LoadedPlaybooks read(Source playbook, Path directory) {
    Reading reading = new Reading(files, early);
    List<Play> plays = new ArrayList<>();
    Path place = directory.toAbsolutePath().resolve(playbook.name());
    EntryReader entries = entries(reading, List.of(PlayReader.directory(place)));
    YamlReader.read(playbook)
        .ifPresent(
            document ->
                plays(document, place, Attributes.NONE, List.of(place), plays, reading, entries));
    Playbook loaded = new Playbook(place, plays);
    new StaticFiles(reading).check(loaded);
    entries.python().tell();
    return new LoadedPlaybooks(List.of(loaded), reading.findings(), reading.isComplete());
  }

  /** Several playbooks; the findings of all of them are thrown together. */
  public List<Playbook> loadAll(List<Path> playbooks) {
    Reading reading = new Reading(files, early);
    List<Playbook> loaded = readAll(playbooks, reading).playbooks();
    reading.conclude(warnings);
    return loaded;
  }

  /**
   * Several playbooks as far as they can be read, so that what is left can be checked too. Nothing
   * is thrown and no warning is handed on: the result has all findings.
   */
  public LoadedPlaybooks readAll(List<Path> playbooks) {
    return readAll(playbooks, new Reading(files, early));
  }

  private LoadedPlaybooks readAll(List<Path> playbooks, Reading reading) {
    EntryReader entries =
        entries(reading, playbooks.stream().map(PlayReader::directory).distinct().toList());
    StaticFiles staticFiles = new StaticFiles(reading);
    List<Playbook> loaded = new ArrayList<>();
    for (Path playbook : playbooks) {
      List<Play> plays = new ArrayList<>();
      if (Files.isRegularFile(playbook)) {
        read(playbook, Attributes.NONE, List.of(), plays, reading, entries);
      } else {
        reading.reportLost(noPlaybook(playbook));
      }
      loaded.add(new Playbook(playbook, plays));
    }
    loaded.forEach(staticFiles::check);
    entries.python().tell();
    return new LoadedPlaybooks(loaded, reading.findings(), reading.isComplete());
  }

  @Override
  public LoadedTasks loadTasks(Located file, Attributes inherited, Context from) {
    Reading reading = new Reading(files, early);
    EntryReader entries = entries(reading, List.of(from.playbookDirectory()));
    from.role().ifPresent(role -> entries.python().library(role.path()));
    Gathered gathered = new Gathered();
    String name = Shapes.characters(file.value());
    List<Entry> loaded =
        entries
            .files()
            .taskFile(name, file.at(), from)
            .map(path -> entries.file(path, new Site(from, inherited, gathered, List.of())))
            .orElse(List.of());
    new StaticFiles(reading).check(loaded);
    entries.python().tell();
    reading.conclude(warnings);
    return new LoadedTasks(loaded, gathered.roles, gathered.handlers);
  }

  @Override
  public LoadedRole loadRole(RoleRequest request, Attributes inherited, Context from) {
    Reading reading = new Reading(files, early);
    EntryReader entries = entries(reading, List.of(from.playbookDirectory()));
    Gathered gathered = new Gathered();
    Optional<RoleInstance> role =
        entries.roles().imported(request, new Site(from, inherited, gathered, List.of()));
    new StaticFiles(reading).check(gathered.entries);
    entries.python().tell();
    reading.conclude(warnings);
    return new LoadedRole(role.orElseThrow(), gathered.roles, gathered.entries, gathered.handlers);
  }

  private EntryReader entries(Reading reading, List<Path> playbookDirectories) {
    InstalledCollections installed =
        new InstalledCollections(playbookDirectories, paths.collections());
    PythonModules python =
        new PythonModules(reading, installed, playbookDirectories, paths.python());
    return new EntryReader(
        reading,
        new Directives(catalog, python),
        new RoleFinder(reading, paths.roles(), installed),
        installed);
  }

  private static Diagnostic noPlaybook(Path playbook) {
    return Diagnostic.error(ExitCode.NOT_FOUND, "the playbook '" + playbook + "' does not exist")
        .because(
            Files.isDirectory(playbook)
                ? "it is a directory"
                : "there is no such file below " + Path.of("").toAbsolutePath())
        .next("correct the path");
  }

  private void read(
      Path file,
      Attributes around,
      List<Path> open,
      List<Play> plays,
      Reading reading,
      EntryReader entries) {
    Path absolute = file.toAbsolutePath().normalize();
    List<Path> opened = new ArrayList<>(open);
    opened.add(absolute);
    Optional<Node> document = reading.document(file);
    if (document.isEmpty()) {
      reading.reportEmpty(file);
      return;
    }
    plays(document.get(), absolute, around, opened, plays, reading, entries);
  }

  private void plays(
      Node document,
      Path absolute,
      Attributes around,
      List<Path> opened,
      List<Play> plays,
      Reading reading,
      EntryReader entries) {
    if (!(document instanceof Node.Sequence list)) {
      reading.report(
          Diagnostic.error(
                  document.at(), "a playbook has to be a list of plays, not " + document.kind())
              .next("start every play with '- hosts: ...'"));
      return;
    }
    if (list.items().isEmpty()) {
      reading.report(
          Diagnostic.error(list.at(), "this playbook has no plays")
              .next("add a play: '- hosts: ...'"));
    }
    PlayReader playReader = new PlayReader(reading, entries, defaults);
    for (Node item : list.items()) {
      Optional<Node.Mapping> mapping =
          entries.shapes().mapping(item, "a play", "start it with '- hosts: ...'");
      if (mapping.isEmpty()) {
        continue;
      }
      Optional<Map.Entry<Node.Scalar, Node>> imported =
          mapping
              .get()
              .entry("import_playbook")
              .or(() -> mapping.get().entry(Directives.IMPORT_PLAYBOOK));
      if (imported.isPresent()) {
        importPlaybook(
            mapping.get(), imported.get(), absolute, around, opened, plays, reading, entries);
      } else {
        playReader.read(mapping.get(), absolute, around).ifPresent(plays::add);
      }
    }
  }

  /** Ansible takes such a keyword there and does nothing with it. */
  private static Diagnostic withoutEffect(Node.Scalar key) {
    return Diagnostic.warning(key.at(), "'" + key.text() + "' has no effect on 'import_playbook'")
        .because("of an import only vars, tags and when reach the plays in it")
        .next("move it to the imported plays");
  }

  private void importPlaybook(
      Node.Mapping mapping,
      Map.Entry<Node.Scalar, Node> imported,
      Path file,
      Attributes around,
      List<Path> open,
      List<Play> plays,
      Reading reading,
      EntryReader entries) {
    for (Node.Scalar key : mapping.entries().keySet()) {
      boolean known =
          key.equals(imported.getKey())
              || Keyword.of(key.text())
                  .filter(keyword -> keyword.allowedIn(Place.IMPORT_PLAYBOOK))
                  .isPresent();
      if (!known) {
        reading.report(
            Keyword.of(key.text()).filter(Keyword::isOfEveryEntry).isPresent()
                ? withoutEffect(key)
                : UnknownNames.keyword(key.text(), key.at(), Place.IMPORT_PLAYBOOK));
      }
    }
    Path directory = PlayReader.directory(file);
    Context context = Context.of(file, directory, Optional.empty(), PlayVariables.NONE);
    Attributes own = entries.attributes().own(mapping, Place.IMPORT_PLAYBOOK, context);
    Located written = Values.located(imported.getValue());
    if (!(written.value() instanceof Value.Textual || written.value() instanceof Value.Template)) {
      reading.report(
          Diagnostic.error(imported.getValue().at(), "'import_playbook' has to name a file")
              .next("write 'import_playbook: <file>'"));
      return;
    }
    Location at = written.at();
    Optional<Path> target =
        entries
            .files()
            .staticName(
                written,
                context,
                around.inner(own).withVars(around.vars()).vars(),
                "the file of 'import_playbook'",
                "write the file itself")
            .flatMap(name -> entries.files().playbook(name, at, directory));
    if (target.isEmpty()) {
      return;
    }
    if (open.contains(target.get().toAbsolutePath().normalize())) {
      reading.report(
          Diagnostic.error(at, "this import goes round in a circle")
              .because(TaskFiles.shown(target.get()) + " is being read already")
              .next("remove the import"));
      return;
    }
    // Variables of an outer import win over those of an inner one.
    Attributes combined = around.inner(own).withVars(around.vars());
    read(target.get(), combined, open, plays, reading, entries);
  }
}
