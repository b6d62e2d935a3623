package dev.hearth.galaxy;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Finds one version of each collection that fits everything that asks for it, the preferred ones
 * first; a choice that leads nowhere is taken back.
 */
final class Resolver {

  private static final int MOST_STEPS = 20_000;

  private final BiFunction<Wanted, List<Wanted>, Stream<Candidate>> candidates;
  private Optional<Diagnostic> conflict = Optional.empty();
  private int steps;

  /**
   * A resolver.
   *
   * @param candidates what there is for a wish, given all wishes for the same collection; the best
   *     first, and each made only when it is its turn
   */
  Resolver(BiFunction<Wanted, List<Wanted>, Stream<Candidate>> candidates) {
    this.candidates = candidates;
  }

  /**
   * A wish for a collection.
   *
   * @param name its full name
   * @param range the versions that fit
   * @param server the server that it must come from
   * @param by who wishes it
   * @param at where
   */
  record Wanted(String name, VersionRange range, Optional<String> server, String by, Location at) {}

  /**
   * A version that could be chosen.
   *
   * @param version the version; empty for content that has none, which fits every wish
   * @param dependencies what it needs
   * @param fetch how to get it; empty when it is installed or fetched already
   */
  record Candidate(
      Optional<Version> version, Map<String, String> dependencies, Optional<Source> fetch) {

    Candidate {
      dependencies = Collections.unmodifiableMap(new LinkedHashMap<>(dependencies));
    }
  }

  /** Where the archive of a candidate is. */
  record Source(GalaxyApi server, GalaxyApi.Published published) {}

  /**
   * The choice, by name.
   *
   * @throws HearthException if there is none; the finding says who asks for what
   */
  Map<String, Candidate> resolve(List<Wanted> wishes) {
    return solve(wishes, 0, Map.of()).orElseThrow(() -> conflict.orElseThrow().failure());
  }

  /** Every wish from {@code next} on is still open. */
  private Optional<Map<String, Candidate>> solve(
      List<Wanted> wishes, int next, Map<String, Candidate> chosen) {
    if (++steps > MOST_STEPS) {
      throw Diagnostic.error(ExitCode.FAILED, "the versions of these collections cannot be decided")
          .because("too many combinations were tried without one that fits")
          .next("pin the versions in the requirements file")
          .failure();
    }
    if (next == wishes.size()) {
      return Optional.of(chosen);
    }
    Wanted wanted = wishes.get(next);
    List<Wanted> same = wishes.stream().filter(wish -> wish.name().equals(wanted.name())).toList();
    Candidate before = chosen.get(wanted.name());
    if (before != null) {
      if (before.version().isEmpty() || wanted.range().allows(before.version().get(), true)) {
        return solve(wishes, next + 1, chosen);
      }
      note(conflict(wanted, same, "chosen for the others: " + before.version().get()));
      return Optional.empty();
    }
    Iterator<Candidate> fitting = candidates.apply(wanted, same).iterator();
    if (!fitting.hasNext()) {
      note(conflict(wanted, same, ""));
    }
    while (fitting.hasNext()) {
      Candidate candidate = fitting.next();
      List<Wanted> more = new ArrayList<>(wishes);
      String by = wanted.name() + candidate.version().map(version -> " " + version).orElse("");
      candidate
          .dependencies()
          .forEach((name, range) -> more.add(dependency(name, range, by, wanted)));
      Map<String, Candidate> with = new LinkedHashMap<>(chosen);
      with.put(wanted.name(), candidate);
      Optional<Map<String, Candidate>> solved = solve(more, next + 1, with);
      if (solved.isPresent()) {
        return solved;
      }
    }
    return Optional.empty();
  }

  /** What a collection needs, as a wish. */
  static Wanted dependency(String name, String range, String by, Wanted wanted) {
    return dependency(name, range, by, wanted.at());
  }

  static Wanted dependency(String name, String range, String by, Location at) {
    Optional<VersionRange> versions = VersionRange.parse(range);
    if (!CollectionOrigins.NAME.matcher(name).matches() || versions.isEmpty()) {
      throw Diagnostic.error(at, by + " needs '" + name + "' '" + range + "'")
          .exit(ExitCode.FAILED)
          .because("that is no name of a collection with a range of versions")
          .next("install what it needs yourself, and this one with --no-deps")
          .failure();
    }
    return new Wanted(name, versions.get(), Optional.empty(), by, at);
  }

  private void note(Diagnostic finding) {
    if (conflict.isEmpty()) {
      conflict = Optional.of(finding);
    }
  }

  private static Diagnostic conflict(Wanted wanted, List<Wanted> same, String more) {
    List<String> who = new ArrayList<>();
    same.forEach(wish -> who.add(wish.by() + " wants " + wish.range()));
    if (!more.isEmpty()) {
      who.add(more);
    }
    return Diagnostic.error(
            wanted.at(), "no version of the collection '" + wanted.name() + "' fits")
        .exit(ExitCode.FAILED)
        .because(String.join("\n", who))
        .next("change the versions that are asked for");
  }
}
