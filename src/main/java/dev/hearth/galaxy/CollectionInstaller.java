package dev.hearth.galaxy;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Installs collections with those that they need: what has an address is fetched, versions are
 * chosen for the rest, all are fetched and checked, and then all are placed.
 */
final class CollectionInstaller {

  private final InstallOptions options;
  private final Fetcher fetcher;
  private final List<GalaxyApi> servers;
  private final Progress progress;
  private final Map<String, Ready> ready = new LinkedHashMap<>();

  /** Those that were asked for by an address, installed already or not. */
  private final Map<String, Resolver.Candidate> addressed = new LinkedHashMap<>();

  CollectionInstaller(
      InstallOptions options, Fetcher fetcher, List<GalaxyApi> servers, Progress progress) {
    this.options = options;
    this.fetcher = fetcher;
    this.servers = List.copyOf(servers);
    this.progress = progress;
  }

  private record Ready(Path tree, CollectionInfo info, Receipt receipt) {}

  /** Installs them; when one cannot be fetched, nothing was installed. */
  void install(List<CollectionRequirement> collections, Instant now) {
    if (collections.isEmpty()) {
      return;
    }
    try (Staging staging = Staging.in(options.collections())) {
      List<Resolver.Wanted> wishes = new ArrayList<>();
      Map<String, CollectionRequirement> asked = new LinkedHashMap<>();
      for (CollectionRequirement each : collections) {
        if (each.origin() instanceof Origin.Server(Optional<String> server)) {
          String name = each.name().orElseThrow();
          asked.putIfAbsent(name, each);
          VersionRange range = each.version().flatMap(VersionRange::parse).orElse(VersionRange.ANY);
          wishes.add(new Resolver.Wanted(name, range, server, "the requirement", each.at()));
        } else {
          wishes.addAll(addressed(each, staging));
        }
      }
      Map<String, Resolver.Candidate> chosen =
          new Resolver((wanted, same) -> candidates(wanted, same, asked)).resolve(wishes);
      chosen.forEach((name, candidate) -> choose(name, candidate, asked, staging));
      ready.values().forEach(each -> place(each, staging, now));
    }
  }

  /** Fetches what has an address; the result is what it needs. */
  private List<Resolver.Wanted> addressed(CollectionRequirement asked, Staging staging) {
    Fetcher.Fetched fetched =
        fetcher.fetch(asked.origin(), asked.version(), asked.checksum(), asked.at(), staging);
    List<Resolver.Wanted> wishes = new ArrayList<>();
    for (Path tree : trees(fetched.tree(), asked)) {
      CollectionInfo info = CollectionTree.prepare(tree, asked.origin().shown(), asked.at());
      if (asked.name().isPresent() && !asked.name().get().equals(info.fullName())) {
        throw Diagnostic.error(asked.at(), asked.origin().shown() + " is not " + asked.name().get())
            .exit(ExitCode.FAILED)
            .because("it says that it is " + info.fullName())
            .next("correct the name or the address")
            .failure();
      }
      Receipt receipt =
          new Receipt(info.version(), asked.origin().shown(), fetched.commit(), fetched.checksum());
      addressed.put(
          info.fullName(),
          new Resolver.Candidate(
              Version.parse(info.version()), info.dependencies(), Optional.empty()));
      wishes.add(
          new Resolver.Wanted(
              info.fullName(), VersionRange.ANY, Optional.empty(), "the requirement", asked.at()));
      ready(asked.at(), new Ready(tree, info, receipt));
    }
    return wishes;
  }

