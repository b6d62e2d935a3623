package dev.hearth.template.syntax;

/**
 * What begins and ends the special parts of a template.
 *
 * @param blockStart begins a statement, normally <code>{%</code>
 * @param blockEnd ends a statement
 * @param variableStart begins an expression, normally <code>{{</code>
 * @param variableEnd ends an expression
 * @param commentStart begins a comment, normally <code>{#</code>
 * @param commentEnd ends a comment
 */
public record Delimiters(
    String blockStart,
    String blockEnd,
    String variableStart,
    String variableEnd,
    String commentStart,
    String commentEnd) {

  /** Jinja's own. */
  public static final Delimiters JINJA = new Delimiters("{%", "%}", "{{", "}}", "{#", "#}");

  /** Whether a text has something in it for the template language. */
  public boolean occurIn(String text) {
    return text.contains(variableStart) || text.contains(blockStart) || text.contains(commentStart);
  }
}
