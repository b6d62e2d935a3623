package dev.hearth.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.journal.RecordLog;
import dev.hearth.journal.RunStore;
import dev.hearth.journal.RunStoreContract;
import dev.hearth.testhosts.PostgresServer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The store in a real PostgreSQL: what every store promises, and leases besides. */
final class PostgresStoreIT extends RunStoreContract {

  /** Signs of life come when the test gives them. */
  private static final SignsOfLife.Pace STILL =
      new SignsOfLife.Pace(Duration.ofHours(1), Duration.ofHours(1));

  private static final AtomicInteger SCHEMAS = new AtomicInteger();

  @AutoClose private static PostgresServer server;

  private String schema = "";

  @BeforeAll
  static void start() {
    server = PostgresServer.start();
  }

  @BeforeEach
  void ownSchema() {
    schema = "lab" + SCHEMAS.incrementAndGet();
  }

  @Override
  protected PostgresStore open() {
    return PostgresStore.open(
        Address.parse(server.address(), "test"),
        Optional.of(PostgresServer.PASSWORD),
        schema,
        STILL);
  }

  @Override
  protected void die(RunStore store, String run) {
    sql(
        "UPDATE run SET alive_until = clock_timestamp() - interval '1 second' WHERE name = '"
            + run
            + "'");
  }

  private void sql(String statement) {
    ask(statement);
  }

  /** By somebody else. */
  private String ask(String statement) {
    return server.sql("SET search_path TO " + schema, statement);
  }

  private RunStore with(String run) {
    RunStore store = store();
    store.begin(run, header("run", run, "")).close();
    return store;
  }

