package dev.hearth.playbook;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.playbook.Keyword.Place;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.yaml.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads lists of tasks and of handlers, with the files and roles that they import. */
final class EntryReader {

  /** Keywords that an import cannot hand on to what it imports. */
  private static final Set<Keyword> NOT_FOR_IMPORTS =
      Set.of(
          Keyword.ASYNC,
          Keyword.CHANGED_WHEN,
          Keyword.DELAY,
          Keyword.FAILED_WHEN,
          Keyword.POLL,
          Keyword.REGISTER,
          Keyword.RETRIES,
          Keyword.UNTIL);

  private final Reading reading;
  private final Shapes shapes;
  private final AttributeReader attributes;
  private final TaskReader tasks;
  private final TaskFiles files;
  private final RoleReader roles;
  private final PythonModules python;

  EntryReader(
      Reading reading, Directives directives, RoleFinder finder, InstalledCollections installed) {
    this.reading = reading;
    this.shapes = new Shapes(reading);
    this.attributes = new AttributeReader(reading, shapes, directives);
    this.tasks = new TaskReader(reading, shapes, directives, attributes);
    this.files = new TaskFiles(reading, installed);
    this.python = directives.python();
    this.roles = new RoleReader(reading, shapes, attributes, this, finder, directives);
  }

  PythonModules python() {
    return python;
  }

  RoleReader roles() {
    return roles;
  }

  Shapes shapes() {
    return shapes;
  }

  AttributeReader attributes() {
    return attributes;
  }

  TaskFiles files() {
    return files;
  }

  /** The entries of a list of tasks. */
  List<Entry> entries(Node list, String what, Site site) {
    List<Entry> entries = new ArrayList<>();
    for (Node item : shapes.list(list, what)) {
      entry(item, site).ifPresent(entries::add);
    }
    return entries;
  }

  /** The entries of a file that is known to exist. */
  List<Entry> file(Path file, Site site) {
    Site inside = site.in(site.context().in(file)).opening(file);
    return reading
        .document(file)
        .map(document -> entries(document, "a task file", inside))
        .orElse(List.of());
  }

  private Optional<Entry> entry(Node item, Site site) {
    Optional<Node.Mapping> mapping = task(item);
    if (mapping.isEmpty()) {
      return Optional.empty();
    }
    if (isBlock(mapping.get())) {
      return Optional.of(block(mapping.get(), site));
    }
    Optional<Task> task = tasks.read(mapping.get(), Place.TASK, site);
    if (task.isEmpty()) {
      return Optional.empty();
    }
    return switch (task.get().action().name()) {
      case Directives.IMPORT_TASKS -> importTasks(mapping.get(), task.get(), site);
      case Directives.IMPORT_ROLE -> importRole(mapping.get(), task.get(), site);
      default -> Optional.of(task.get());
    };
  }

  private Optional<Node.Mapping> task(Node item) {
    String next =
        item instanceof Node.Scalar scalar && !Shapes.isNull(item)
            ? "add a ':' behind the module's name, as in '"
                + (item.at().source().secret() ? "debug" : scalar.text().split("\\s", 2)[0])
                + ":'"
            : "write '- name: ...' and below it the module";
    return shapes.mapping(item, "a task", next);
  }

  private static boolean isBlock(Node.Mapping mapping) {
    return mapping.get("block").isPresent()
        || mapping.get("rescue").isPresent()
        || mapping.get("always").isPresent();
  }

  private Block block(Node.Mapping mapping, Site site) {
    checkKeys(mapping, Place.BLOCK);
    if (mapping.get("block").isEmpty()) {
      reading.report(
          Diagnostic.error(mapping.at(), "'rescue' or 'always' without 'block'")
              .because("they say what happens when the tasks of a block fail or end")
              .next("add 'block:' with the tasks"));
    }
    Attributes effective =
        site.inherited().inner(attributes.own(mapping, Place.BLOCK, site.context()));
    Site inside = site.inheriting(effective);
    return new Block(
        mapping.at(),
        TaskReader.name(mapping),
        effective,
        part(mapping, "block", inside),
        part(mapping, "rescue", inside),
        part(mapping, "always", inside),
        site.context());
  }

  private List<Entry> part(Node.Mapping mapping, String key, Site site) {
    return mapping.get(key).map(list -> entries(list, "'" + key + "'", site)).orElse(List.of());
  }

  /** Reports every key that is no keyword of this place. */
  void checkKeys(Node.Mapping mapping, Place place) {
    for (Node.Scalar key : mapping.entries().keySet()) {
      if (Keyword.of(key.text()).filter(keyword -> keyword.allowedIn(place)).isEmpty()) {
        reading.report(UnknownNames.keyword(key.text(), key.at(), place));
      }
    }
  }

  private Optional<Entry> importTasks(Node.Mapping mapping, Task task, Site site) {
    Optional<Path> file = importedFile(mapping, task, site);
    return file.map(
        path -> {
          List<Entry> entries = file(path, site.inheriting(task.attributes()));
          return block(task, entries, site.context().in(path));
        });
  }

  private static Block block(Task task, List<Entry> entries, Context context) {
    return new Block(
        task.at(), task.name(), task.attributes(), entries, List.of(), List.of(), context);
  }

