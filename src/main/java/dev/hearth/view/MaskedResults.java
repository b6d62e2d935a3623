package dev.hearth.view;

import dev.hearth.plan.Result;
import dev.hearth.run.Event;
import dev.hearth.run.EventSink;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Hides secrets in the values of results before a view writes them: what folds, quotes or escapes
 * them would give a secret that a host printed a form that is not searched for. The views mask what
 * they have written once more.
 */
public final class MaskedResults implements EventSink {

  private final Masker masker;
  private final EventSink view;

  /** Before this view. */
  public MaskedResults(Masker masker, EventSink view) {
    this.masker = masker;
    this.view = view;
  }

  @Override
  public void accept(Event event) {
    view.accept(
        switch (event) {
          case Event.HostDone done ->
              new Event.HostDone(
                  done.host(),
                  done.delegate(),
                  done.action(),
                  masked(done.result()),
                  done.status(),
                  done.item().map(masker::mask),
                  done.looped(),
                  done.diffs(),
                  done.hidden(),
                  done.detail(),
                  done.at());
          case Event.Retrying retry ->
              new Event.Retrying(
                  retry.host(), retry.task(), retry.left(), masked(retry.last()), retry.detail());
          default -> event;
        });
  }

  private Result masked(Result result) {
    Map<String, Value> values = new LinkedHashMap<>();
    result.values().forEach((name, value) -> values.put(name, masker.mask(value)));
    return new Result(result.changed(), result.failed(), result.skipped(), values);
  }
}
