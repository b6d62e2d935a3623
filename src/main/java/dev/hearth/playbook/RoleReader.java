package dev.hearth.playbook;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Nearest;
import dev.hearth.playbook.Keyword.Place;
import dev.hearth.value.Located;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.Values;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads roles with the roles they depend on. */
final class RoleReader {

  private static final List<String> META =
      List.of(
          "allow_duplicates",
          "argument_specs",
          "collections",
          "dependencies",
          "galaxy_info",
          "standalone");

  private final Reading reading;
  private final Shapes shapes;
  private final AttributeReader attributes;
  private final EntryReader entries;
  private final RoleFinder finder;
  private final PythonModules python;
  private final RoleArguments arguments;

  RoleReader(
      Reading reading,
      Shapes shapes,
      AttributeReader attributes,
      EntryReader entries,
      RoleFinder finder,
      Directives directives) {
    this.reading = reading;
    this.shapes = shapes;
    this.attributes = attributes;
    this.entries = entries;
    this.finder = finder;
    this.python = directives.python();
    this.arguments = new RoleArguments(reading);
  }

  /**
   * How a role is used.
   *
   * @param own the keywords of the entry that asks for it
   * @param always whether it is done again even when it was done before
   * @param included whether a task asks for it
   */
  private record Use(
      RoleRequest request,
      Attributes own,
      Map<String, Located> entryVars,
      Map<String, Located> params,
      List<RoleInstance> parents,
      boolean always,
      boolean included) {}

  /** Reads the entries of {@code roles} of a play into what the site gathers. */
  void listed(Node list, Site site) {
    if (list instanceof Node.Sequence roles) {
      roles.items().forEach(item -> readAhead(item, site));
    }
    for (Node item : shapes.list(list, "'roles'")) {
      use(item, List.of(), site).ifPresent(use -> read(use, site));
    }
  }

  private void readAhead(Node item, Site site) {
    Optional<Node> named =
        item instanceof Node.Mapping mapping
            ? mapping.get("role").or(() -> mapping.get("name"))
            : Optional.of(item);
    if (named.isPresent() && named.get() instanceof Node.Scalar name) {
      finder.guess(name.text(), site.context()).ifPresent(reading.ahead()::role);
    }
  }

  /** Reads a role that a task names; the site inherits what the task says. */
  Optional<RoleInstance> imported(RoleRequest request, Site site) {
    List<RoleInstance> parents = new ArrayList<>();
    site.context()
        .role()
        .ifPresent(
            role -> {
              parents.addAll(role.parents());
              parents.add(role);
            });
    return read(
        new Use(
            request,
            Attributes.NONE,
            Map.of(),
            Map.of(),
            parents,
            request.options().duplicates(),
            true),
        site);
  }

  /** What an {@code import_role} task asks for. */
  Optional<RoleRequest> request(Task task, Context context) {
    Location at =
        Optional.ofNullable(task.action().args().get("name"))
            .or(() -> Optional.ofNullable(task.action().args().get("role")))
            .map(Located::at)
            .orElse(task.action().at());
    Optional<String> name =
        entries
            .staticArgument(task, "name", context)
            .or(() -> entries.staticArgument(task, "role", context));
    boolean named =
        task.action().args().containsKey("name") || task.action().args().containsKey("role");
    if (name.isEmpty() && !named) {
      reading.report(
          Diagnostic.error(at, "'" + task.action().written() + "' does not say which role")
              .next("add 'name: <role>'"));
    }
    return name.map(
        role ->
            new RoleRequest(
                at,
                role,
                entries.staticArgument(task, "tasks_from", context),
                entries.staticArgument(task, "vars_from", context),
                entries.staticArgument(task, "defaults_from", context),
                entries.staticArgument(task, "handlers_from", context),
                new RoleRequest.Options(
                    flag(task, "public"),
                    flag(task, "allow_duplicates"),
                    flag(task, "rolespec_validate"))));
  }

  /** A switch of {@code import_role}, which is on unless it is written otherwise. */
  private boolean flag(Task task, String name) {
    Located written = task.action().args().get(name);
    return written == null || Shapes.isTrue(written.value());
  }

