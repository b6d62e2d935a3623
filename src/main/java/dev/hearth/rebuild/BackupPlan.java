package dev.hearth.rebuild;

import dev.hearth.diag.Location;
import dev.hearth.value.Located;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is backed up, and what a backup must hold to count as one.
 *
 * @param repository where snapshots are
 * @param hosts the hosts that are backed up, a pattern
 * @param hostsAt where that is written
 * @param maxAge an older snapshot is refused
 * @param sets one snapshot each
 * @param kit what must live outside the blast radius
 * @param targets what a rebuild is held against
 * @param drill how drills are kept apart from the lab; empty when there are none
 */
public record BackupPlan(
    Repository repository,
    String hosts,
    Location hostsAt,
    Duration maxAge,
    List<BackupSet> sets,
    List<KitItem> kit,
    Targets targets,
    Optional<Drill> drill) {

  /** Where the role {@code backup} puts dumps, below it one directory for each set. */
  public static final String DUMPS = "/var/backups/hearth";

  /** Keeps its own copies. */
  public BackupPlan {
    sets = List.copyOf(sets);
    kit = List.copyOf(kit);
  }

  /**
   * Where snapshots are.
   *
   * @param host from where it is looked at
   * @param where its path on that host, or a URL that restic knows
   * @param password opens it
   * @param environment what restic needs besides, such as keys of an object store
   * @param at where it is declared
   */
  public record Repository(
      String host, Located where, Located password, Map<String, Located> environment, Location at) {

    /** Keeps its own copy. */
    public Repository {
      environment = Map.copyOf(environment);
    }
  }

  /**
   * What is in one snapshot.
   *
   * @param name its tag
   * @param service the service that it belongs to
   * @param databases dumped into it
   * @param paths in it
   * @param at where it is declared
   */
  public record BackupSet(
      String name,
      Optional<String> service,
      List<Database> databases,
      List<String> paths,
      Location at) {

    /** Keeps its own copies. */
    public BackupSet {
      databases = List.copyOf(databases);
      paths = List.copyOf(paths);
    }
  }

  /**
   * A database of PostgreSQL.
   *
   * @param container where its server runs; empty for the host itself
   * @param user who owns it
   * @param composeService what of the service's project is started for the import
   * @param rows tables that must be there, with at least so many rows
   * @param newest columns with the time of a row, by their tables: the newest tells what was lost
   * @param smallest a dump that has less than this part of the size of the one before is suspicious
   */
  public record Database(
      String name,
      Optional<String> container,
      String user,
      Optional<String> composeService,
      Map<String, Long> rows,
      Map<String, String> newest,
      double smallest,
      Location at) {

    /** Keeps its own copy. */
    public Database {
      rows = Map.copyOf(rows);
      newest = Map.copyOf(newest);
    }
  }

  /**
   * What must be at hand when a host is gone.
   *
   * @param value must not be empty
   * @param file must be readable here
   */
  public record KitItem(String name, Optional<Located> value, Optional<String> file, Location at) {}

  /**
   * How drills are kept apart.
   *
   * @param vars extra variables
   * @param skipTags what is left out of the playbook
   * @param forbidden variables that must have no value
   */
  public record Drill(
      Map<String, Located> vars, List<String> skipTags, List<String> forbidden, Location at) {

    /** Keeps its own copies. */
    public Drill {
      vars = Map.copyOf(vars);
      skipTags = List.copyOf(skipTags);
      forbidden = List.copyOf(forbidden);
    }
  }
}
