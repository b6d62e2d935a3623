package dev.hearth.rebuild;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Location;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The snapshot that a set is restored from, and the one before it.
 *
 * @param chosen the one
 * @param before an older one with the same tags, host and paths
 */
public record Choice(Snapshot chosen, Optional<Snapshot> before) {

  /** What every snapshot of ours is tagged with, besides the name of its set. */
  public static final String TAG = "hearth";

  /**
   * Chooses: the one with this id, else the newest of those that have all tags, the host and the
   * paths.
   *
   * @param id the beginning of an id, when the user has chosen
   * @throws dev.hearth.diag.HearthException when there is none, or it is too old
   */
  public static Choice of(
      List<Snapshot> all, Wanted wanted, Optional<String> id, Instant now, Duration maxAge) {
    List<Snapshot> fitting =
        all.stream()
            .filter(wanted::fits)
            .sorted(Comparator.comparing(Snapshot::time).reversed())
            .toList();
    Snapshot chosen =
        id.map(wish -> named(all, wanted, wish))
            .orElseGet(
                () -> fitting.stream().findFirst().orElseThrow(() -> none(all, wanted).failure()));
    Duration age = Duration.between(chosen.time(), now);
    if (id.isEmpty() && age.compareTo(maxAge) > 0) {
      throw Diagnostic.error(
              wanted.at(), "the newest snapshot of " + wanted.set() + " is " + told(age) + " old")
          .exit(ExitCode.FAILED)
          .because("max_age is " + told(maxAge) + ": backups have stopped since")
          .next("find out why, or take it all the same: " + wish(wanted, chosen))
          .failure();
    }
    return new Choice(
        chosen, fitting.stream().filter(each -> each.time().isBefore(chosen.time())).findFirst());
  }

  /**
   * What a snapshot must be.
   *
   * @param set the name of the set
   * @param host of which host
   * @param paths all of these, at least
   * @param at where the set is declared
   */
  public record Wanted(String set, String host, List<String> paths, Location at) {

    boolean fits(Snapshot snapshot) {
      return snapshot.tags().containsAll(Set.of(TAG, set))
          && snapshot.host().equals(host)
          && snapshot.paths().containsAll(paths);
    }
  }

  private static Snapshot named(List<Snapshot> all, Wanted wanted, String id) {
    List<Snapshot> found = all.stream().filter(each -> each.id().startsWith(id)).toList();
    if (found.size() != 1 || id.length() < 4) {
      throw Diagnostic.error(ExitCode.NOT_FOUND, "'" + id + "' is not the id of one snapshot")
          .because(found.size() + " snapshots begin so")
          .next("list them: hearth backup list")
          .failure();
    }
    if (!wanted.fits(found.getFirst())) {
      throw none(all, wanted)
          .because("snapshot " + found.getFirst().brief() + " is of something else: " + found)
          .failure();
    }
    return found.getFirst();
  }

  private static Diagnostic none(List<Snapshot> all, Wanted wanted) {
    long tagged = all.stream().filter(each -> each.tags().contains(wanted.set())).count();
    return Diagnostic.error(
            wanted.at(),
            "there is no snapshot of "
                + wanted.set()
                + " of "
                + wanted.host()
                + " with all of its tags and paths")
        .exit(ExitCode.NOT_FOUND)
        .because("%d of %d snapshots have the tag '%s'".formatted(tagged, all.size(), wanted.set()))
        .next("back up first: hearth backup now");
  }

  private static String wish(Wanted wanted, Snapshot chosen) {
    return "--snapshot " + wanted.set() + "=" + chosen.brief();
  }

  /** As people say it. */
  private static String told(Duration time) {
    return time.toHours() >= 2 ? time.toHours() + " hours" : time.toMinutes() + " minutes";
  }
}
