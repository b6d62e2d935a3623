package dev.hearth.template.syntax;

import java.util.List;
import java.util.Set;

/** Parses templates and expressions. */
public final class Grammar {

  private Grammar() {}

  /**
   * The statements of a whole template.
   *
   * @param escapes whether backslashes in strings of output tags are escapes
   * @param extensions the extensions whose statements there are
   * @throws SyntaxFailure when it does not follow the grammar
   */
  public static List<Node> template(
      String source, TemplateOptions options, boolean escapes, Set<Extension> extensions) {
    String text = source;
    if (text.indexOf('\r') >= 0) {
      text = text.replace("\r\n", "\n").replace('\r', '\n');
    }
    if (!options.keepTrailingNewline() && text.endsWith("\n")) {
      text = text.substring(0, text.length() - 1);
    }
    Words words = new Words(new Lexer(text, options, escapes).tokens());
    return new StatementParser(words, extensions).template();
  }

  /**
   * An expression that stands alone, without delimiters.
   *
   * @throws SyntaxFailure when it does not follow the grammar
   */
  public static Expr expression(String source, boolean escapes) {
    return single(source, escapes, false);
  }

  /**
   * A condition: an expression that stands alone, whose text constants may be templates.
   *
   * @throws SyntaxFailure when it does not follow the grammar
   */
  public static Expr condition(String source) {
    return single(source, true, true);
  }

  private static Expr single(String source, boolean escapes, boolean embedding) {
    Words words = new Words(new Lexer(source, TemplateOptions.DEFAULT, escapes).expression());
    words.embed(embedding);
    Expr expression = new ExpressionParser(words).tuple();
    if (!words.is(Token.Kind.END)) {
      throw words.unexpected("the end of the expression");
    }
    return expression;
  }
}