  private Optional<Path> importedFile(Node.Mapping mapping, Task task, Site site) {
    checkImport(mapping, task);
    Optional<Located> name =
        task.action().freeForm().or(() -> Optional.ofNullable(task.action().args().get("file")));
    if (name.isEmpty()) {
      reading.report(
          Diagnostic.error(task.action().at(), "'import_tasks' does not say which file")
              .next("write 'import_tasks: <file>'"));
      return Optional.empty();
    }
    Location at = name.get().at();
    Optional<Path> file =
        files
            .staticName(
                name.get(),
                site.context(),
                task.attributes().vars(),
                "the file of 'import_tasks'",
                "use include_tasks, which is done while the run goes on")
            .flatMap(text -> files.taskFile(text, at, site.context()));
    if (file.isPresent() && site.isOpen(file.get())) {
      reading.report(
          Diagnostic.error(at, "this import goes round in a circle")
              .because(
                  TaskFiles.shown(file.get()) + " is being read already and leads back to itself")
              .next("remove the import, or use include_tasks with a condition that ends"));
      return Optional.empty();
    }
    return file;
  }

  private void checkImport(Node.Mapping mapping, Task task) {
    String written = task.action().written();
    if (task.loop().isPresent()) {
      reading.report(
          Diagnostic.error(task.loop().get().items().at(), "'" + written + "' cannot loop")
              .because("an import is done once, before the run")
              .next("use " + written.replace("import_", "include_")));
    }
    for (Node.Scalar key : mapping.entries().keySet()) {
      if (Keyword.of(key.text()).filter(NOT_FOR_IMPORTS::contains).isPresent()) {
        reading.report(
            Diagnostic.warning(key.at(), "'" + key.text() + "' has no effect on '" + written + "'")
                .because("an import is replaced by what it imports and has no result of its own")
                .next("move it to the imported tasks"));
      }
    }
  }

  private Optional<Entry> importRole(Node.Mapping mapping, Task task, Site site) {
    checkImport(mapping, task);
    Optional<RoleRequest> request = roles.request(task, site.context());
    if (request.isEmpty()) {
      return Optional.empty();
    }
    Gathered inner = new Gathered();
    inner.roles.addAll(site.gathered().roles);
    int before = inner.roles.size();
    Optional<RoleInstance> role =
        roles.imported(request.get(), site.inheriting(task.attributes()).gathering(inner));
    site.gathered().roles.addAll(inner.roles.subList(before, inner.roles.size()));
    site.gathered().handlers.addAll(inner.handlers);
    return role.map(found -> block(task, inner.entries, site.context()));
  }

  /** The handlers of a list; those of imported files among them. */
  List<Handler> handlers(Node list, String what, Site site) {
    List<Handler> handlers = new ArrayList<>();
    for (Node item : shapes.list(list, what)) {
      task(item).ifPresent(mapping -> handler(mapping, site, handlers));
    }
    return handlers;
  }

  private void handler(Node.Mapping mapping, Site site, List<Handler> handlers) {
    if (isBlock(mapping)) {
      reading.report(
          Diagnostic.error(mapping.at(), "a block cannot be a handler")
              .because("a handler is one task that can be notified")
              .next("make every task of the block a handler with the same 'listen' topic"));
      return;
    }
    Optional<Task> task = tasks.read(mapping, Place.HANDLER, site);
    if (task.isEmpty()) {
      return;
    }
    List<Located> listen =
        mapping.get("listen").map(node -> shapes.texts(node, "'listen'")).orElse(List.of());
    switch (task.get().action().name()) {
      case Directives.IMPORT_TASKS -> importHandlers(mapping, task.get(), site, handlers);
      case Directives.IMPORT_ROLE, Directives.INCLUDE_ROLE ->
          reading.report(
              Diagnostic.error(
                      task.get().action().at(),
                      "'" + task.get().action().written() + "' cannot be a handler")
                  .because("a role has tasks and handlers of its own")
                  .next("use include_tasks as the handler"));
      default -> {
        if (task.get().name().isEmpty() && listen.isEmpty()) {
          reading.report(
              Diagnostic.warning(mapping.at(), "this handler can never run")
                  .because("it has neither a name nor a 'listen' topic that could be notified")
                  .next("give it a name"));
        }
        handlers.add(new Handler(task.get(), listen));
      }
    }
  }

  private void importHandlers(Node.Mapping mapping, Task task, Site site, List<Handler> handlers) {
    importedFile(mapping, task, site)
        .ifPresent(
            path -> {
              Site inside =
                  site.inheriting(task.attributes()).in(site.context().in(path)).opening(path);
              reading
                  .document(path)
                  .ifPresent(
                      document ->
                          handlers.addAll(handlers(document, "a file of handlers", inside)));
            });
  }

  /** A text argument that is known before the run. */
  Optional<String> staticArgument(Task task, String name, Context context) {
    Located value = task.action().args().get(name);
    if (value == null || value.value() instanceof Value.Null) {
      return Optional.empty();
    }
    return files.staticName(
        value,
        context,
        task.attributes().vars(),
        "'" + name + "' of '" + task.action().written() + "'",
        "use include_role, which is done while the run goes on");
  }
}
