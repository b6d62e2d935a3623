package dev.hearth.receipt;

import dev.hearth.connection.BecomeRefused;
import dev.hearth.connection.RunStopped;
import dev.hearth.connection.Unreachable;
import dev.hearth.diag.Diagnostic;
import dev.hearth.journal.Entry;
import dev.hearth.journal.Journal;
import dev.hearth.journal.Receipt;
import dev.hearth.journal.RunStore;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The receipts of hosts, each here and on its host. */
public final class Receipts {

  private static final int OTHER = 122;

  private static final String FILE = Place.OF_USER + "file=$_h_b/receipt\n";

  /** Words: place, the digits that the file must end with unless there is none. */
  private static final String SAVE =
      FILE
          + """
          umask 077
          mkdir -p -- "$_h_b" || exit 1
          if [ -s "$file" ]; then
            last=$(tail -n 1 -- "$file")
            if [ "${last##* }" != "$1" ]; then
              cat -- "$file"
              exit 122
            fi
          fi
          cat >"$file.new" && { sync -- "$file.new" 2>/dev/null || sync; } &&
          mv -f -- "$file.new" "$file"
          """;

  private static final String REMOVE =
      FILE + "rm -rf -- \"$_h_b/former\" \"$file\" && rmdir -- \"$_h_b\" 2>/dev/null || :\n";

  /** Words: place, run. How its steps ended has been noted and goes. */
  private static final String CLEAN =
      Place.OF_USER
          + """
          clean() {
            # A long run has more steps than there is room for in one command line.
            printf '%s\\0' "$1"/*/out "$1"/*/err "$1"/*/exit "$1"/*/shell | xargs -0 rm -f --
            printf '%s\\0' "$1"/* | xargs -0 rmdir -- 2>/dev/null
            rmdir -- "$1" "${1%/*}" "${1%/former/*}" 2>/dev/null
          }
          clean "$_h_b/former/$1"
          clean "$_h_a/former/$1"
          exit 0
          """;

  private static final String READ = FILE + "[ ! -s \"$file\" ] || cat -- \"$file\"\n";

  private final RunStore store;
  private final String ownPlace;
  private final String tool;
  private final Consumer<Diagnostic> warnings;

  /**
   * Receipts of a store.
   *
   * @param ownPlace where this machine keeps its own, when it is the host
   * @param tool this program's version
   * @param warnings takes why a copy could not be written
   */
  public Receipts(RunStore store, String ownPlace, String tool, Consumer<Diagnostic> warnings) {
    this.store = store;
    this.ownPlace = ownPlace;
    this.tool = tool;
    this.warnings = warnings;
  }

  /**
   * The newer of the two copies of a host's receipt.
   *
   * @throws dev.hearth.diag.HearthException when one is damaged, or nobody can say which is newer
   */
  public Receipt read(Way way) {
    Journal there = null;
    if (way.connection().run(Script.of(READ, place(way)), way.become())
            instanceof Outcome.Exited exited
        && exited.ok()
        && exited.stdout().length > 0) {
      there = Journal.of("the receipt on " + way.host(), exited.stdout());
    }
    Optional<Journal> newer = Receipt.newer(store.receipt(way.host()).orElse(null), there);
    Receipt receipt = newer.map(Receipt::of).orElseGet(() -> Receipt.empty(way.host(), tool));
    List<Entry> cutOff = cutOff(way.host());
    return cutOff.isEmpty() ? receipt : receipt.after("", way.host(), tool, "", cutOff);
  }

  /** What runs did to a host that were cut off before they could say so in the receipt. */
  private List<Entry> cutOff(String host) {
    return store.cutOff(host).stream().flatMap(journal -> journal.entries().stream()).toList();
  }

  private String place(Way way) {
    return way.own() ? ownPlace : "";
  }

