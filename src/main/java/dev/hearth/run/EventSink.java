package dev.hearth.run;

/** Takes the events of a run, one after the other, never two at once. */
@FunctionalInterface
public interface EventSink {

  /** Takes one event. */
  void accept(Event event);
}
