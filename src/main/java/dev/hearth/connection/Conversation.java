package dev.hearth.connection;

import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Reads along what a script writes and answers its questions, see {@link Payload.Dialogue}. */
final class Conversation {

  /**
   * How long a question is left alone: many programs ask first and turn the echo off after it, or
   * throw away what was typed too early.
   */
  private static final Duration BREATH = Duration.ofMillis(50);

  private final Payload.Dialogue dialogue;
  private final Frame frame;
  private final Consumer<String> answers;
  private final Optional<Duration> deadline;
  private final int[] answered;

  /** So much of what was written is looked at again with what follows. */
  private static final int WINDOW = 1024 * 1024;

  private final Unheard unheard = new Unheard();

  /** What the script wrote since the last question, a character for each byte. */
  private final StringBuilder unread = new StringBuilder();

  /**
   * @param frame the script
   * @param answers takes what the script is to read, and does not wait until it has
   * @param deadline how long the script may run
   */
  Conversation(
      Payload.Dialogue dialogue,
      Frame frame,
      Consumer<String> answers,
      Optional<Duration> deadline) {
    this.dialogue = dialogue;
    this.frame = frame;
    this.answers = answers;
    this.deadline = deadline;
    this.answered = new int[dialogue.questions().size()];
  }

  private record Found(int question, int start, int end) {}

  /**
   * Answers until the script ends.
   *
   * @return what to take for its outcome when it did not, and has to be ended; empty when it did
   */
  Optional<Outcome> hold() throws InterruptedException {
    frame.out().tell(unheard::add);
    var _ = frame.ending().thenRun(unheard::end);
    long end = after(deadline);
    long patient = after(dialogue.patience());
    boolean changed = false;
    while (true) {
      Optional<Found> found = changed ? first() : Optional.empty();
      if (found.isPresent()) {
        Optional<Outcome> silence = answer(found.get());
        if (silence.isPresent()) {
          return silence;
        }
        // One that matches nothing at all is not found again before something new was written.
        changed = found.get().end() > 0;
        patient = after(dialogue.patience());
        continue;
      }
      unread.delete(0, Math.max(0, unread.length() - WINDOW));
      byte @Nullable [] more = unheard.take(Math.min(end, patient) - System.nanoTime());
      if (more == null) {
        return Optional.of(
            deadline.isPresent() && end - patient <= 0
                ? new Outcome.TimedOut(deadline.get())
                : abandoned(Payload.Dialogue.LATE, ""));
      }
      if (more.length == 0) {
        return Optional.empty();
      }
      unread.append(new String(more, StandardCharsets.ISO_8859_1));
      changed = true;
    }
  }

  /** A moment of the clock that this long has passed at. */
  private static long after(Optional<Duration> time) {
    long most = Long.MAX_VALUE / 4;
    return System.nanoTime()
        + time.map(limit -> limit.compareTo(Duration.ofNanos(most)) < 0 ? limit.toNanos() : most)
            .orElse(most);
  }

  /** The question that comes first in what was written. */
  private Optional<Found> first() {
    Optional<Found> first = Optional.empty();
    for (int i = 0; i < answered.length; i++) {
      Matcher matcher = dialogue.questions().get(i).pattern().matcher(unread);
      if (matcher.find() && (first.isEmpty() || matcher.start() < first.get().start())) {
        first = Optional.of(new Found(i, matcher.start(), matcher.end()));
      }
    }
    return first;
  }

  /** Answers a question, or says what to take for the outcome when there is no answer left. */
  private Optional<Outcome> answer(Found found) throws InterruptedException {
    Payload.Question question = dialogue.questions().get(found.question());
    String asked = unread.substring(0, found.end());
    unread.delete(0, found.end());
    int next = answered[found.question()]++;
    if (question.repeats()) {
      next = Math.min(next, question.answers().size() - 1);
    }
    if (next >= question.answers().size()) {
      return Optional.of(abandoned(Payload.Dialogue.NO_ANSWER, found.question() + "\n" + asked));
    }
    TimeUnit.NANOSECONDS.sleep(BREATH.toNanos());
    answers.accept(question.answers().get(next).reveal());
    return Optional.empty();
  }

  private Outcome abandoned(int how, String bytes) {
    return new Outcome.Exited(
        how, frame.out().content().bytes(), bytes.getBytes(StandardCharsets.ISO_8859_1));
  }
}
