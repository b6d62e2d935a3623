package dev.hearth.receipt;

import dev.hearth.journal.Entry;
import dev.hearth.journal.Receipt;
import dev.hearth.receipt.TakingBack.Fate;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Takes parts of a step back on its host, those that are paths many in a round trip. */
final class HostUndo {

  /** So many paths go into one round trip: what is seen at its begin is true to its end. */
  private static final int MOST = 500;

  private final Function<String, Way> ways;
  private final String ownPlace;
  private final boolean drifted;

  /**
   * A part.
   *
   * @param number its place among the step's parts
   * @param before what was there before the step; {@code ?} when nobody knows
   * @param after what the step left, or later ones of its run
   */
  record Question(int number, String before, String after) {}

  /**
   * @param ways the way to the host as a user, empty for the one that logs in
   * @param ownPlace where this machine keeps what was there before, when it is the host
   * @param drifted whether what was changed since is taken back as well
   */
  HostUndo(Function<String, Way> ways, String ownPlace, boolean drifted) {
    this.ways = ways;
    this.ownPlace = ownPlace;
    this.drifted = drifted;
  }

  /**
   * Takes parts back, in this order.
   *
   * @param dry whether only to say what would become of them
   * @param questions one part, or several that are {@code restore}
   */
  List<Fate> of(Receipt.Step step, boolean dry, List<Question> questions) {
    List<Fate> fates = new ArrayList<>();
    for (int from = 0; from < questions.size(); from += MOST) {
      List<Question> some = questions.subList(from, Math.min(from + MOST, questions.size()));
      fates.addAll(together(step, dry, some));
    }
    return fates;
  }

  private List<Fate> together(Receipt.Step step, boolean dry, List<Question> questions) {
    Way way = ways.apply(step.intended().user());
    List<Word> words = new ArrayList<>();
    words.add(Word.of(step.kept().map(Entry.Kept::place).orElse(way.own() ? ownPlace : "")));
    words.add(Word.of(step.intended().run()));
    words.add(Word.of(Integer.toString(step.intended().step())));
    words.add(Word.of(drifted ? "force" : "no"));
    words.add(Word.of(dry ? "dry" : "no"));
    StringBuilder lines = new StringBuilder();
    for (Question question : questions) {
      Entry.Part part = part(step, question);
      words.add(Word.of(StepScripts.kind(part)));
      words.add(Word.of(part.text()));
      lines.append("%d|%s|%s\n".formatted(question.number(), question.before(), question.after()));
    }
    if (part(step, questions.getFirst()).kind() == Entry.Kind.APPEARED) {
      step.ended().ifPresent(ended -> ended.appeared().forEach(name -> words.add(Word.of(name))));
    }
    Script script =
        Script.of(UndoScripts.TAKE_BACK, words).reading(Payload.of(Value.text(lines.toString())));
    return switch (way.connection().run(script, way.become())) {
      case Outcome.Exited exited -> told(step, questions, exited);
      case Outcome.TimedOut _ -> failed(step, questions, "it did not end in time");
      case Outcome.ChannelLost lost -> failed(step, questions, lost.reason());
    };
  }

  /** A part of which nothing was told was not taken back. */
  private static List<Fate> told(
      Receipt.Step step, List<Question> questions, Outcome.Exited exited) {
    List<String> lines = exited.out().lines().toList();
    List<Fate> fates = new ArrayList<>();
    for (int i = 0; i < questions.size() && i < lines.size(); i++) {
      String[] told = lines.get(i).split(" ", 2);
      fates.add(
          new Fate(part(step, questions.get(i)), told[0], told.length > 1 ? told[1].strip() : ""));
    }
    fates.addAll(
        failed(step, questions.subList(fates.size(), questions.size()), exited.err().strip()));
    return fates;
  }

  private static List<Fate> failed(Receipt.Step step, List<Question> questions, String why) {
    return questions.stream()
        .map(question -> new Fate(part(step, question), "failed", why))
        .toList();
  }

  private static Entry.Part part(Receipt.Step step, Question question) {
    return step.intended().undo().get(question.number());
  }
}