  private static void refused(ExitCode exit, ThrowingCallable work, String... parts) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            HearthException.class,
            refused -> {
              assertThat(refused.exit()).isEqualTo(exit);
              assertThat(refused.diagnostics().getFirst().render())
                  .contains(parts)
                  .contains("next:")
                  .doesNotContain(PostgresServer.PASSWORD);
            });
  }

  @Test
  void aHostIsLeasedToOneRunAtATimeAndTheOtherIsToldWhoHasIt() {
    RunStore one = with(FIRST);
    RunStore two = with(SECOND);
    one.lease(FIRST, HOST, "ann@desk pid 1", Duration.ZERO);

    refused(
        ExitCode.LOCKED,
        () -> two.lease(SECOND, HOST, "bob", Duration.ZERO),
        FIRST,
        "ann@desk pid 1");
    two.lease(SECOND, "another", "bob", Duration.ZERO);
    one.lease(FIRST, HOST, "ann", Duration.ZERO);
    one.release(FIRST, HOST);
    two.lease(SECOND, HOST, "bob", Duration.ZERO);
  }

  @Test
  void oneWhoIsPatientGetsTheHostWhenItIsFree() throws InterruptedException {
    RunStore one = with(FIRST);
    RunStore two = with(SECOND);
    one.lease(FIRST, HOST, "ann", Duration.ZERO);
    Thread waits =
        Thread.ofVirtual().start(() -> two.lease(SECOND, HOST, "bob", Duration.ofMinutes(1)));
    one.release(FIRST, HOST);
    waits.join();

    two.journal(SECOND, HOST, header("journal", SECOND, HOST)).append(step(1, SECOND));
  }

  @Test
  void theTokenOfAHostOnlyGrows() {
    RunStore one = with(FIRST);
    RunStore two = with(SECOND);
    for (int times = 1; times <= 3; times++) {
      one.lease(FIRST, HOST, "ann", Duration.ZERO);
      assertThat(ask("SELECT token FROM lease")).isEqualTo(Integer.toString(2 * times - 1));
      one.release(FIRST, HOST);
      two.lease(SECOND, HOST, "bob", Duration.ZERO);
      assertThat(ask("SELECT token FROM lease")).isEqualTo(Integer.toString(2 * times));
      two.release(SECOND, HOST);
    }
  }

  @Test
  void aRunThatWasHeldUpWhileAnotherTookItsHostCannotWriteAWord() {
    RunStore one = with(FIRST);
    one.lease(FIRST, HOST, "ann", Duration.ZERO);
    RecordLog log = one.journal(FIRST, HOST, header("journal", FIRST, HOST));
    log.append(step(1, FIRST));
    die(one, FIRST);
    RunStore two = with(SECOND);
    two.lease(SECOND, HOST, "bob@shed", Duration.ZERO);

    refused(
        ExitCode.LOCKED, () -> log.append(step(2, FIRST)), "lost its lease", "bob@shed", SECOND);
    refused(
        ExitCode.LOCKED,
        () -> one.replaceReceipt(FIRST, HOST, receipt(FIRST, step(1, FIRST))),
        "lost its lease");
    one.release(FIRST, HOST);

    assertThat(two.host(FIRST, HOST).orElseThrow().entries()).containsExactly(step(1, FIRST));
    assertThat(two.receipt(HOST)).isEmpty();
    two.replaceReceipt(SECOND, HOST, receipt(FIRST, step(1, FIRST)));
    refused(ExitCode.LOCKED, () -> with("x").lease("x", HOST, "eve", Duration.ZERO), "bob@shed");
  }

  /** The number alone decides, not the name of the run, which comes again when it is continued. */
  @Test
  void anOldTokenOfTheSameRunIsRefused() {
    RunStore one = with(FIRST);
    one.lease(FIRST, HOST, "ann", Duration.ZERO);
    RecordLog log = one.journal(FIRST, HOST, header("journal", FIRST, HOST));
    sql("UPDATE lease SET token = token + 1");

    refused(ExitCode.LOCKED, () -> log.append(step(1, FIRST)), "lost its lease");
    assertThat(one.host(FIRST, HOST).orElseThrow().entries()).isEmpty();
  }

  @Test
  void aRunWhoseTimeWasOverButWhoseHostNobodyTookGoesOn() {
    RunStore one = with(FIRST);
    one.lease(FIRST, HOST, "ann", Duration.ZERO);
    RecordLog log = one.journal(FIRST, HOST, header("journal", FIRST, HOST));
    die(one, FIRST);

    log.append(step(1, FIRST));

    assertThat(one.host(FIRST, HOST).orElseThrow().entries()).containsExactly(step(1, FIRST));
  }

  @Test
  @Timeout(60)
  void aSignOfLifeIsGivenByTheServersClock() throws InterruptedException {
    try (PostgresStore store =
        PostgresStore.open(
            Address.parse(server.address(), "test"),
            Optional.of(PostgresServer.PASSWORD),
            schema,
            new SignsOfLife.Pace(Duration.ofHours(1), Duration.ofMillis(20)))) {
      store.begin(FIRST, header("run", FIRST, "")).close();
      die(store, FIRST);
      // Ends only when one was given.
      while (!store.isRunning(FIRST)) {
        Thread.onSpinWait();
      }
    }
    assertThat(store().isRunning(FIRST)).isFalse();
    assertThat(store().cutOff()).containsExactly(FIRST);
  }

  @Test
  void aProcessThatIsSurelyGoneIsNotWaitedFor() {
    RunStore one = with(FIRST);
    one.lease(FIRST, HOST, "ann", Duration.ZERO);
    String mark = OwnProcess.mark();
    String before = mark.substring(0, mark.lastIndexOf(' ')) + " 1";
    sql("UPDATE run SET process = '" + before + "'");

    assertThat(store().isRunning(FIRST)).isFalse();
    with(SECOND).lease(SECOND, HOST, "bob", Duration.ZERO);
  }

  @Test
  void aProcessOfAnotherMachineIsNotJudgedByItsNumber() {
    with(FIRST);
    sql("UPDATE run SET process = 'another/pid:[1] 1 1'");

    assertThat(store().isRunning(FIRST)).isTrue();
    assertThat(store().cutOff()).isEmpty();
  }

  @Test
  void everyRecordIsThereForOthersWhenAppendReturns() {
    RunStore one = with(FIRST);
    one.lease(FIRST, HOST, "ann", Duration.ZERO);
    RecordLog log = one.journal(FIRST, HOST, header("journal", FIRST, HOST));
    for (int number = 1; number <= 5; number++) {
      log.append(step(number, FIRST));
      assertThat(ask("SELECT count(*) FROM record WHERE host <> ''"))
          .isEqualTo(Integer.toString(number + 1));
    }
  }

  @Test
  void damageIsFound() {
    RunStore one = with(FIRST);
    one.lease(FIRST, HOST, "ann", Duration.ZERO);
    one.journal(FIRST, HOST, header("journal", FIRST, HOST)).append(step(1, FIRST));
    sql("UPDATE record SET line = replace(line, 'what', 'else') WHERE number = 2");

    refused(ExitCode.FAILED, () -> one.host(FIRST, HOST), "damaged", "line 2");
  }

  @Test
  void newerTablesAreRefusedAndLeftAlone() {
    with(FIRST);
    sql("UPDATE format SET version = 2");

    refused(ExitCode.INVALID, this::open, "newer", "layout 2");
    assertThat(ask("SELECT version FROM format")).isEqualTo("2");
  }

  @Test
  void aServerThatDoesNotAnswerAWrongPasswordAndAMissingDatabaseAreToldApart() {
    Address right = Address.parse(server.address(), "test");
    refused(
        ExitCode.AUTHENTICATION,
        () -> PostgresStore.open(right, Optional.of("wrong"), schema),
        "refuses the login",
        "HEARTH_STORE_PASSWORD");
    refused(
        ExitCode.NOT_FOUND,
        () ->
            PostgresStore.open(
                Address.parse(server.address().replace("/lab", "/other"), "test"),
                Optional.of(PostgresServer.PASSWORD),
                schema),
        "no such database");
    refused(
        ExitCode.UNREACHABLE,
        () ->
            PostgresStore.open(
                // Nobody listens at the first port of a machine.
                Address.parse("postgresql://me@127.0.0.1:1/lab", "test"), Optional.of("x"), schema),
        "cannot be reached");
    refused(
        ExitCode.INVALID,
        () -> PostgresStore.open(right, Optional.of(PostgresServer.PASSWORD), "a;b"),
        "no name");
    refused(
        ExitCode.AUTHENTICATION,
        () -> PostgresStore.open(right, Optional.empty(), schema),
        "refuses the login");
  }

  @Test
  void aConnectionThatBreaksEndsTheWriting() {
    RunStore one = with(FIRST);
    one.lease(FIRST, HOST, "ann", Duration.ZERO);
    RecordLog log = one.journal(FIRST, HOST, header("journal", FIRST, HOST));
    sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE application_name = 'hearth' AND pid <> pg_backend_pid()");

    refused(
        ExitCode.UNREACHABLE,
        () -> log.append(step(1, FIRST)),
        "cannot be reached",
        "hearth resume");
    assertThat(store().host(FIRST, HOST).orElseThrow().entries()).isEmpty();
  }

  @Test
  void twoThatComeFirstMakeTheTablesOnce() throws InterruptedException {
    AtomicInteger failures = new AtomicInteger();
    Thread[] threads = new Thread[6];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = Thread.ofVirtual().unstarted(() -> open().close());
      threads[i].setUncaughtExceptionHandler((thread, failure) -> failures.incrementAndGet());
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(failures).hasValue(0);
    assertThat(ask("SELECT count(*) FROM format")).isEqualTo("1");
  }
}
