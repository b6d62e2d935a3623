package dev.hearth.rebuild;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found in a dump of a database without importing it.
 *
 * @param bytes its size
 * @param whole whether its trailer is there
 * @param version the major version of the server that it was made from; 0 when it does not say
 * @param rows of each table, as they are in it
 */
public record Dump(long bytes, boolean whole, int version, Map<String, Long> rows) {

  /**
   * Reads a plain dump of pg_dump on standard input and tells its parts, one on each line: for awk
   * of any kind.
   */
  public static final String AWK =
      """
      { bytes += length($0) + 1 }
      /^-- Dumped from database version / && !version { version = $6; sub(/[^0-9].*/, "", version) }
      !inside && /^COPY .* FROM stdin;$/ {
        table = $0; sub(/^COPY /, "", table); sub(/ \\(.*$/, "", table); sub(/ +FROM stdin;$/, "", table)
        n = 0; inside = 1; next
      }
      inside && $0 == "\\\\." { print "rows\\t" table "\\t" n; inside = 0; next }
      inside { n++; next }
      /^-- PostgreSQL database dump complete/ { whole = 1 }
      /^hearth: restic ended with / { failed = $5 }
      END { printf "bytes\\t%d\\nversion\\t%d\\nwhole\\t%d\\nfailed\\t%d\\n", bytes, version, whole && !inside, failed }
      """;

  /** Keeps its own copy. */
  public Dump {
    rows = Map.copyOf(rows);
  }

  /** Reads what {@link #AWK} tells. */
  public static Dump read(String told) {
    Map<String, Long> rows = new LinkedHashMap<>();
    Map<String, Long> numbers = new LinkedHashMap<>();
    for (String line : told.lines().toList()) {
      String[] parts = line.split("\t");
      if (parts.length == 3 && parts[0].equals("rows")) {
        rows.put(parts[1], Long.parseLong(parts[2]));
      } else if (parts.length == 2) {
        numbers.put(parts[0], Long.parseLong(parts[1]));
      }
    }
    boolean failed = numbers.getOrDefault("failed", 1L) != 0;
    return new Dump(
        failed ? 0 : numbers.getOrDefault("bytes", 0L),
        !failed && numbers.getOrDefault("whole", 0L) == 1,
        numbers.getOrDefault("version", 0L).intValue(),
        rows);
  }

  /**
   * Why this cannot be the database; nothing when it can.
   *
   * @param before the size of the dump before; 0 when there is none
   */
  public List<String> wrongFor(BackupPlan.Database database, long before) {
    List<String> wrong = new ArrayList<>();
    if (bytes == 0) {
      wrong.add("it is empty or not in the snapshot");
      return wrong;
    }
    if (!whole) {
      wrong.add("it is cut off: the line 'PostgreSQL database dump complete' is missing");
    }
    if (bytes < before * database.smallest()) {
      wrong.add(
          "it has %d bytes, the one before had %d: suspiciously small".formatted(bytes, before));
    }
    database
        .rows()
        .forEach(
            (table, least) -> {
              long found = rows.getOrDefault(table, -1L);
              if (found < 0) {
                wrong.add("the table " + table + " is not in it");
              } else if (found < least) {
                wrong.add(
                    "the table %s has %d rows, and at least %d are wanted"
                        .formatted(table, found, least));
              }
            });
    return wrong;
  }
}