  /** Adds what a run did to a host to the receipt, here and on the host. */
  void add(String host, String run, List<Entry> entries, Optional<Way> way) {
    Optional<Journal> here = store.receipt(host);
    List<Journal> cutOff = store.cutOff(host);
    List<Entry> all = new ArrayList<>();
    cutOff.forEach(journal -> all.addAll(journal.entries()));
    all.addAll(entries);
    Receipt before = here.map(Receipt::of).orElseGet(() -> Receipt.empty(host, tool));
    Receipt after = before.after(run, host, tool, here.map(Journal::digits).orElse(""), all);
    if (here.isPresent() && after.steps().equals(before.steps())) {
      // It ran commands that it had run before: there is nothing new to say.
      cutOff.forEach(journal -> store.end(journal, run));
      return;
    }
    byte[] bytes = after.bytes();
    store.replaceReceipt(run, host, bytes);
    if (after.steps().isEmpty()) {
      way.ifPresent(this::remove);
      cutOff.forEach(journal -> store.end(journal, run));
      return;
    }
    way.ifPresent(there -> save(there, here, bytes, run, all));
    cutOff.forEach(journal -> store.end(journal, run));
  }

  /** The host was taken down: nothing is left to be taken back. */
  void empty(String host, String run, Optional<Way> way) {
    Optional<Journal> here = store.receipt(host);
    Receipt none = Receipt.empty(host, tool);
    store.replaceReceipt(
        run,
        host,
        here.map(
                journal ->
                    new Receipt(journal.header(), List.of())
                        .after(run, host, tool, journal.digits(), List.of()))
            .orElse(none)
            .bytes());
    store.cutOff(host).forEach(journal -> store.end(journal, run));
    way.ifPresent(this::remove);
  }

  /** Removes how the steps of a run ended, which the journal has by now. */
  void clean(Way way, String run) {
    tidy(way, Script.of(CLEAN, place(way), run));
  }

  private void remove(Way way) {
    tidy(way, Script.of(REMOVE, place(way)));
  }

  private void tidy(Way way, Script script) {
    try {
      if (way.connection().run(script, way.become()) instanceof Outcome.Exited exited
          && !exited.ok()) {
        warn(way, exited.err().strip());
      }
    } catch (Unreachable | BecomeRefused | RunStopped broken) {
      warn(way, String.valueOf(broken.getMessage()));
    }
  }

  private void save(
      Way way, Optional<Journal> before, byte[] bytes, String run, List<Entry> entries) {
    try {
      if (!(write(way, before.map(Journal::digits).orElse(""), bytes)
          instanceof Outcome.Exited exited)) {
        warn(way, "the connection broke");
      } else if (exited.code() == OTHER) {
        Journal there = Journal.of("the receipt on " + way.host(), exited.stdout());
        if (before.filter(here -> here.header().ancestors().contains(there.digits())).isPresent()) {
          // An earlier run could not bring it up to date.
          again(way, write(way, there.digits(), bytes));
        } else {
          merge(way, there, run, entries);
        }
      } else if (!exited.ok()) {
        warn(way, exited.err().strip());
      }
    } catch (Unreachable | BecomeRefused | RunStopped broken) {
      warn(way, String.valueOf(broken.getMessage()));
    }
  }

  /** Another machine wrote the host's copy: what this run did is added to that one. */
  private void merge(Way way, Journal there, String run, List<Entry> entries) {
    byte[] bytes = Receipt.of(there).after(run, way.host(), tool, there.digits(), entries).bytes();
    if (again(way, write(way, there.digits(), bytes))) {
      store.replaceReceipt(run, way.host(), bytes);
    }
  }

  private boolean again(Way way, Outcome outcome) {
    boolean written = outcome instanceof Outcome.Exited exited && exited.ok();
    if (!written) {
      warn(way, "another run writes it at the same time");
    }
    return written;
  }

  private Outcome write(Way way, String before, byte[] bytes) {
    Value.Text text = Value.text(new String(bytes, StandardCharsets.UTF_8));
    return way.connection()
        .run(Script.of(SAVE, place(way), before).reading(Payload.of(text)), way.become());
  }

  private void warn(Way way, String why) {
    warnings.accept(
        Diagnostic.warning("the receipt on " + way.host() + " could not be brought up to date")
            .because(why)
            .next("this machine's copy is complete: " + store.placeOfReceipt(way.host())));
  }
}
