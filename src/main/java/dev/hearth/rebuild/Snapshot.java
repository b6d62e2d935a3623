package dev.hearth.rebuild;

import dev.hearth.value.JsonReader;
import dev.hearth.value.Value;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A snapshot as {@code restic snapshots --json} tells it.
 *
 * @param id its whole id
 * @param time when it was made
 * @param host of which host
 * @param tags all of its tags
 * @param paths what is in it
 */
public record Snapshot(String id, Instant time, String host, Set<String> tags, List<String> paths) {

  /** Keeps its own copies. */
  public Snapshot {
    tags = Set.copyOf(tags);
    paths = List.copyOf(paths);
  }

  /** The id as people read it. */
  public String brief() {
    return id.substring(0, Math.min(8, id.length()));
  }

  /**
   * Reads the answer of restic.
   *
   * @throws IllegalArgumentException when it is something else
   */
  public static List<Snapshot> all(String json) {
    if (!(JsonReader.read(json.strip()) instanceof Value.Seq list)) {
      throw new IllegalArgumentException("no list of snapshots");
    }
    List<Snapshot> all = new ArrayList<>();
    for (Value item : list.items()) {
      if (!(item instanceof Value.Dict snapshot)) {
        throw new IllegalArgumentException("no snapshot: a " + item.getClass().getSimpleName());
      }
      try {
        all.add(
            new Snapshot(
                text(snapshot, "id"),
                OffsetDateTime.parse(text(snapshot, "time")).toInstant(),
                text(snapshot, "hostname"),
                new LinkedHashSet<>(texts(snapshot, "tags")),
                texts(snapshot, "paths")));
      } catch (DateTimeParseException wrong) {
        throw new IllegalArgumentException("a snapshot's time: " + wrong.getMessage(), wrong);
      }
    }
    return all;
  }

  private static String text(Value.Dict of, String key) {
    if (of.entries().get(Value.text(key)) instanceof Value.Textual text) {
      return text.reveal();
    }
    throw new IllegalArgumentException("a snapshot has no '" + key + "'");
  }

  private static List<String> texts(Value.Dict of, String key) {
    return of.entries().get(Value.text(key)) instanceof Value.Seq list
        ? list.items().stream()
            .filter(Value.Textual.class::isInstance)
            .map(item -> ((Value.Textual) item).reveal())
            .toList()
        : List.of();
  }
}
