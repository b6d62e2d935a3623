package dev.hearth.template.syntax;

import dev.hearth.template.syntax.Token.Kind;
import java.util.List;

/** The tokens of a template and how far the parser is in them. */
final class Words {

  /** Brackets, blocks and operators may nest or follow each other this often. */
  private static final int DEEPEST = 300;

  private final List<Token> tokens;
  private int next;
  private int depth;
  private boolean embedding;

  Words(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** Whether text constants with delimiters in them are templates here. */
  boolean embedding() {
    return embedding;
  }

  /** Says whether they are. */
  void embed(boolean templates) {
    embedding = templates;
  }

  Token current() {
    return tokens.get(next);
  }

  Token ahead() {
    return tokens.get(Math.min(next + 1, tokens.size() - 1));
  }

  int at() {
    return current().at();
  }

  Token take() {
    Token token = current();
    if (token.kind() != Kind.END) {
      next++;
    }
    return token;
  }

  boolean is(Kind kind) {
    return current().kind() == kind;
  }

  boolean isOperator(String operator) {
    return current().isOperator(operator);
  }

  boolean isName(String name) {
    return current().isName(name);
  }

  boolean skipOperator(String operator) {
    boolean found = isOperator(operator);
    if (found) {
      next++;
    }
    return found;
  }

  boolean skipName(String name) {
    boolean found = isName(name);
    if (found) {
      next++;
    }
    return found;
  }

  Token expect(Kind kind) {
    if (!is(kind)) {
      throw unexpected(kind.words());
    }
    return take();
  }

  void expectOperator(String operator) {
    if (!skipOperator(operator)) {
      throw unexpected("'" + operator + "'");
    }
  }

  void expectName(String name) {
    if (!skipName(name)) {
      throw unexpected("'" + name + "'");
    }
  }

  SyntaxFailure unexpected(String wanted) {
    return new SyntaxFailure(
        at(), "the template has " + current().shown() + " where " + wanted + " belongs", "");
  }

  /** Goes one level down; a template that nests without end is refused, not followed. */
  void deepen() {
    depth++;
    if (depth > DEEPEST) {
      throw new SyntaxFailure(
          at(), "the template is nested too deeply", "split it into variables or macros");
    }
  }

  void rise() {
    depth--;
  }

  int depth() {
    return depth;
  }

  void riseTo(int level) {
    depth = level;
  }
}
