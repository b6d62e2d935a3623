package dev.hearth.view;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Severity;
import dev.hearth.run.Coverage;
import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Shows what checking playbooks found: the findings on standard error and one line for each
 * playbook on standard output, or everything as JSON lines on standard output.
 */
public final class FindingsView {

  private final Terminal terminal;
  private final Masker masker;
  private final boolean json;

  /**
   * A view on a terminal.
   *
   * @param json whether to write JSON lines
   */
  public FindingsView(Terminal terminal, Masker masker, boolean json) {
    this.terminal = terminal;
    this.masker = masker;
    this.json = json;
  }

  /** Shows findings, a blank line between each two. */
  public void findings(List<Diagnostic> findings) {
    boolean first = true;
    for (Diagnostic finding : findings) {
      if (json) {
        out(JsonView.diagnostic(error(finding) ? "error" : "warning", finding));
      } else {
        String text = (first ? "" : "\n") + Printable.of(masker.mask(finding.render()));
        Palette.Colour colour = error(finding) ? Palette.Colour.FAILED : Palette.Colour.WARNING;
        terminal.err().println(terminal.palette().paint(colour, text));
      }
      first = false;
    }
  }

  /** Shows how much of a playbook was checked, what was not, and how many findings there are. */
  public void coverage(String playbook, Coverage coverage, List<Diagnostic> findings) {
    long errors = findings.stream().filter(FindingsView::error).count();
    long warnings = findings.size() - errors;
    if (json) {
      out(summary(playbook, coverage, errors, warnings));
      return;
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        playbook
            + ": "
            + (findings.isEmpty()
                ? "nothing wrong"
                : many(errors, "error") + ", " + many(warnings, "warning"))
            + " ("
            + many(coverage.plays(), "play")
            + ", "
            + many(coverage.tasks(), "task")
            + ", "
            + many(coverage.roles(), "role")
            + ", "
            + many(coverage.templates(), "template file")
            + ")");
    for (Coverage.Kind kind : Coverage.Kind.values()) {
      List<String> places =
          coverage.unknown().stream()
              .filter(unknown -> unknown.what() == kind)
              .map(unknown -> unknown.at().toString())
              .toList();
      if (!places.isEmpty()) {
        lines.add("  " + kind.told(places.size()));
        places.forEach(place -> lines.add("    " + place));
      }
    }
    lines.forEach(line -> terminal.out().println(Printable.of(masker.mask(line))));
  }

  private static Value summary(String playbook, Coverage coverage, long errors, long warnings) {
    Map<String, Value> message = new LinkedHashMap<>();
    message.put("message_type", Value.text("checked"));
    message.put("playbook", Value.text(playbook));
    message.put("errors", Value.number(errors));
    message.put("warnings", Value.number(warnings));
    message.put("plays", Value.number(coverage.plays()));
    message.put("tasks", Value.number(coverage.tasks()));
    message.put("roles", Value.number(coverage.roles()));
    message.put("templates", Value.number(coverage.templates()));
    message.put(
        "not_checked",
        new Value.Seq(
            coverage.unknown().stream()
                .map(
                    unknown ->
                        (Value)
                            Value.Dict.ofTexts(
                                Map.of(
                                    "what",
                                    Value.text(JsonView.lower(unknown.what())),
                                    "at",
                                    Value.text(unknown.at().toString()))))
                .toList()));
    return Value.Dict.ofTexts(message);
  }

  private void out(Value message) {
    terminal.out().println(masker.mask(Json.write(message, Json.Style.PLAIN)));
  }

  private static boolean error(Diagnostic finding) {
    return finding.severity() == Severity.ERROR;
  }

  private static String many(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
