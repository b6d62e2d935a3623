package dev.hearth.receipt;

import dev.hearth.journal.Digest;
import dev.hearth.journal.Entry;
import dev.hearth.journal.JournalFile;
import dev.hearth.journal.Receipt;
import dev.hearth.plan.Effect;
import dev.hearth.plan.Step;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Renderer;
import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What one run notes of one host: its journal, which begins with the first step. */
final class HostNotes {

  private static final Set<Entry.Kind> NEED_THE_HOST =
      Set.of(
          Entry.Kind.RESTORE,
          Entry.Kind.TREE,
          Entry.Kind.ATTRIBUTES,
          Entry.Kind.APPEARED,
          Entry.Kind.RUN);

  private final String run;
  private final String ownPlace;
  private final boolean keeps;
  private final UnaryOperator<String> masked;
  private final Supplier<JournalFile> create;
  private final List<Entry> entries = new ArrayList<>();
  private @Nullable JournalFile journal;
  private @Nullable Way way;
  private int steps;

  /**
   * @param ownPlace where this machine keeps what was there before, when it is the host
   * @param keeps whether what was there before is kept
   * @param masked hides every secret in a text
   * @param create begins the journal
   */
  HostNotes(
      String run,
      String ownPlace,
      boolean keeps,
      UnaryOperator<String> masked,
      Supplier<JournalFile> create) {
    this.keeps = keeps;
    this.run = run;
    this.ownPlace = ownPlace;
    this.masked = masked;
    this.create = create;
  }

  /** Does a step and notes it. */
  synchronized Outcome apply(
      Way by, String task, String at, Step step, Function<List<Script>, List<Outcome>> host) {
    if (step.effect() == Effect.READS) {
      return host.apply(List.of(step.script())).getFirst();
    }
    List<Parts.Told> parts =
        keeps ? Parts.of(step.undo(), masked) : impossible("teardown is not taken back");
    int number = intend(by, task, at, step, parts);
    boolean needed = parts.stream().anyMatch(part -> NEED_THE_HOST.contains(part.entry().kind()));
    if (!needed) {
      Outcome end = host.apply(List.of(step.script())).getFirst();
      note(ended(number, end, List.of(), List.of()));
      return end;
    }
    List<Word> place =
        List.of(Word.of(by.own() ? ownPlace : ""), Word.of(run), Word.of(Integer.toString(number)));
    List<Outcome> ends =
        host.apply(List.of(keep(place, parts), guarded(place, step.script()), look(place, parts)));
    return noted(number, ends);
  }

  private Outcome noted(int number, List<Outcome> ends) {
    if (!(ends.getFirst() instanceof Outcome.Exited keeping)) {
      note(unseen(number, Receipt.LOST));
      return ends.getFirst();
    }
    if (!keeping.ok()) {
      note(unseen(number, Receipt.NOT_BEGUN));
      String why = keeping.err().isBlank() ? keeping.out() : keeping.err();
      return Outcome.Exited.of(
          HostScripts.NOT_KEPT,
          "",
          "what was there before cannot be kept, so nothing was done: " + why.strip());
    }
    List<String> kept = keeping.out().lines().toList();
    note(new Entry.Kept(number, run, kept.getFirst(), kept.subList(1, kept.size())));
    List<String> after = List.of();
    List<String> appeared = List.of();
    if (ends.get(2) instanceof Outcome.Exited seen && seen.ok()) {
      after = seen.out().lines().filter(line -> !line.startsWith("+")).toList();
      appeared =
          seen.out().lines().filter(line -> line.startsWith("+")).map(l -> l.substring(1)).toList();
    }
    note(ended(number, ends.get(1), after, appeared));
    return ends.get(1);
  }

  private Entry.Ended ended(int number, Outcome end, List<String> after, List<String> appeared) {
    return switch (end) {
      case Outcome.Exited exited ->
          new Entry.Ended(number, run, OptionalInt.of(exited.code()), "", after, appeared);
      case Outcome.TimedOut _ ->
          new Entry.Ended(number, run, OptionalInt.empty(), "timed out", after, appeared);
      case Outcome.ChannelLost _ -> unseen(number, Receipt.LOST);
    };
  }

  private Entry.Ended unseen(int number, String how) {
    return new Entry.Ended(number, run, OptionalInt.empty(), how, List.of(), List.of());
  }

  /** Notes steps that nobody waits for. */
  synchronized void detached(Way by, String task, String at, List<Step> several) {
    for (Step step : several) {
      if (step.effect() != Effect.READS) {
        intend(by, task, at, step, impossible("it went on by itself, and nobody saw its end"));
      }
    }
  }

  private static List<Parts.Told> impossible(String why) {
    return List.of(new Parts.Told(new Entry.Part(Entry.Kind.IMPOSSIBLE, why), List.of()));
  }

  private int intend(Way by, String task, String at, Step step, List<Parts.Told> parts) {
    steps++;
    note(
        new Entry.Intended(
            steps,
            run,
            masked.apply(task),
            at,
            masked.apply(step.what()),
            Digest.of(Renderer.forPeople(step.script())),
            by.user(),
            parts.stream().map(Parts.Told::entry).toList()));
    return steps;
  }

  /** The receipt is left with the user that has most rights. */
  synchronized void remember(Way by) {
    boolean hasRoot = way != null && way.user().equals("root");
    if (!hasRoot || by.user().equals("root")) {
      way = by;
    }
  }

  /** Adds a record to the journal. */
  synchronized void note(Entry entry) {
    if (journal == null) {
      journal = create.get();
    }
    journal.append(entry);
    entries.add(entry);
  }

  private static Script keep(List<Word> place, List<Parts.Told> parts) {
    List<Word> words = new ArrayList<>(place);
    for (Parts.Told part : parts) {
      words.add(Word.of(kind(part.entry())));
      words.add(Word.of(part.entry().text()));
      words.addAll(part.words());
    }
    return Script.of(HostScripts.KEEP, words);
  }

  private static Script guarded(List<Word> place, Script script) {
    List<Word> words = new ArrayList<>(place);
    words.addAll(script.words());
    return new Script(
        HostScripts.GUARD + script.body(),
        words,
        script.input(),
        script.environment(),
        script.deadline());
  }

  private static Script look(List<Word> place, List<Parts.Told> parts) {
    List<Word> words = new ArrayList<>(place);
    for (Parts.Told part : parts) {
      words.add(Word.of(kind(part.entry())));
      words.add(Word.of(part.entry().text()));
    }
    return Script.of(HostScripts.LOOK, words);
  }

  /** A part's kind as the host's scripts call it. */
  static String kind(Entry.Part part) {
    return part.kind().name().toLowerCase(Locale.ROOT);
  }

  /** What was noted. */
  synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** The way that the last step took. */
  synchronized Optional<Way> way() {
    return Optional.ofNullable(way);
  }

  /** Ends the journal. */
  synchronized void close() {
    if (journal != null) {
      journal.close();
    }
  }
}
