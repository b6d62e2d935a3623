package dev.hearth.rebuild;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.graph.Fields;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.Values;
import dev.hearth.yaml.YamlReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code backup.yml}; all that is wrong with it is told at once. */
public final class BackupReader {

  private static final Duration MAX_AGE = Duration.ofDays(2);
  private static final String IDENTIFIER = "[A-Za-z0-9_.\"]+";

  private static final double SMALLEST = 0.5;

  private final Fields fields = new Fields();

  private BackupReader() {}

  /**
   * Reads a file.
   *
   * @throws HearthException with everything that is wrong
   */
  public static BackupPlan read(Source source) {
    Node root =
        YamlReader.read(source)
            .orElseThrow(
                () ->
                    Diagnostic.error(Location.startOf(source), "nothing is declared")
                        .next("see docs/design/rebuild.md")
                        .failure());
    BackupReader reader = new BackupReader();
    Optional<BackupPlan> plan = reader.plan(root);
    if (!reader.fields.findings().isEmpty() || plan.isEmpty()) {
      throw new HearthException(reader.fields.findings());
    }
    return plan.get();
  }

  private Optional<BackupPlan> plan(Node root) {
    return fields
        .mapping(
            root,
            "the file",
            List.of("repository", "hosts", "max_age", "sets", "kit", "targets", "drill"))
        .flatMap(this::plan);
  }

  private Optional<BackupPlan> plan(Node.Mapping file) {
    Optional<BackupPlan.Repository> repository =
        required(file, "repository").flatMap(this::repository);
    Optional<Node.Scalar> hosts = text(file, "hosts");
    List<BackupPlan.BackupSet> sets = new ArrayList<>();
    required(file, "sets");
    for (Node each : fields.items(file, "sets")) {
      set(each)
          .ifPresent(
              set -> {
                if (sets.stream().anyMatch(before -> before.name().equals(set.name()))) {
                  fields.wrong(set.at(), "there are two sets '" + set.name() + "'", "rename one");
                }
                sets.add(set);
              });
    }
    List<BackupPlan.KitItem> kit = new ArrayList<>();
    fields.items(file, "kit").forEach(each -> kit(each).ifPresent(kit::add));
    Optional<BackupPlan.Drill> drill = file.get("drill").flatMap(this::drill);
    Targets targets =
        file.get("targets").flatMap(new TargetsReader(fields)::read).orElse(Targets.NONE);
    Duration maxAge = fields.duration(file, "max_age", MAX_AGE);
    if (repository.isEmpty() || hosts.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new BackupPlan(
            repository.get(),
            hosts.get().text(),
            hosts.get().at(),
            maxAge,
            sets,
            kit,
            targets,
            drill));
  }

  private Optional<BackupPlan.Repository> repository(Node node) {
    Optional<Node.Mapping> read =
        fields.mapping(
            node, "'repository'", List.of("host", "path", "url", "password", "environment"));
    if (read.isEmpty()) {
      return Optional.empty();
    }
    Node.Mapping all = read.get();
    Optional<Node> where = all.get("path").or(() -> all.get("url"));
    if (where.isEmpty() || (all.get("path").isPresent() && all.get("url").isPresent())) {
      fields.wrong(all.at(), "'repository' has to have one of path and url", "choose one");
    }
    Optional<Node.Scalar> host = text(all, "host");
    Optional<Node> password = required(all, "password");
    Map<String, Located> environment =
        all.get("environment")
            .flatMap(each -> fields.mapping(each, "'environment'", List.of()))
            .map(Fields::located)
            .orElse(Map.of());
    if (where.isEmpty() || host.isEmpty() || password.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new BackupPlan.Repository(
            host.get().text(),
            Values.located(where.get()),
            Values.located(password.get()),
            environment,
            all.at()));
  }

  private Optional<BackupPlan.BackupSet> set(Node node) {
    Optional<Node.Mapping> read =
        fields.mapping(node, "a set", List.of("name", "service", "databases", "paths"));
    Optional<Node.Scalar> name = read.flatMap(all -> name(all, "name"));
    if (read.isEmpty() || name.isEmpty()) {
      return Optional.empty();
    }
    Node.Mapping all = read.get();
    List<BackupPlan.Database> databases = new ArrayList<>();
    fields.items(all, "databases").forEach(each -> database(each).ifPresent(databases::add));
    List<String> paths = texts(all, "paths");
    for (String path : paths) {
      if (!path.startsWith("/") || path.endsWith("/")) {
        fields.wrong(all.at(), "'" + path + "' is no absolute path", "write it as /srv/data");
      }
    }
    if (databases.isEmpty() && paths.isEmpty()) {
      fields.wrong(all.at(), "the set has neither databases nor paths", "say what is in it");
    }
    return Optional.of(
        new BackupPlan.BackupSet(
            name.get().text(),
            fields.scalar(all, "service").map(Node.Scalar::text),
            databases,
            paths,
            all.at()));
  }

