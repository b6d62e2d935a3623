package dev.hearth.receipt;

import dev.hearth.journal.Entry;
import dev.hearth.journal.Receipt;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that a step changed and that is no file.
 *
 * @param step the step
 * @param part the number of its part that says what it is
 */
record Watched(Entry.Intended step, int part) {

  /** Stands for a state that the host could not tell. */
  static final String UNKNOWN = "cannot be told";

  /** How the names of mounts begin, before their path. */
  static final String MOUNT = "mount ";

  /** What a step's parts watch. */
  static List<Watched> of(Receipt.Step step) {
    List<Watched> things = new ArrayList<>();
    List<Entry.Part> parts = step.intended().undo();
    for (int part = 0; part < parts.size(); part++) {
      if (parts.get(part).kind() == Entry.Kind.WATCH) {
        things.add(new Watched(step.intended(), part));
      }
    }
    return things;
  }

  /**
   * How things are now, in their order; nothing when the host cannot be asked.
   *
   * @param ownPlace where this machine keeps what was there before, when it is the host
   */
  static List<String> now(Way way, String ownPlace, List<Watched> things) {
    List<Word> words = new ArrayList<>(List.of(Word.of(way.own() ? ownPlace : "")));
    for (Watched thing : things) {
      words.add(Word.of(thing.step().run()));
      words.add(Word.of(Integer.toString(thing.step().step())));
      words.add(Word.of(Integer.toString(thing.part())));
    }
    Script script = Script.of(DriftScripts.WATCH, words);
    return way.connection().run(script, way.become()) instanceof Outcome.Exited seen && seen.ok()
        ? seen.out().lines().toList()
        : List.of();
  }

  /** What it is, as people call it. */
  String what() {
    return step.undo().get(part).text();
  }

  /** Whether a line says how a thing is. */
  static boolean known(String state) {
    return !List.of("-", "?", UNKNOWN).contains(state);
  }
}
