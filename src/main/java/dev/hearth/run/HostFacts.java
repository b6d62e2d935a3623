package dev.hearth.run;

import dev.hearth.connection.Unreachable;
import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The facts of one host for one look at it: each question is asked at most once, those asked
 * together in one frame.
 */
final class HostFacts implements Facts {

  private final Session session;
  private final Foresight foresight;
  private final Map<Fact<?>, Outcome> answers = new HashMap<>();

  /**
   * @param foresight what may be asked together with the first questions
   */
  HostFacts(Session session, Foresight foresight) {
    this.session = session;
    this.foresight = foresight;
  }

  @Override
  public <T> T get(Fact<T> fact) {
    prefetch(List.of(fact));
    return switch (answers.get(fact)) {
      case Outcome.Exited exited -> fact.parse(exited);
      case Outcome.TimedOut late ->
          throw new UnreadableFact(
              "reading '" + fact.key() + "' took longer than " + late.after().toSeconds() + " s");
      case Outcome.ChannelLost lost -> throw lost(session.host(), lost);
      case null -> throw new IllegalStateException("not asked: " + fact.key());
    };
  }

  @Override
  public void prefetch(Collection<? extends Fact<?>> facts) {
    List<? extends Fact<?>> unknown =
        facts.stream().distinct().filter(fact -> !answers.containsKey(fact)).toList();
    if (unknown.isEmpty()) {
      return;
    }
    answers.putAll(session.answers(unknown, foresight));
  }

  /** What a broken connection means for the task that used it. */
  static Unreachable lost(String host, Outcome.ChannelLost lost) {
    return new Unreachable(
        Diagnostic.error(
                ExitCode.UNREACHABLE, "the connection to " + host + " broke: " + lost.reason())
            .because("a step that was under way goes on there")
            .next("hearth resume waits for its end, and does nothing twice that is done"));
  }
}
