package dev.hearth.template.syntax;

import dev.hearth.template.syntax.Node.Alias;
import dev.hearth.template.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** The statements that bring in other templates. */
final class ReuseParser {

  private final Words words;
  private final ExpressionParser expressions;

  ReuseParser(Words words, ExpressionParser expressions) {
    this.words = words;
    this.expressions = expressions;
  }

  Node include(int at) {
    Expr name = expressions.expression();
    boolean ignoreMissing = words.isName("ignore") && words.ahead().isName("missing");
    if (ignoreMissing) {
      words.take();
      words.take();
    }
    return new Node.Include(at, name, ignoreMissing, context(true));
  }

  Node importAll(int at) {
    Expr name = expressions.expression();
    words.expectName("as");
    String alias = words.expect(Kind.NAME).text();
    return new Node.Import(at, name, alias, context(false));
  }

  Node importNames(int at) {
    Expr name = expressions.expression();
    words.expectName("import");
    List<Alias> names = new ArrayList<>();
    while (words.is(Kind.NAME) && !contextFollows()) {
      String imported = words.take().text();
      String alias = words.skipName("as") ? words.expect(Kind.NAME).text() : imported;
      names.add(new Alias(imported, alias));
      if (!words.skipOperator(",")) {
        break;
      }
    }
    if (names.isEmpty()) {
      throw words.unexpected("a name to import");
    }
    return new Node.FromImport(at, name, names, context(false));
  }

  private boolean contextFollows() {
    return (words.isName("with") || words.isName("without")) && words.ahead().isName("context");
  }

  private boolean context(boolean normally) {
    if (!contextFollows()) {
      return normally;
    }
    boolean with = words.take().text().equals("with");
    words.take();
    return with;
  }
}
