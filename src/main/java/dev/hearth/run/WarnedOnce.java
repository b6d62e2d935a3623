package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import java.util.HashSet;
import java.util.Set;

/** Passes events on, each warning only the first time. */
final class WarnedOnce implements EventSink {

  private final EventSink behind;
  private final Set<Diagnostic> told = new HashSet<>();

  WarnedOnce(EventSink behind) {
    this.behind = behind;
  }

  @Override
  public void accept(Event event) {
    if (!(event instanceof Event.Warned warned) || told.add(warned.diagnostic())) {
      behind.accept(event);
    }
  }
}
