package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.inventory.Host;
import dev.hearth.inventory.HostPattern;
import dev.hearth.rebuild.BackupPlan;
import dev.hearth.rebuild.BackupReader;
import dev.hearth.rebuild.Restic;
import dev.hearth.receipt.Way;
import dev.hearth.shell.Word;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lab's declaration of its backups, with its values on hosts. */
final class Backups {

  private final Workbench bench;
  private final Environment environment;
  private final BackupPlan plan;

  private Backups(Workbench bench, Environment environment, BackupPlan plan) {
    this.bench = bench;
    this.environment = environment;
    this.plan = plan;
  }

  /**
   * Reads {@code backup.yml} in the working directory.
   *
   * @throws dev.hearth.diag.HearthException when there is none, or with everything that is wrong
   */
  static Backups of(Workbench bench, Environment environment) {
    Path file = environment.workingDirectory().resolve("backup.yml");
    if (!Files.isRegularFile(file)) {
      throw Diagnostic.error(ExitCode.NOT_FOUND, "there is no " + file)
          .because("it declares what is backed up, and what a backup must hold")
          .next("write one as docs/design/rebuild.md says, or run this in the lab's directory")
          .failure();
    }
    return new Backups(bench, environment, BackupReader.read(bench.files().open(file)));
  }

  BackupPlan plan() {
    return plan;
  }

  /** The hosts that are backed up, or those of them that are named. */
  List<Host> hosts(List<String> named) {
    List<Host> all =
        bench
            .inventory()
            .selectSome(HostPattern.parse(plan.hosts(), plan.hostsAt()), Optional.empty())
            .hosts();
    if (named.isEmpty()) {
      return all;
    }
    List<Host> chosen =
        bench
            .inventory()
            .selectSome(HostPattern.parse(String.join(",", named)), Optional.empty())
            .hosts();
    chosen.stream()
        .filter(host -> !all.contains(host))
        .findFirst()
        .ifPresent(
            host -> {
              throw Diagnostic.error(
                      ExitCode.NO_HOSTS, host.name() + " is not among the hosts that are backed up")
                  .because("backup.yml says hosts: " + plan.hosts())
                  .next("correct the name, or the pattern")
                  .failure();
            });
    return chosen;
  }

  /** The host from which the repository is looked at. */
  Host repositoryHost() {
    String name = plan.repository().host();
    return bench
        .inventory()
        .host(name)
        .orElseThrow(
            () ->
                Diagnostic.error(plan.repository().at(), "the inventory has no host '" + name + "'")
                    .next(bench.inventory().hint(name))
                    .failure());
  }

  /** The host that has the repository on its disks; none when it is behind an address. */
  Optional<Host> repositoryHolder() {
    Host host = repositoryHost();
    Located where = plan.repository().where();
    boolean path =
        bench.resolved(Map.of("where", where), host).get("where") instanceof Value.Textual text
            && (text.reveal().startsWith("/") || text.reveal().startsWith("local:"));
    return path ? Optional.of(host) : Optional.empty();
  }

  /** The repository with the snapshots of a host. */
  Restic restic(Host of, HostWays ways) {
    BackupPlan.Repository repository = plan.repository();
    Map<String, Located> values = new LinkedHashMap<>(repository.environment());
    values.put("where of ours", repository.where());
    values.put("password of ours", repository.password());
    Map<String, Value> resolved = bench.resolved(values, of);
    Map<String, Word> words = new LinkedHashMap<>();
    repository.environment().keySet().forEach(name -> words.put(name, word(resolved, name)));
    Way way = ways.to(repositoryHost(), "root");
    return new Restic(
        text(resolved, "where of ours").reveal(),
        text(resolved, "password of ours"),
        words,
        script -> way.connection().run(script, way.become()));
  }

  private Word word(Map<String, Value> values, String name) {
    return Word.of(text(values, name));
  }

  private Value.Textual text(Map<String, Value> values, String name) {
    if (values.get(name) instanceof Value.Textual text) {
      return text;
    }
    throw Diagnostic.error(plan.repository().at(), "a setting of the repository is no text")
        .next("put it in quotes")
        .failure();
  }

  /** What is missing of the kit, one clause for each thing; the others are told as there. */
  List<String> missing(Host host, List<String> there) {
    List<String> missing = new ArrayList<>();
    for (BackupPlan.KitItem item : plan.kit()) {
      Optional<String> wrong =
          item.value().isPresent() ? value(item, host) : file(item.file().orElse(""));
      wrong.ifPresentOrElse(
          why -> missing.add(item.name() + ": " + why), () -> there.add(item.name()));
    }
    return missing;
  }

  private Optional<String> value(BackupPlan.KitItem item, Host host) {
    try {
      Value value =
          bench
              .resolved(Map.of(item.name(), item.value().orElseThrow()), host)
              .values()
              .iterator()
              .next();
      boolean empty = value instanceof Value.Null;
      boolean blank = value instanceof Value.Textual text && text.reveal().isBlank();
      return empty || blank ? Optional.of("it is empty") : Optional.empty();
    } catch (HearthException undefined) {
      return Optional.of(String.valueOf(undefined.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private Optional<String> file(String name) {
    Path file = environment.workingDirectory().resolve(name);
    return Files.isReadable(file) && file.toFile().length() > 0
        ? Optional.empty()
        : Optional.of("there is no readable file " + file);
  }
}
