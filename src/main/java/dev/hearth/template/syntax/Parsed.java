package dev.hearth.template.syntax;

import java.util.List;

/**
 * A template after parsing.
 *
 * @param body its statements in their order
 * @param newline the line end that its text gets
 */
public record Parsed(List<Node> body, String newline) {

  /** Parses a whole template. */
  public static Parsed template(String source, TemplateOptions options, boolean escapes) {
    String text = source;
    if (text.indexOf('\r') >= 0) {
      text = text.replace("\r\n", "\n").replace('\r', '\n');
    }
    if (!options.keepTrailingNewline() && text.endsWith("\n")) {
      text = text.substring(0, text.length() - 1);
    }
    Words words = new Words(new Lexer(text, options, escapes).tokens());
    return new Parsed(new StatementParser(words).template(), options.newline());
  }

  /** Parses an expression that stands alone. */
  public static Expr expression(String source, boolean escapes) {
    Words words = new Words(new Lexer(source, TemplateOptions.DEFAULT, escapes).expression());
    Expr expression = new ExpressionParser(words).tuple();
    if (!words.is(Token.Kind.END)) {
      throw words.unexpected("the end of the expression");
    }
    return expression;
  }
}
