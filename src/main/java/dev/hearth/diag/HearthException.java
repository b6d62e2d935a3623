package dev.hearth.diag;

import java.util.List;
import java.util.stream.Collectors;

/** Carries the findings that stop what was being done; at least one of them is an error. */
public class HearthException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Diagnostic> diagnostics;

  /** Stops with one finding. */
  public HearthException(Diagnostic diagnostic) {
    this(List.of(diagnostic));
  }

  /** Stops with all findings that were made together. */
  public HearthException(List<Diagnostic> diagnostics) {
    super(diagnostics.stream().map(Diagnostic::render).collect(Collectors.joining("\n\n")));
    this.diagnostics = List.copyOf(diagnostics);
  }

  /** The findings, in the order in which they were made. */
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  /** The exit code of the first error. */
  public ExitCode exit() {
    return diagnostics.stream()
        .filter(finding -> finding.severity() == Severity.ERROR)
        .map(Diagnostic::exit)
        .findFirst()
        .orElse(ExitCode.FAILED);
  }
}