  private Optional<Use> use(Node item, List<RoleInstance> parents, Site site) {
    if (item instanceof Node.Scalar && !Shapes.isNull(item)) {
      return roleName(item, site)
          .map(
              name ->
                  new Use(
                      RoleRequest.of(item.at(), name),
                      Attributes.NONE,
                      Map.of(),
                      Map.of(),
                      parents,
                      false,
                      false));
    }
    Optional<Node.Mapping> mapping =
        shapes.mapping(item, "a role", "write '- <name>' or '- role: <name>'");
    Optional<Node> named =
        mapping.flatMap(
            each -> each.get("role").or(() -> each.get("name")).or(() -> each.get("src")));
    if (mapping.isPresent() && named.isEmpty()) {
      reading.report(
          Diagnostic.error(item.at(), "this entry does not say which role")
              .next("add 'role: <name>'"));
    }
    return named
        .flatMap(node -> roleName(node, site))
        .map(
            name ->
                new Use(
                    RoleRequest.of(named.orElseThrow().at(), name),
                    attributes.own(mapping.orElseThrow(), Place.ROLE, site.context()),
                    mapping
                        .orElseThrow()
                        .get("vars")
                        .map(vars -> shapes.variables(vars, "'vars'"))
                        .orElse(Map.of()),
                    params(mapping.orElseThrow()),
                    parents,
                    false,
                    false));
  }

  private Optional<String> roleName(Node node, Site site) {
    return shapes
        .text(node, "the name of a role")
        .flatMap(
            located ->
                entries
                    .files()
                    .staticName(
                        located,
                        site.context(),
                        site.inherited().vars(),
                        "the name of a role",
                        "use include_role, which is done while the run goes on"));
  }

  /** The keys of an entry that are no keywords. */
  private Map<String, Located> params(Node.Mapping mapping) {
    Map<String, Located> params = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach(
            (key, value) -> {
              String word = key.text();
              boolean keyword =
                  Keyword.of(word).filter(each -> each.allowedIn(Place.ROLE)).isPresent();
              if (keyword || List.of("role", "name", "src", "version", "scm").contains(word)) {
                return;
              }
              if (Keyword.of(word).isPresent()) {
                reading.report(UnknownNames.keyword(word, key.at(), Place.ROLE));
              } else {
                warnOfMisspelling(key);
                params.put(word, Values.located(value));
              }
            });
    return params;
  }

  private void warnOfMisspelling(Node.Scalar key) {
    Nearest.to(key.text(), Keyword.wordsIn(Place.ROLE))
        .ifPresent(
            near ->
                reading.report(
                    Diagnostic.warning(
                            key.at(), "'" + key.text() + "' becomes a variable of the role")
                        .because("it is no keyword, but nearly '" + near + "'")
                        .next("write '" + near + "', or move it below 'vars:'")));
  }

  private Optional<RoleInstance> read(Use use, Site site) {
    RoleRequest request = use.request();
    Optional<RoleFinder.Found> found =
        finder.find(
            request.name(),
            request.at(),
            site.context(),
            site.inherited().inner(use.own()).collections());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Path path = found.get().path();
    python.library(path);
    Path marker = path.resolve("tasks").resolve(request.tasksFrom().orElse("main"));
    if (site.isOpen(marker)) {
      reading.report(circle(request, use.parents(), path));
      return Optional.empty();
    }
    Optional<Node.Mapping> meta = meta(path);
    Attributes inherited =
        site.inherited().inner(use.own()).withCollections(collections(path, meta, site.context()));
    RoleInstance alone =
        new RoleInstance(
            request.at(),
            found.get().name(),
            path,
            variables(path, "defaults", request.defaultsFrom(), request.at()),
            variables(path, "vars", request.varsFrom(), request.at()),
            use.entryVars(),
            use.params(),
            inherited,
            use.parents(),
            List.of(),
            use.always() || allowsDuplicates(meta),
            use.included(),
            request.options().exported());
    Site inside = site.inheriting(inherited).opening(marker);
    RoleInstance role = alone.needing(dependencies(meta, alone, inside));
    boolean again = site.gathered().hasAlready(role);
    site.gathered().roles.add(role);
    if (!again) {
      handlers(role, request, inside);
    }
    Block block = tasks(role, request, inside);
    site.gathered().entries.add(block);
    return Optional.of(role);
  }

  private static Diagnostic circle(RoleRequest request, List<RoleInstance> parents, Path path) {
    List<String> chain = new ArrayList<>(parents.stream().map(RoleInstance::name).toList());
    chain.add(request.name());
    return Diagnostic.error(request.at(), "the role '" + request.name() + "' leads back to itself")
        .because(
            "it is being read already from "
                + TaskFiles.shown(path)
                + "; the way here is "
                + String.join(" -> ", chain))
        .next("remove the dependency or import that closes the circle");
  }

