package dev.hearth.template.syntax;

import dev.hearth.template.syntax.Node.Target;
import dev.hearth.template.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What stands left of an assignment or behind {@code for}. */
final class TargetParser {

  private static final Set<String> RESERVED =
      Set.of("true", "false", "none", "True", "False", "None");

  private final Words words;

  TargetParser(Words words) {
    this.words = words;
  }

  /** One target, or several with commas between them. */
  Target list() {
    int at = words.at();
    Target first = single();
    if (!words.isOperator(",")) {
      return first;
    }
    List<Target> parts = new ArrayList<>(List.of(first));
    while (words.skipOperator(",")) {
      if (words.isName("in") || words.isOperator("=") || words.isOperator(")")) {
        break;
      }
      parts.add(single());
    }
    return new Target.Unpack(at, parts);
  }

  /** A name, an attribute of a namespace, or targets in parentheses. */
  Target single() {
    if (words.skipOperator("(")) {
      words.deepen();
      int at = words.at();
      Target inside = list();
      words.expectOperator(")");
      words.rise();
      return inside instanceof Target.Unpack ? inside : new Target.Unpack(at, List.of(inside));
    }
    Token name = words.expect(Kind.NAME);
    if (RESERVED.contains(name.text())) {
      throw new SyntaxFailure(
          name.at(), "'" + name.text() + "' cannot be assigned to", "choose another name");
    }
    if (words.skipOperator(".")) {
      return new Target.Member(name.at(), name.text(), words.expect(Kind.NAME).text());
    }
    return new Target.Variable(name.at(), name.text());
  }
}