  /** The collections in what was fetched: itself, or those in its directories. */
  private static List<Path> trees(Path tree, CollectionRequirement asked) {
    if (CollectionTree.is(tree)) {
      return List.of(tree);
    }
    try (Stream<Path> children = Files.list(tree)) {
      List<Path> found = children.filter(CollectionTree::is).sorted().toList();
      boolean several =
          asked.origin() instanceof Origin.Directory || asked.origin() instanceof Origin.Repository;
      return several && !found.isEmpty() ? found : List.of(tree);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void ready(Location at, Ready next) {
    String name = next.info().fullName();
    Optional<CollectionInfo> there = there(name);
    Optional<Receipt> before =
        there.flatMap(info -> Receipt.read(Receipt.ofCollection(options.collections(), info)));
    boolean same =
        there.filter(info -> info.version().equals(next.info().version())).isPresent()
            && before
                .filter(
                    receipt ->
                        !receipt.source().equals(next.receipt().source())
                            || !receipt.commit().equals(next.receipt().commit())
                            || !receipt.checksum().equals(next.receipt().checksum()))
                .isEmpty();
    if (same && !options.force()) {
      progress.already("collection", name, next.info().version(), directory(name));
      return;
    }
    before
        .filter(receipt -> next.receipt().contradicts(receipt))
        .ifPresent(receipt -> progress.moved("collection", name, at, receipt, next.receipt()));
    ready.put(name, next);
  }

  private Stream<Resolver.Candidate> candidates(
      Resolver.Wanted wanted,
      List<Resolver.Wanted> same,
      Map<String, CollectionRequirement> asked) {
    Resolver.Candidate fixed = addressed.get(wanted.name());
    if (fixed != null) {
      return fits(fixed.version(), same) ? Stream.of(dependent(fixed)) : Stream.empty();
    }
    boolean again =
        options.upgrade()
            || (asked.containsKey(wanted.name()) ? options.force() : options.forceDependencies());
    Optional<Resolver.Candidate> kept =
        there(wanted.name())
            .filter(info -> !again)
            .map(
                info ->
                    new Resolver.Candidate(
                        Version.parse(info.version()), info.dependencies(), Optional.empty()))
            .filter(candidate -> fits(candidate.version(), same));
    return kept.map(candidate -> Stream.of(dependent(candidate)))
        .orElseGet(() -> published(wanted, same));
  }

  private Stream<Resolver.Candidate> published(Resolver.Wanted wanted, List<Resolver.Wanted> same) {
    Optional<String> server = same.stream().flatMap(wish -> wish.server().stream()).findFirst();
    List<GalaxyApi> asked =
        servers.stream()
            .filter(
                each ->
                    server
                        .filter(
                            name ->
                                !name.equals(each.server().name())
                                    && !name.equals(each.server().url().toString()))
                        .isEmpty())
            .toList();
    for (GalaxyApi each : asked) {
      Optional<List<Version>> versions = each.versions(wanted.name(), wanted.at());
      if (versions.isPresent()) {
        return versions.get().stream()
            .filter(version -> fits(Optional.of(version), same))
            .map(version -> each.version(wanted.name(), version, wanted.at()))
            .map(
                found ->
                    dependent(
                        new Resolver.Candidate(
                            Optional.of(found.version()),
                            found.dependencies(),
                            Optional.of(new Resolver.Source(each, found)))));
      }
    }
    throw Diagnostic.error(wanted.at(), "there is no collection '" + wanted.name() + "'")
        .exit(ExitCode.NOT_FOUND)
        .because(
            asked.isEmpty()
                ? "the settings have no server '" + server.orElse("") + "'"
                : "asked: "
                    + String.join(", ", asked.stream().map(one -> one.server().name()).toList())
                    + "; "
                    + wanted.by()
                    + " needs it")
        .next("correct its name, or give its address with 'type: git' or 'type: url'")
        .failure();
  }

  private Resolver.Candidate dependent(Resolver.Candidate candidate) {
    return options.dependencies()
        ? candidate
        : new Resolver.Candidate(candidate.version(), Map.of(), candidate.fetch());
  }

  private boolean fits(Optional<Version> version, List<Resolver.Wanted> wishes) {
    return version.isEmpty()
        || wishes.stream()
            .allMatch(
                wish ->
                    wish.range()
                        .allows(
                            version.get(),
                            options.preReleases() || addressed.containsKey(wish.name())));
  }

  private void choose(
      String name,
      Resolver.Candidate candidate,
      Map<String, CollectionRequirement> asked,
      Staging staging) {
    if (candidate.fetch().isEmpty()) {
      if (!addressed.containsKey(name)) {
        progress.already(
            "collection",
            name,
            candidate.version().map(Version::toString).orElse("*"),
            directory(name));
      }
      return;
    }
    GalaxyApi server = candidate.fetch().get().server();
    GalaxyApi.Published published = candidate.fetch().get().published();
    CollectionRequirement requirement = asked.get(name);
    Location at =
        requirement == null ? Location.startOf(Source.of("dependency", name)) : requirement.at();
    requireSum(requirement, published, at);
    Fetcher.Fetched fetched =
        fetcher.download(
            published.download(),
            server.loginFor(published.download()),
            Optional.of(published.checksum()),
            at,
            staging);
    CollectionInfo info =
        CollectionTree.prepare(fetched.tree(), published.download().toString(), at);
    boolean other =
        !info.fullName().equals(name)
            || !Version.parse(info.version()).equals(Optional.of(published.version()));
    if (other) {
      throw Diagnostic.error(at, "the server gives other content than it names")
          .exit(ExitCode.FAILED)
          .because(
              "asked for "
                  + name
                  + " "
                  + published.version()
                  + ", got "
                  + info.fullName()
                  + " "
                  + info.version())
          .next("do not use this server; nothing was installed")
          .failure();
    }
    Receipt receipt =
        new Receipt(info.version(), server.server().name(), Optional.empty(), fetched.checksum());
    there(name)
        .flatMap(before -> Receipt.read(Receipt.ofCollection(options.collections(), before)))
        .filter(receipt::contradicts)
        .ifPresent(before -> progress.moved("collection", name, at, before, receipt));
    ready.put(name, new Ready(fetched.tree(), info, receipt));
  }

  private static void requireSum(
      @Nullable CollectionRequirement requirement, GalaxyApi.Published published, Location at) {
    if (requirement != null
        && requirement.checksum().filter(sum -> !sum.equals(published.checksum())).isPresent()) {
      throw Checksum.mismatch(
              at,
              requirement.shown() + " " + published.version(),
              requirement.checksum().orElseThrow(),
              published.checksum())
          .failure();
    }
  }

  private void place(Ready each, Staging staging, Instant now) {
    String name = each.info().fullName();
    removeReceipts(name);
    staging.place(each.tree(), directory(name));
    each.receipt().write(Receipt.ofCollection(options.collections(), each.info()), now);
    progress.installed("collection", name, each.receipt(), directory(name));
  }

  private void removeReceipts(String name) {
    try (Stream<Path> children = Files.list(options.collections())) {
      for (Path path :
          children
              .filter(
                  path ->
                      path.getFileName().toString().startsWith(name + "-")
                          && path.getFileName().toString().endsWith(".info"))
              .toList()) {
        Staging.delete(path);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Path directory(String name) {
    return options.collections().resolve(name.replace('.', '/'));
  }

  private Optional<CollectionInfo> there(String name) {
    return Optional.of(directory(name))
        .filter(Files::isDirectory)
        .flatMap(CollectionTree::installed);
  }
}