  private Optional<Node.Mapping> meta(Path path) {
    Optional<Node.Mapping> meta =
        RoleFinder.part(path, "meta", "main")
            .flatMap(reading::document)
            .filter(node -> !Shapes.isNull(node))
            .flatMap(
                node ->
                    shapes.mapping(
                        node, "meta/main of a role", "write for instance 'dependencies:'"));
    meta.ifPresent(
        mapping -> {
          for (Node.Scalar key : mapping.entries().keySet()) {
            if (!META.contains(key.text())) {
              reading.report(
                  Diagnostic.error(key.at(), "unknown key '" + key.text() + "' in meta/main")
                      .because("it takes " + String.join(", ", META))
                      .next(Nearest.hint(key.text(), META, "remove it")));
            }
          }
        });
    return meta;
  }

  /** Where a role's short names are looked for: those around it do not say. */
  private List<String> collections(Path path, Optional<Node.Mapping> meta, Context context) {
    List<String> collections = new ArrayList<>();
    InstalledCollections.of(path).ifPresent(collections::add);
    meta.ifPresent(
        mapping -> collections.addAll(attributes.own(mapping, Place.ROLE, context).collections()));
    return collections.stream().distinct().toList();
  }

  private boolean allowsDuplicates(Optional<Node.Mapping> meta) {
    return meta.flatMap(mapping -> mapping.get("allow_duplicates"))
        .flatMap(node -> shapes.bool(node, "'allow_duplicates'"))
        .map(allowed -> Shapes.isTrue(allowed.value()))
        .orElse(false);
  }

  private List<RoleInstance> dependencies(
      Optional<Node.Mapping> meta, RoleInstance role, Site inside) {
    List<RoleInstance> parents = new ArrayList<>(role.parents());
    parents.add(role);
    Site below =
        inside.in(
            Context.of(
                role.path().resolve("meta/main.yml"),
                inside.context().playbookDirectory(),
                Optional.of(role),
                inside.context().play()));
    List<RoleInstance> dependencies = new ArrayList<>();
    meta.flatMap(mapping -> mapping.get("dependencies"))
        .ifPresent(
            node -> {
              for (Node item : shapes.list(node, "'dependencies'")) {
                use(item, parents, below)
                    .flatMap(use -> read(use, below))
                    .ifPresent(dependencies::add);
              }
            });
    return dependencies;
  }

  private Map<String, Located> variables(
      Path role, String part, Optional<String> from, Location at) {
    Map<String, Located> variables = new LinkedHashMap<>();
    try {
      List<Path> files = RoleFinder.variableFiles(role, part, from.orElse("main"));
      if (files.isEmpty() && from.isPresent()) {
        reading.report(missing(role, part, from.get(), at));
      }
      for (Path file : files) {
        reading
            .document(file)
            .ifPresent(node -> variables.putAll(shapes.variables(node, "a file of variables")));
      }
    } catch (HearthException unreadable) {
      unreadable.diagnostics().forEach(reading::report);
    }
    return variables;
  }

  private static Diagnostic missing(Path role, String part, String name, Location at) {
    Path directory = role.resolve(part);
    return TaskFiles.missing(name, at, "the file of " + part, List.of(directory))
        .exit(ExitCode.NOT_FOUND);
  }

  private void handlers(RoleInstance role, RoleRequest request, Site inside) {
    Optional<Path> file =
        RoleFinder.part(role.path(), "handlers", request.handlersFrom().orElse("main"));
    if (file.isEmpty() && request.handlersFrom().isPresent()) {
      reading.report(missing(role.path(), "handlers", request.handlersFrom().get(), request.at()));
    }
    file.ifPresent(
        path -> {
          Site site = inside.in(context(path, role, inside));
          reading
              .document(path)
              .ifPresent(
                  node ->
                      site.gathered()
                          .handlers
                          .addAll(entries.handlers(node, "handlers of a role", site)));
        });
  }

  private static Context context(Path file, RoleInstance role, Site site) {
    return Context.of(
        file, site.context().playbookDirectory(), Optional.of(role), site.context().play());
  }

  private Block tasks(RoleInstance role, RoleRequest request, Site inside) {
    String name = request.tasksFrom().orElse("main");
    Optional<Path> file = RoleFinder.part(role.path(), "tasks", name);
    if (file.isEmpty() && request.tasksFrom().isPresent()) {
      reading.report(missing(role.path(), "tasks", name, request.at()));
    }
    Context context = context(file.orElse(role.path().resolve("tasks/main.yml")), role, inside);
    List<Entry> all = new ArrayList<>();
    if (request.options().validated()) {
      arguments.validation(role, name, context).ifPresent(all::add);
    }
    file.ifPresent(path -> all.addAll(entries.file(path, inside.in(context))));
    return new Block(
        role.at(), Optional.empty(), role.attributes(), all, List.of(), List.of(), context);
  }
}
