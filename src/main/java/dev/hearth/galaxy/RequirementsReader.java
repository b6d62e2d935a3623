package dev.hearth.galaxy;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Nearest;
import dev.hearth.diag.Severity;
import dev.hearth.diag.Source;
import dev.hearth.diag.SourceFiles;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads {@code requirements.yml} as ansible-galaxy 2.19 does: a list is one of roles (the old
 * form), a mapping has {@code roles} and {@code collections}. All findings are thrown together.
 */
public final class RequirementsReader {

  private static final List<String> PARTS = List.of("roles", "collections");
  private static final List<String> ROLE_KEYS =
      List.of("name", "role", "src", "scm", "version", "checksum", "include");
  private static final List<String> COLLECTION_KEYS =
      List.of("name", "version", "source", "type", "signatures", "checksum");

  private final SourceFiles files;
  private final Path workingDirectory;
  private final Consumer<Diagnostic> warnings;
  private final List<Diagnostic> findings = new ArrayList<>();
  private final List<RoleRequirement> roles = new ArrayList<>();
  private final List<CollectionRequirement> collections = new ArrayList<>();

  /**
   * A reader.
   *
   * @param files opens the file and those that it includes
   * @param workingDirectory what the names of archives and directories are relative to
   * @param warnings takes what is worth knowing when there is no error
   */
  public RequirementsReader(
      SourceFiles files, Path workingDirectory, Consumer<Diagnostic> warnings) {
    this.files = files;
    this.workingDirectory = workingDirectory;
    this.warnings = warnings;
  }

  /**
   * What a file asks for.
   *
   * @throws HearthException with everything that is wrong with it
   */
  public Requirements read(Path file) {
    file(file, List.of());
    return concluded();
  }

  /**
   * What the words of a command line ask for.
   *
   * @param names roles as {@code name[,version]}, collections as {@code name[:version]}; both may
   *     be addresses and files
   */
  public Requirements words(List<String> names, boolean areRoles) {
    for (String name : names) {
      Location at = Location.startOf(Source.of("command line", name));
      if (areRoles) {
        roleText(name, at).ifPresent(roles::add);
      } else {
        collectionText(name, at).ifPresent(collections::add);
      }
    }
    return concluded();
  }

  /**
   * What the {@code dependencies} of a role's {@code meta/main.yml} ask for, roles beside it left
   * out: their names have no owner.
   */
  Requirements dependencies(List<Node> items) {
    for (Node item : items) {
      // The other keys of such an entry are for the playbook language.
      role(item, List.of(), false);
    }
    roles.removeIf(role -> role.origin() instanceof Origin.Server && !role.wanted().contains("."));
    return concluded();
  }

