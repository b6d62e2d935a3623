package dev.hearth.diag;

import java.util.Optional;

/**
 * One finding, told the way a good compiler tells it: what, where, why, and what to do next.
 *
 * @param severity whether it stops the run
 * @param exit the exit code that this finding leads to when it is an error
 * @param summary what is wrong, one sentence without a full stop
 * @param at where, if it has a place in a text
 * @param why the reason or the rule behind it; may have several lines; empty when the summary says
 *     all
 * @param next what the reader can do now, one sentence; empty only when there is nothing to do
 */
public record Diagnostic(
    Severity severity,
    ExitCode exit,
    String summary,
    Optional<Location> at,
    String why,
    String next) {

  /** An error in what the user wrote, at a place. */
  public static Diagnostic error(Location at, String summary) {
    return new Diagnostic(Severity.ERROR, ExitCode.INVALID, summary, Optional.of(at), "", "");
  }

  /** An error that has no place in a text. */
  public static Diagnostic error(ExitCode exit, String summary) {
    return new Diagnostic(Severity.ERROR, exit, summary, Optional.empty(), "", "");
  }

  /** A warning at a place. */
  public static Diagnostic warning(Location at, String summary) {
    return new Diagnostic(Severity.WARNING, ExitCode.OK, summary, Optional.of(at), "", "");
  }

  /** The same finding where it may never matter: nothing stops because of it. */
  public Diagnostic asWarning() {
    return new Diagnostic(Severity.WARNING, ExitCode.OK, summary, at, why, next);
  }

  /** A warning that has no place in a text. */
  public static Diagnostic warning(String summary) {
    return new Diagnostic(Severity.WARNING, ExitCode.OK, summary, Optional.empty(), "", "");
  }

  /** The same with the reason. */
  public Diagnostic because(String reason) {
    return new Diagnostic(severity, exit, summary, at, reason, next);
  }

  /** The same with the next step. */
  public Diagnostic next(String step) {
    return new Diagnostic(severity, exit, summary, at, why, step);
  }

  /** The same with another exit code. */
  public Diagnostic exit(ExitCode code) {
    return new Diagnostic(severity, code, summary, at, why, next);
  }

  /** This finding as something to throw. */
  public HearthException failure() {
    return new HearthException(this);
  }

  /**
   * The finding as people read it: the summary, the place with its line and a caret, the reason,
   * the next step. No colour; several lines without a final line end.
   */
  public String render() {
    StringBuilder text = new StringBuilder();
    text.append(severity == Severity.ERROR ? "error: " : "warning: ").append(summary);
    at.ifPresent(place -> excerpt(text, place));
    if (!why.isEmpty()) {
      text.append("\n  why:  ").append(why.replace("\n", "\n        "));
    }
    if (!next.isEmpty()) {
      text.append("\n  next: ").append(next.replace("\n", "\n        "));
    }
    return text.toString();
  }

  private static void excerpt(StringBuilder text, Location place) {
    text.append("\n  --> ").append(place);
    String line = place.source().line(place.line());
    if (line.isBlank()) {
      return;
    }
    String number = Integer.toString(place.line());
    text.append("\n  ").append(number).append(" | ").append(line.replace('\t', ' '));
    int caret = Math.min(place.column() - 1, line.length());
    text.append("\n  ")
        .append(" ".repeat(number.length()))
        .append(" | ")
        .append(" ".repeat(Math.max(caret, 0)));
    text.append('^');
  }
}
