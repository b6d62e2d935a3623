package dev.hearth.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.diag.HearthException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every store of journals and receipts promises. */
public abstract class RunStoreContract {

  /** The names of runs, the older one first. */
  protected static final String FIRST = "20261121T121500.250Z-4f2a90c1";

  /** The younger one. */
  protected static final String SECOND = "20261121T121501.000Z-00000002";

  /** A host whose name is no name of a file. */
  protected static final String HOST = "../web 01/ä";

  private final List<RunStore> opened = new java.util.ArrayList<>();

  /** Another process that looks at the same store, as far as one test can be another. */
  protected abstract RunStore open();

  /** A process that runs {@code run} dies without a word, and everybody can know it by now. */
  protected abstract void die(RunStore store, String run);

  /** A store that the test closes by itself. */
  protected final RunStore store() {
    RunStore store = open();
    opened.add(store);
    return store;
  }

  @AfterEach
  final void close() {
    opened.forEach(RunStore::close);
  }

  /** The first record of a journal. */
  protected static Entry.Header header(String content, String run, String host) {
    return new Entry.Header(
        1, content, run, host, "test", Map.of("user", List.of("me")), List.of());
  }

  /** A step that begins. */
  protected static Entry.Intended step(int number, String run) {
    return new Entry.Intended(
        number,
        run,
        "Löschen\n\u0000\t\"'\\",
        "play.yml:1:3",
        "what",
        "d",
        "root",
        List.of(new Entry.Part(Entry.Kind.RESTORE, "/etc/x")));
  }

  private static Entry.Ended ended(int number, String run) {
    return new Entry.Ended(
        number, run, OptionalInt.of(0), "", List.of("file 600 0 0 abc"), List.of());
  }

  /** A receipt with one step. */
  protected static byte[] receipt(String run, Entry... entries) {
    return Receipt.empty(HOST, "test").after(run, "h", "test", "", List.of(entries)).bytes();
  }

  @Test
  void whatIsAppendedIsReadBackByOthersInOrder() {
    RunStore store = store();
    RecordLog own = store.begin(FIRST, header("run", FIRST, ""));
    store.lease(FIRST, HOST, "me", Duration.ZERO);
    RecordLog log = store.journal(FIRST, HOST, header("journal", FIRST, HOST));
    log.append(step(1, FIRST));
    log.append(ended(1, FIRST));
    log.append(step(2, FIRST));

    RunStore other = store();
    assertThat(other.runs()).containsExactly(FIRST);
    assertThat(other.host(FIRST, HOST).orElseThrow().entries())
        .containsExactly(step(1, FIRST), ended(1, FIRST), step(2, FIRST));
    assertThat(other.hosts(FIRST))
        .singleElement()
        .satisfies(journal -> assertThat(journal.header().host()).isEqualTo(HOST));
    assertThat(other.run(FIRST).orElseThrow().header()).isEqualTo(header("run", FIRST, ""));
    assertThat(other.run(SECOND)).isEmpty();
    assertThat(other.host(FIRST, "another")).isEmpty();
    log.close();
    own.close();
  }

  @Test
  void aRunGoesOnUntilItsEndIsInTheReceipts() {
    RunStore store = store();
    store.begin(FIRST, header("run", FIRST, "")).close();

    RunStore other = store();
    assertThat(other.isRunning(FIRST)).isTrue();
    assertThat(other.cutOff()).isEmpty();
    store.finish(FIRST);
    assertThat(other.isRunning(FIRST)).isFalse();
    assertThat(other.cutOff()).isEmpty();
    assertThat(other.runs()).containsExactly(FIRST);
  }

  @Test
  void whatARunDidThatWasCutOffIsFoundAndTakenOverOnce() {
    RunStore store = store();
    store.begin(FIRST, header("run", FIRST, "")).close();
    store.lease(FIRST, HOST, "me", Duration.ZERO);
    RecordLog log = store.journal(FIRST, HOST, header("journal", FIRST, HOST));
    log.append(step(1, FIRST));
    log.close();
    die(store, FIRST);

    RunStore other = store();
    assertThat(other.isRunning(FIRST)).isFalse();
    assertThat(other.cutOff()).containsExactly(FIRST);
    Journal left = other.cutOff(HOST).getFirst();
    assertThat(left.entries()).containsExactly(step(1, FIRST));
    other.begin(SECOND, header("run", SECOND, "")).close();
    other.lease(SECOND, HOST, "you", Duration.ZERO);
    other.replaceReceipt(SECOND, HOST, receipt(FIRST, step(1, FIRST)));
    other.end(left, SECOND);

    assertThat(other.cutOff(HOST)).isEmpty();
    assertThat(other.cutOff()).isEmpty();
    assertThat(other.host(FIRST, HOST).orElseThrow().ended()).isTrue();
  }

  @Test
  void aReceiptIsReplacedAsAWhole() {
    RunStore store = store();
    store.begin(FIRST, header("run", FIRST, "")).close();
    store.lease(FIRST, HOST, "me", Duration.ZERO);
    assertThat(store.receipt(HOST)).isEmpty();

    store.replaceReceipt(FIRST, HOST, receipt(FIRST, step(1, FIRST), step(2, FIRST)));
    store.replaceReceipt(FIRST, HOST, receipt(FIRST, step(2, FIRST)));

    Receipt read = Receipt.of(store().receipt(HOST).orElseThrow());
    assertThat(read.steps())
        .singleElement()
        .satisfies(step -> assertThat(step.intended()).isEqualTo(step(2, FIRST)));
    assertThat(store.setReceiptAside(HOST, "X").orElseThrow()).contains(".before-X");
    assertThat(store.receipt(HOST)).isEmpty();
    assertThat(store.setReceiptAside(HOST, "Y")).isEmpty();
  }

  @Test
  void aNameThatIsThereAlreadyIsRefused() {
    RunStore store = store();
    store.begin(FIRST, header("run", FIRST, "")).close();
    store.lease(FIRST, HOST, "me", Duration.ZERO);
    store.journal(FIRST, HOST, header("journal", FIRST, HOST)).append(step(1, FIRST));

    assertThatThrownBy(() -> store.begin(FIRST, header("run", FIRST, "")))
        .isInstanceOf(HearthException.class);
    assertThatThrownBy(() -> store.journal(FIRST, HOST, header("journal", FIRST, HOST)))
        .isInstanceOf(HearthException.class);
    assertThat(store().host(FIRST, HOST).orElseThrow().entries()).containsExactly(step(1, FIRST));
  }

  @Test
  void aRunIsFoundByHowItsNameBeginsAndByWhatItContinues() {
    RunStore store = store();
    store.begin(FIRST, header("run", FIRST, "")).close();
    store
        .begin(
            SECOND,
            new Entry.Header(
                1,
                "run",
                SECOND,
                "",
                "test",
                Map.of(RunStore.CONTINUES, List.of(FIRST)),
                List.of()))
        .close();

    assertThat(store.find("20261121T121501")).isEqualTo(SECOND);
    assertThat(store.chain(SECOND)).containsExactly(FIRST, SECOND);
    assertThatThrownBy(() -> store.find("20261121")).hasMessageContaining("several runs");
    assertThatThrownBy(() -> store.find("2025")).hasMessageContaining("no run");
  }
}
