package dev.hearth.run;

import java.util.Map;

/** Passes events on and counts how often tasks were tried again ({@code until}). */
public final class RepeatCount implements EventSink {

  private final EventSink next;
  private final Map<String, Integer> repeats;

  /**
   * Passes on to this sink.
   *
   * @param repeats takes the count of each task that was tried again, by its name
   */
  public RepeatCount(EventSink next, Map<String, Integer> repeats) {
    this.next = next;
    this.repeats = repeats;
  }

  @Override
  public void accept(Event event) {
    if (event instanceof Event.Retrying again) {
      repeats.merge(again.task(), 1, Integer::sum);
    }
    next.accept(event);
  }
}