  private Requirements concluded() {
    if (findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR)) {
      throw new HearthException(findings);
    }
    findings.forEach(warnings);
    return new Requirements(roles, collections);
  }

  private void file(Path file, List<Path> around) {
    Path absolute = workingDirectory.resolve(file).normalize();
    Source source = files.open(file);
    Optional<Node> document = YamlReader.read(source);
    List<Path> open = new ArrayList<>(around);
    open.add(absolute);
    if (document.isEmpty()) {
      report(
          Diagnostic.error(Location.startOf(source), "this requirements file asks for nothing")
              .next("add 'roles:' or 'collections:' with a list"));
      return;
    }
    switch (document.get()) {
      case Node.Sequence old -> old.items().forEach(item -> role(item, open));
      case Node.Mapping mapping -> parts(mapping, open);
      case Node.Scalar scalar ->
          report(
              Diagnostic.error(scalar.at(), "a requirements file cannot be " + scalar.kind())
                  .because("it is a list of roles, or a mapping with 'roles' and 'collections'")
                  .next("write 'roles:' or 'collections:' with a list below it"));
    }
  }

  private void parts(Node.Mapping mapping, List<Path> open) {
    for (Node.Scalar key : mapping.entries().keySet()) {
      if (!PARTS.contains(key.text())) {
        report(
            Diagnostic.error(key.at(), "unknown key '" + key.text() + "' in a requirements file")
                .because("it has 'roles' and 'collections'")
                .next(Nearest.hint(key.text(), PARTS, "remove it")));
      }
    }
    items(mapping, "roles").forEach(item -> role(item, open));
    items(mapping, "collections").forEach(this::collection);
  }

  private List<Node> items(Node.Mapping mapping, String key) {
    Optional<Node> node = mapping.get(key);
    if (node.isEmpty() || isNull(node.get())) {
      return List.of();
    }
    if (node.get() instanceof Node.Sequence sequence) {
      return sequence.items();
    }
    report(
        Diagnostic.error(
                node.get().at(), "'" + key + "' has to be a list, not " + node.get().kind())
            .next("begin each entry with '- '"));
    return List.of();
  }

  private static boolean isNull(Node node) {
    return node instanceof Node.Scalar scalar && scalar.type() == Node.Type.NULL;
  }

  private void role(Node item, List<Path> open) {
    role(item, open, true);
  }

  private void role(Node item, List<Path> open, boolean alone) {
    if (item instanceof Node.Scalar scalar && scalar.type() == Node.Type.TEXT) {
      roleText(scalar.text(), scalar.textAt()).ifPresent(roles::add);
      return;
    }
    Optional<Entry> entry = entry(item, "a role", "write '- name: <owner>.<role>'");
    if (entry.isEmpty()) {
      return;
    }
    if (alone) {
      entry.get().expect("a role", ROLE_KEYS);
    }
    Optional<Entry.Text> include = entry.get().text("include");
    if (include.isPresent()) {
      include(include.get(), open);
      return;
    }
    Optional<Entry.Text> src = entry.get().text("src");
    Optional<Entry.Text> name = entry.get().text("role").or(() -> entry.get().text("name"));
    Optional<Entry.Text> from = src.or(() -> name);
    if (from.isEmpty()) {
      report(
          Diagnostic.error(item.at(), "this entry does not say which role")
              .next("add 'name: <owner>.<role>' or 'src: <address>'"));
      return;
    }
    Optional<String> checksum = checksum(entry.get());
    roleOrigins()
        .role(
            from.get().value(),
            entry.get().text("scm").map(Entry.Text::value),
            name.map(Entry.Text::value),
            entry.get().text("version").map(Entry.Text::value),
            checksum,
            from.get().at())
        .ifPresent(roles::add);
  }

  private void include(Entry.Text include, List<Path> open) {
    Path file = workingDirectory.resolve(include.value()).normalize();
    if (open.contains(file)) {
      report(
          Diagnostic.error(include.at(), "this include goes round in a circle")
              .because(include.value() + " is being read already")
              .next("remove it"));
      return;
    }
    try {
      file(file, open);
    } catch (HearthException failure) {
      findings.addAll(failure.diagnostics());
    }
  }

  private Optional<RoleRequirement> roleText(String text, Location at) {
    String[] parts = text.strip().split(",", -1);
    if (parts.length > 3 || parts[0].isBlank()) {
      report(
          Diagnostic.error(at, "'" + text + "' names no role")
              .because("the form is 'source[,version[,name]]'")
              .next("write it like '- geerlingguy.docker,7.4.1'"));
      return Optional.empty();
    }
    return roleOrigins()
        .role(
            parts[0],
            Optional.empty(),
            Optional.of(parts).filter(all -> all.length > 2).map(all -> all[2]),
            Optional.of(parts).filter(all -> all.length > 1).map(all -> all[1]),
            Optional.empty(),
            at);
  }

  private void collection(Node item) {
    if (item instanceof Node.Scalar scalar && scalar.type() == Node.Type.TEXT) {
      collectionText(scalar.text(), scalar.textAt()).ifPresent(collections::add);
      return;
    }
    entry(item, "a collection", "write '- name: <namespace>.<collection>'")
        .flatMap(
            entry -> {
              entry.expect("a collection", COLLECTION_KEYS);
              entry
                  .mapping()
                  .get("signatures")
                  .ifPresent(
                      node ->
                          report(
                              Diagnostic.error(node.at(), "'signatures' is not supported")
                                  .because("Hearth checks SHA-256 sums and no GPG signatures")
                                  .next("remove it, and pin the archive with 'checksum'")));
              Optional<String> checksum = checksum(entry);
              return collectionOrigins()
                  .collection(
                      entry.text("name"),
                      entry.text("source"),
                      entry.text("type"),
                      entry.text("version").map(Entry.Text::value),
                      checksum,
                      item.at());
            })
        .ifPresent(collections::add);
  }

  private Optional<CollectionRequirement> collectionText(String text, Location at) {
    return collectionOrigins().collection(text, at);
  }

  private Optional<String> checksum(Entry entry) {
    Optional<Entry.Text> written = entry.text("checksum");
    Optional<String> sum = written.flatMap(text -> Checksum.parse(text.value()));
    if (written.isPresent() && sum.isEmpty()) {
      report(
          Diagnostic.error(written.get().at(), "'checksum' is no SHA-256 sum")
              .next("write sha256: and the 64 digits that sha256sum prints"));
    }
    return sum;
  }

  private Optional<Entry> entry(Node item, String what, String next) {
    if (!(item instanceof Node.Mapping mapping)) {
      report(
          Diagnostic.error(item.at(), what + " cannot be " + item.kind())
              .because("it is a name or a mapping")
              .next(next));
      return Optional.empty();
    }
    return Optional.of(new Entry(mapping, this::report));
  }

  private RoleOrigins roleOrigins() {
    return new RoleOrigins(workingDirectory, this::report);
  }

  private CollectionOrigins collectionOrigins() {
    return new CollectionOrigins(workingDirectory, this::report);
  }

  private void report(Diagnostic finding) {
    findings.add(finding);
  }
}
