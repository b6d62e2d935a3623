package dev.hearth.postgres;

import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.journal.ChainedLines;
import dev.hearth.journal.Entry;
import dev.hearth.journal.Journal;
import dev.hearth.journal.RecordLog;
import dev.hearth.journal.RunStore;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Journals and receipts that several machines share: {@code docs/design/store.md}. */
public final class PostgresStore implements RunStore {

  /** The journal of a run itself is that of no host. */
  private static final String NO_HOST = "";

  private final Database database;
  private final String place;
  private final Leases leases;
  private final SignsOfLife signs;

  private PostgresStore(Database database, String place, SignsOfLife.Pace pace) {
    this.database = database;
    this.place = place;
    this.leases = new Leases(database);
    this.signs = new SignsOfLife(database, pace);
  }

  /**
   * Connects, and makes the tables where there are none.
   *
   * @param password the password; without one {@code ~/.pgpass} may have it
   * @param schema where the tables are
   * @throws HearthException when the server cannot be reached, refuses, or its tables are newer
   */
  public static PostgresStore open(Address address, Optional<String> password, String schema) {
    return open(address, password, schema, SignsOfLife.Pace.USUAL);
  }

  static PostgresStore open(
      Address address, Optional<String> password, String schema, SignsOfLife.Pace pace) {
    Database database = Database.connect(address, password);
    try {
      Schema.open(database, schema);
      return new PostgresStore(database, address + ", schema " + schema, pace);
    } catch (RuntimeException refused) {
      database.close();
      throw refused;
    }
  }

  @Override
  public RecordLog begin(String run, Entry.Header header) {
    signs.begin(run);
    return log(run, NO_HOST, header);
  }

  @Override
  public RecordLog journal(String run, String host, Entry.Header header) {
    return log(run, host, header);
  }

  private RecordLog log(String run, String host, Entry.Header header) {
    RecordLog log = new Log(run, host);
    log.append(header);
    return log;
  }

  @Override
  public void lease(String run, String host, String who, Duration patience) {
    leases.take(run, host, who, patience);
  }

  @Override
  public void release(String run, String host) {
    leases.release(run, host);
  }

  @Override
  public Optional<Journal> run(String run) {
    return journal(run, NO_HOST);
  }

  @Override
  public Optional<Journal> host(String run, String host) {
    return journal(run, host);
  }

  private Optional<Journal> journal(String run, String host) {
    String lines =
        String.join(
            "",
            database.texts(
                "SELECT line FROM record WHERE run = ? AND host = ? ORDER BY number", run, host));
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Journal.of(
                (host.isEmpty() ? "the journal of " : "the journal of " + host + " in ")
                    + run
                    + " in the store",
                lines.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public List<Journal> hosts(String run) {
    return database
        .texts(
            "SELECT DISTINCT host COLLATE \"C\" FROM record WHERE run = ? AND host <> ''"
                + " ORDER BY 1",
            run)
        .stream()
        .flatMap(host -> host(run, host).stream())
        .toList();
  }

  @Override
  public List<String> runs() {
    return database.texts("SELECT name FROM run ORDER BY name COLLATE \"C\"");
  }

  @Override
  public boolean isRunning(String run) {
    return database
        .texts("SELECT process FROM run WHERE name = ? AND alive_until > clock_timestamp()", run)
        .stream()
        .anyMatch(process -> !OwnProcess.isGone(process));
  }

  @Override
  public List<String> cutOff() {
    return database
        .texts("SELECT name FROM run WHERE alive_until IS NOT NULL ORDER BY name COLLATE \"C\"")
        .stream()
        .filter(run -> !isRunning(run))
        .toList();
  }

  @Override
  public void finish(String run) {
    signs.finish(run);
  }

  @Override
  public void end(Journal cutOff, String by) {
    String run = cutOff.header().run();
    String host = cutOff.header().host();
    append(
        run,
        host,
        cutOff.entries().size() + 2,
        new ChainedLines(cutOff.digits()).line(new Entry.End(ExitCode.INTERRUPTED.number(), "")),
        by);
    if (hosts(run).stream().allMatch(Journal::ended)) {
      finish(run);
    }
  }

  @Override
  public Optional<Journal> receipt(String host) {
    return database
        .statement(
            connection -> {
              try (PreparedStatement ask =
                  connection.prepareStatement("SELECT content FROM receipt WHERE host = ?")) {
                ask.setString(1, host);
                try (ResultSet answer = ask.executeQuery()) {
                  return answer.next() ? Optional.of(answer.getBytes(1)) : Optional.<byte[]>empty();
                }
              }
            })
        .map(content -> Journal.of(placeOfReceipt(host), content));
  }

  @Override
  public void replaceReceipt(String run, String host, byte[] content) {
    fenced(
        run,
        host,
        "INSERT INTO receipt SELECT ?, ? FROM held"
            + " ON CONFLICT (host) DO UPDATE SET content = EXCLUDED.content",
        host,
        content);
  }

  @Override
  public Optional<String> setReceiptAside(String host, String suffix) {
    String name = host + ".before-" + suffix;
    return database.update("UPDATE receipt SET host = ? WHERE host = ?", name, host) == 0
        ? Optional.empty()
        : Optional.of("in the store: the receipt '" + name + "'");
  }

  @Override
  public String placeOfReceipt(String host) {
    return "the receipt of " + host + " in the store";
  }

  @Override
  public String place() {
    return place;
  }

  @Override
  public void close() {
    try {
      signs.close();
    } finally {
      database.close();
    }
  }

  private void append(String run, String host, int number, String line, String writer) {
    if (host.isEmpty()) {
      database.update("INSERT INTO record VALUES (?, ?, ?, ?)", run, host, number, line);
    } else {
      fenced(
          writer, host, "INSERT INTO record SELECT ?, ?, ?, ? FROM held", run, host, number, line);
    }
  }

  /** Does a statement only as long as a run has the lease of a host, which is locked meanwhile. */
  private void fenced(String writer, String host, String statement, Object... values) {
    OptionalLong token = leases.token(writer, host);
    List<Object> all = new ArrayList<>(List.of(host, writer, token.orElse(-1)));
    all.addAll(List.of(values));
    int written =
        database.update(
            "WITH held AS (SELECT 1 FROM lease WHERE host = ? AND run = ? AND token = ? FOR UPDATE)"
                + " "
                + statement,
            all.toArray());
    if (written == 0) {
      throw leases.lost(host);
    }
  }

  /** One journal that is written. */
  private final class Log implements RecordLog {

    private final String run;
    private final String host;
    private final ChainedLines lines = new ChainedLines();
    private int number;

    Log(String run, String host) {
      this.run = run;
      this.host = host;
    }

    @Override
    public synchronized void append(Entry entry) {
      String line = lines.line(entry);
      PostgresStore.this.append(run, host, number + 1, line, run);
      number++;
      lines.written(line);
    }

    @Override
    public void close() {}
  }
}
