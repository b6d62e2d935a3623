package dev.hearth.receipt;

import dev.hearth.journal.Entry;
import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The scripts around one step: what is run on the host before it, with it and after it. */
final class StepScripts {

  private final List<Word> place;

  /**
   * @param way how the host is reached
   * @param ownPlace where this machine keeps what was there before, when it is the host
   * @param run whose step it is
   * @param step its number
   */
  StepScripts(Way way, String ownPlace, String run, int step) {
    this.place =
        List.of(Word.of(way.own() ? ownPlace : ""), Word.of(run), Word.of(Integer.toString(step)));
  }

  /**
   * Keeps what is there before the step.
   *
   * @param touched what earlier steps of the run left at paths
   */
  Script keep(List<Parts.Told> parts, Map<String, String> touched) {
    List<Word> words = new ArrayList<>(place);
    for (Parts.Told part : parts) {
      String left = touched.get(part.entry().text());
      boolean again = part.entry().kind() == Entry.Kind.RESTORE && left != null;
      words.add(Word.of(again ? "again" : kind(part.entry())));
      words.add(Word.of(part.entry().text()));
      words.addAll(again ? List.of(Word.of(String.valueOf(left))) : part.words());
    }
    return Script.of(HostScripts.KEEP, words);
  }

  /** What was kept, told again. */
  Script kept() {
    return Script.of(HostScripts.KEPT, place);
  }

  /** The step, which is only done when all was kept. */
  Script guarded(Script step) {
    return around(ObservedScripts.GUARD, step);
  }

  /** The step when there is nothing to keep. */
  Script observed(Script step) {
    return around(ObservedScripts.OBSERVE, step);
  }

  /** The step of a run that takes things away, the directory of what is kept among them perhaps. */
  Script observedApart(Script step) {
    return around(ObservedScripts.OBSERVE_APART, step);
  }

  /** It goes on when the connection breaks, and how it ended is kept until the run has noted it. */
  private Script around(String before, Script step) {
    List<Word> words = new ArrayList<>(place);
    words.addAll(step.words());
    return new Script(
        before + step.body() + ObservedScripts.END,
        words,
        step.input(),
        step.environment(),
        step.deadline());
  }

  /** Looks at what the step left. */
  Script look(List<Entry.Part> parts) {
    List<Word> words = new ArrayList<>(place);
    for (Entry.Part part : parts) {
      words.add(Word.of(kind(part)));
      words.add(Word.of(part.text()));
    }
    return Script.of(HostScripts.LOOK, words);
  }

  /** Says whether it is known how the step ended; waits so long for one that still runs. */
  Script seen(Duration patience) {
    List<Word> words = new ArrayList<>(place);
    words.add(Word.of(Long.toString(patience.toSeconds())));
    return Script.of(ObservedScripts.SEEN, words);
  }

  /** Ends as the step did, with what it wrote. */
  Script adopt() {
    return Script.of(ObservedScripts.ADOPT, place);
  }

  /** Tells which of the names that a part of the step brought are not there any more. */
  Script gone(int part, List<String> names) {
    List<Word> words = new ArrayList<>(place);
    words.add(Word.of(Integer.toString(part)));
    names.forEach(name -> words.add(Word.of(name)));
    return Script.of(DriftScripts.GONE, words);
  }

  /** A part's kind as the host's scripts call it. */
  static String kind(Entry.Part part) {
    return part.kind().name().toLowerCase(Locale.ROOT);
  }
}