  private Optional<BackupPlan.Database> database(Node node) {
    Optional<Node.Mapping> read =
        fields.mapping(
            node,
            "a database",
            List.of("name", "container", "user", "compose_service", "rows", "newest", "smallest"));
    Optional<Node.Scalar> name = read.flatMap(all -> name(all, "name"));
    if (read.isEmpty() || name.isEmpty()) {
      return Optional.empty();
    }
    Node.Mapping all = read.get();
    Map<String, Long> rows = new LinkedHashMap<>();
    all.get("rows")
        .flatMap(each -> fields.mapping(each, "'rows'", List.of()))
        .ifPresent(
            tables ->
                Fields.located(tables)
                    .forEach(
                        (table, least) -> {
                          if (least.value() instanceof Value.Int number) {
                            rows.put(table, number.value().longValue());
                          } else {
                            fields.wrong(least.at(), "rows are counted", "write a number");
                          }
                        }));
    double smallest = SMALLEST;
    Optional<Node.Scalar> part = fields.scalar(all, "smallest");
    if (part.isPresent()) {
      if (part.get().text().matches("[01](\\.[0-9]+)?")) {
        smallest = Double.parseDouble(part.get().text());
      } else {
        fields.wrong(part.get().at(), "'smallest' must be from 0 to 1", "write it like 0.5");
      }
    }
    return Optional.of(
        new BackupPlan.Database(
            name.get().text(),
            all.get("container").flatMap(_ -> name(all, "container")).map(Node.Scalar::text),
            all.get("user")
                .flatMap(_ -> name(all, "user"))
                .map(Node.Scalar::text)
                .orElse("postgres"),
            fields.scalar(all, "compose_service").map(Node.Scalar::text),
            rows,
            newest(all),
            smallest,
            all.at()));
  }

  /** Columns by tables; both become part of a statement. */
  private Map<String, String> newest(Node.Mapping database) {
    Map<String, String> columns = new LinkedHashMap<>();
    database
        .get("newest")
        .flatMap(each -> fields.mapping(each, "'newest'", List.of()))
        .ifPresent(
            tables ->
                Fields.located(tables)
                    .forEach(
                        (table, column) -> {
                          if (table.matches(IDENTIFIER)
                              && column.value() instanceof Value.Text name
                              && name.value().matches(IDENTIFIER)) {
                            columns.put(table, name.value());
                          } else {
                            fields.wrong(
                                column.at(),
                                "'newest' is a table and its column with a time",
                                "write it like public.secrets: created_at");
                          }
                        }));
    return columns;
  }

  private Optional<BackupPlan.KitItem> kit(Node node) {
    Optional<Node.Mapping> read =
        fields.mapping(node, "a thing of the kit", List.of("name", "value", "file"));
    Optional<Node.Scalar> name = read.flatMap(all -> text(all, "name"));
    if (read.isEmpty() || name.isEmpty()) {
      return Optional.empty();
    }
    Optional<Node> value = read.get().get("value");
    Optional<Node.Scalar> file = fields.scalar(read.get(), "file");
    if (value.isPresent() == file.isPresent()) {
      fields.wrong(node.at(), "it has to have one of value and file", "choose one");
    }
    return Optional.of(
        new BackupPlan.KitItem(
            name.get().text(), value.map(Values::located), file.map(Node.Scalar::text), node.at()));
  }

  private Optional<BackupPlan.Drill> drill(Node node) {
    return fields
        .mapping(node, "'drill'", List.of("vars", "skip_tags", "forbidden"))
        .map(
            all ->
                new BackupPlan.Drill(
                    all.get("vars")
                        .flatMap(each -> fields.mapping(each, "'vars'", List.of()))
                        .map(Fields::located)
                        .orElse(Map.of()),
                    texts(all, "skip_tags"),
                    texts(all, "forbidden"),
                    all.at()));
  }

  /** What becomes part of names and plans; nothing that would have to be quoted. */
  private Optional<Node.Scalar> name(Node.Mapping mapping, String key) {
    Optional<Node.Scalar> name = text(mapping, key);
    if (name.isPresent() && !name.get().text().matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,39}")) {
      fields.wrong(
          name.get().at(),
          "'" + name.get().text() + "' cannot be a name here",
          "use up to 40 letters, digits, '_', '-' and '.'");
      return Optional.empty();
    }
    return name;
  }

  private List<String> texts(Node.Mapping mapping, String key) {
    List<String> texts = new ArrayList<>();
    for (Node item : fields.items(mapping, key)) {
      if (item instanceof Node.Scalar text) {
        texts.add(text.text());
      } else {
        fields.wrong(item.at(), "'" + key + "' is a list of texts", "correct it");
      }
    }
    return texts;
  }

  private Optional<Node> required(Node.Mapping mapping, String key) {
    Optional<Node> found = mapping.get(key);
    if (found.isEmpty()) {
      fields.wrong(mapping.at(), "there is no '" + key + "'", "see docs/design/rebuild.md");
    }
    return found;
  }

  private Optional<Node.Scalar> text(Node.Mapping mapping, String key) {
    return required(mapping, key).isEmpty() ? Optional.empty() : fields.scalar(mapping, key);
  }
}
