package dev.hearth.run;

/** Passes events on and remembers whether any of them told of a change. */
public final class ChangeWatch implements EventSink {

  private final EventSink next;
  private boolean changed;

  /** Passes on to this sink. */
  public ChangeWatch(EventSink next) {
    this.next = next;
  }

  @Override
  public void accept(Event event) {
    if (event instanceof Event.HostDone done && done.result().changed()) {
      changed = true;
    }
    next.accept(event);
  }

  /** Whether something was changed, or would be. */
  public boolean changed() {
    return changed;
  }
}
