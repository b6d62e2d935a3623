package dev.hearth.run;

import dev.hearth.connection.Unreachable;
import dev.hearth.fact.DirectoryTree;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.plan.Conclusion;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Effect;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Verdict;
import dev.hearth.receipt.Recorder;
import dev.hearth.shell.Outcome;
import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Carries out one module on one host: read the facts, plan, stop there in check mode, apply the
 * steps, and plan again when the module says that later steps depend on these.
 */
final class Carrying {

  /** So many times a module may ask to look again before it is taken for one that never ends. */
  private static final int MOST_ROUNDS = 10;

  private final Session session;
  private final boolean check;
  private final boolean diff;
  private final Optional<Detaching> detaching;
  private final Recorder.TaskNotes notes;
  private final Foresight foresight;
  private final List<ShownDiff> diffs = new ArrayList<>();
  private Optional<RegisteredDiff> registered = Optional.empty();

  /**
   * @param foresight what comes behind the task
   */
  Carrying(Session session, boolean check, boolean diff, Foresight foresight) {
    this(session, check, diff, foresight, Optional.empty(), Recorder.TaskNotes.NONE);
  }

  /**
   * @param detaching starts the steps instead of waiting for them
   * @param notes writes down what is done
   */
  Carrying(
      Session session,
      boolean check,
      boolean diff,
      Foresight foresight,
      Optional<Detaching> detaching,
      Recorder.TaskNotes notes) {
    this.detaching = detaching;
    this.foresight = foresight;
    this.notes = notes;
    this.session = session;
    this.check = check;
    this.diff = diff;
  }

  /** Starts steps that go on by themselves. */
  interface Detaching {
    Result start(List<Step> steps, Conclusion conclusion);
  }

  /** The result with what changed, when differences were asked for. */
  Result withDiff(Result result) {
    return registered.map(differences -> differences.in(result)).orElse(result);
  }

  /** What changed, when differences were asked for. */
  List<ShownDiff> diffs() {
    return List.copyOf(diffs);
  }

  /**
   * Brings the host into the wanted state, or says what that would take.
   *
   * @throws Unreachable when the connection breaks
   */
  <A extends Record> Result carryOut(Module<A> module, A want) {
    registered = Optional.of(new RegisteredDiff(module.spec().name()));
    try {
      return OutputLines.in(rounds(module, want));
    } catch (Refusal | UnreadableFact refused) {
      return Result.failure(String.valueOf(refused.getMessage()));
    }
  }

  private <A extends Record> Result rounds(Module<A> module, A want) {
    Result first = null;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      HostFacts facts = new HostFacts(session, foresight);
      facts.prefetch(module.reads(want));
      Verdict verdict = module.plan(want, facts);
      session.planned(verdict);
      switch (verdict) {
        case Verdict.Satisfied satisfied -> {
          return first == null ? satisfied.result() : first;
        }
        case Verdict.Rejected rejected -> {
          return rejected.result();
        }
        case Verdict.Changes changes -> {
          if (!check && changesSomething(changes) && notes.lock()) {
            // Another run may have changed the host until now.
            session.forget();
            continue;
          }
          Result result = apply(changes, facts);
          first = first == null || result.failed() ? result : first;
          if (!changes.again() || result.failed() || check) {
            return first;
          }
        }
      }
    }
    return Result.failure(
        "the host does not come to rest: after "
            + MOST_ROUNDS
            + " rounds there is still something to do");
  }

  private Result apply(Verdict.Changes changes, HostFacts facts) {
    if (diff) {
      for (Diff difference : changes.diffs()) {
        ShownDiff shown = shown(difference, facts);
        diffs.add(shown);
        registered.ifPresent(all -> all.add(difference, shown));
      }
    }
    if (check && (changesSomething(changes) || changes.predicted().skipped())) {
      return changes.predicted();
    }
    if (detaching.isPresent() && !check && !changes.again()) {
      notes.detached(changes.steps());
      return detaching.get().start(changes.steps(), changes.conclusion());
    }
    List<Outcome.Exited> ends = new ArrayList<>();
    for (Step step : changes.steps()) {
      boolean last = ends.size() == changes.steps().size() - 1 && !changes.again();
      Foresight behind = last ? foresight : Foresight.NONE;
      switch (notes.apply(
          step.undoneIn(session.manner().environment()),
          scripts -> session.runAll(scripts, behind))) {
        case Outcome.Exited exited -> ends.add(exited);
        case Outcome.TimedOut late -> {
          return Result.failure("Timed out after " + late.after().toSeconds() + " second(s).")
              .with(
                  "timedout",
                  Value.Dict.ofTexts(Map.of("period", Value.number(late.after().toSeconds()))));
        }
        case Outcome.ChannelLost lost -> throw HostFacts.lost(session.host(), lost);
      }
      if (!ends.getLast().ok()) {
        break;
      }
    }
    return changes.conclusion().of(ends);
  }

  private static boolean changesSomething(Verdict.Changes changes) {
    return changes.steps().stream().anyMatch(step -> step.effect() != Effect.READS);
  }

  private static ShownDiff shown(Diff difference, HostFacts facts) {
    return switch (difference) {
      case Diff.Texts texts ->
          ShownDiff.Texts.guarded(
              texts.beforeHeader(), texts.before(), texts.afterHeader(), texts.after());
      case Diff.Content content -> ContentDiff.of(content, facts.get(content.before()));
      case Diff.Properties properties ->
          ShownDiff.Texts.guarded(
              properties.header(), lines(properties.before()),
              properties.header(), lines(properties.after()));
      case Diff.Removed removed -> removed(removed.path(), facts.get(removed.below()));
      case Diff.Prepared prepared -> new ShownDiff.Prepared(prepared.text());
    };
  }

  private static ShownDiff removed(String path, DirectoryTree.Listing below) {
    Map<String, Value> content =
        Map.of("directories", texts(below.directories()), "files", texts(below.files()));
    return new ShownDiff.Texts(
        "before",
        lines(
            Map.of(
                "path", Value.text(path),
                "state", Value.text("directory"),
                "path_content", Value.Dict.ofTexts(content))),
        "after",
        lines(Map.of("path", Value.text(path), "state", Value.text("absent"))));
  }

  private static Value.Seq texts(List<String> all) {
    return new Value.Seq(all.stream().map(each -> (Value) Value.text(each)).toList());
  }

  /** As Ansible shows properties: JSON with sorted keys, a line each. */
  private static Value.Text lines(Map<String, Value> properties) {
    return Value.text(
        Json.write(Value.Dict.ofTexts(properties), Json.Style.PLAIN.sort().indent(4)) + "\n");
  }
}
