package dev.hearth.galaxy;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.SourceFiles;
import dev.hearth.yaml.Node;
import dev.hearth.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Installs roles with the roles that they need: first all are fetched, then all are placed. */
final class RoleInstaller {

  private static final List<String> META = List.of("main.yml", "main.yaml");

  private final InstallOptions options;
  private final Fetcher fetcher;
  private final List<GalaxyApi> servers;
  private final SourceFiles files;
  private final Progress progress;
  private final Map<String, Ready> ready = new LinkedHashMap<>();
  private final Map<String, RoleRequirement> seen = new HashMap<>();

  RoleInstaller(
      InstallOptions options,
      Fetcher fetcher,
      List<GalaxyApi> servers,
      SourceFiles files,
      Progress progress) {
    this.options = options;
    this.fetcher = fetcher;
    this.servers = List.copyOf(servers);
    this.files = files;
    this.progress = progress;
  }

  private record Ready(Path tree, Receipt receipt, RoleRequirement requirement) {}

  private record Wanted(RoleRequirement requirement, boolean dependency) {}

  /**
   * Installs them.
   *
   * @throws HearthException if one cannot be fetched; nothing was installed then
   */
  void install(List<RoleRequirement> roles, Instant now) {
    if (roles.isEmpty()) {
      return;
    }
    try (Staging staging = Staging.in(options.roles())) {
      Deque<Wanted> open = new ArrayDeque<>();
      roles.forEach(role -> open.add(new Wanted(role, false)));
      while (!open.isEmpty()) {
        Wanted next = open.removeFirst();
        Optional<Path> tree = tree(next, staging);
        if (options.dependencies()) {
          tree.map(this::needed)
              .orElse(List.of())
              .forEach(needed -> open.add(new Wanted(needed, true)));
        }
      }
      ready.forEach(
          (name, role) -> {
            role.receipt().write(Receipt.ofRole(role.tree()), now);
            Path target = options.roles().resolve(name);
            staging.place(role.tree(), target);
            progress.installed("role", name, role.receipt(), target);
          });
    }
  }

  /** The files of a role, fetched or already installed; empty when it was handled before. */
  private Optional<Path> tree(Wanted wanted, Staging staging) {
    RoleRequirement role = wanted.requirement();
    RoleRequirement earlier = seen.putIfAbsent(role.name(), role);
    if (earlier != null) {
      if (!wanted.dependency() && !earlier.version().equals(role.version())) {
        progress.warn(
            Diagnostic.warning(role.at(), "the role '" + role.name() + "' is asked for twice")
                .because("the first one counts, at " + earlier.at())
                .next("remove one of them"));
      }
      return Optional.empty();
    }
    Optional<Path> there = there(role.name());
    boolean again = wanted.dependency() ? options.forceDependencies() : options.force();
    if (there.isPresent() && !again) {
      already(role, there.get());
      return there;
    }
    Ready fetched = fetch(role, staging);
    there
        .flatMap(path -> Receipt.read(Receipt.ofRole(path)))
        .filter(before -> fetched.receipt().contradicts(before))
        .ifPresent(
            before -> progress.moved("role", role.name(), role.at(), before, fetched.receipt()));
    ready.put(role.name(), fetched);
    return Optional.of(fetched.tree());
  }

  private Optional<Path> there(String name) {
    List<Path> directories = new ArrayList<>();
    directories.add(options.roles());
    directories.addAll(options.rolesPaths());
    return directories.stream()
        .map(directory -> directory.resolve(name))
        .filter(Files::isDirectory)
        .findFirst();
  }

  private void already(RoleRequirement role, Path path) {
    String installed =
        Receipt.read(Receipt.ofRole(path)).map(Receipt::version).orElse("unknown version");
    if (role.version().isPresent() && !role.version().get().equals(installed)) {
      progress.warn(
          Diagnostic.warning(
                  role.at(),
                  "the role '" + role.name() + "' is installed as " + installed + " and stays so")
              .because(role.version().get() + " is asked for; it lies in " + path)
              .next("change it with --force"));
      return;
    }
    progress.already("role", role.name(), installed, path);
  }

  private Ready fetch(RoleRequirement role, Staging staging) {
    Fetcher.Fetched fetched;
    String version = role.version().orElse("HEAD");
    if (role.origin() instanceof Origin.Server) {
      GalaxyApi.PublishedRole published = published(role);
      version = published.version();
      fetched =
          fetcher.download(
              published.download(), Optional.empty(), role.checksum(), role.at(), staging);
    } else {
      fetched = fetcher.fetch(role.origin(), role.version(), role.checksum(), role.at(), staging);
    }
    Receipt receipt =
        new Receipt(
            version,
            role.origin() instanceof Origin.Server ? role.wanted() : role.origin().shown(),
            fetched.commit(),
            fetched.checksum());
    return new Ready(top(fetched.tree(), role), receipt, role);
  }

  private GalaxyApi.PublishedRole published(RoleRequirement role) {
    int dot = role.wanted().indexOf('.');
    if (dot <= 0) {
      throw Diagnostic.error(role.at(), "'" + role.wanted() + "' is no role on a Galaxy server")
          .because("its name there is '<owner>.<role>'")
          .next("write the owner too, or the address of a repository: git+https://...")
          .failure();
    }
    String owner = role.wanted().substring(0, dot);
    String name = role.wanted().substring(dot + 1);
    for (GalaxyApi server : servers) {
      Optional<GalaxyApi.PublishedRole> found = server.role(owner, name, role.version(), role.at());
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw Diagnostic.error(role.at(), "there is no role '" + role.wanted() + "'")
        .exit(ExitCode.NOT_FOUND)
        .because(
            "asked: "
                + String.join(", ", servers.stream().map(each -> each.server().name()).toList()))
        .next("correct its name, or give its repository: git+https://...")
        .failure();
  }

  /** The directory that has {@code meta/main.yml}: archives have one more above it. */
  private static Path top(Path tree, RoleRequirement role) {
    try (Stream<Path> all = Files.walk(tree, 4)) {
      return all.filter(RoleInstaller::isRole)
          .min(Comparator.comparingInt(Path::getNameCount))
          .orElseThrow(
              () ->
                  Diagnostic.error(role.at(), role.origin().shown() + " is no role")
                      .exit(ExitCode.FAILED)
                      .because("it has no meta/main.yml")
                      .next("check the address; a collection belongs below 'collections:'")
                      .failure());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static boolean isRole(Path directory) {
    return META.stream()
        .anyMatch(name -> Files.isRegularFile(directory.resolve("meta").resolve(name)));
  }

  private List<RoleRequirement> needed(Path role) {
    List<RoleRequirement> needed = new ArrayList<>();
    for (String name : META) {
      list(role.resolve("meta").resolve(name), true).ifPresent(needed::addAll);
    }
    for (String name : List.of("requirements.yml", "requirements.yaml")) {
      list(role.resolve("meta").resolve(name), false).ifPresent(needed::addAll);
    }
    return needed;
  }

  private Optional<List<RoleRequirement>> list(Path file, boolean inMeta) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Optional<Node> document = YamlReader.read(files.open(file));
    Optional<Node> list =
        inMeta
            ? document
                .filter(Node.Mapping.class::isInstance)
                .flatMap(node -> ((Node.Mapping) node).get("dependencies"))
            : document;
    return list.filter(Node.Sequence.class::isInstance)
        .map(
            node ->
                new RequirementsReader(files, options.roles(), progress::warn)
                    .dependencies(((Node.Sequence) node).items())
                    .roles());
  }
}
