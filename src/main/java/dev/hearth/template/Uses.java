package dev.hearth.template;

import dev.hearth.template.syntax.Expr;
import dev.hearth.template.syntax.Node;
import dev.hearth.template.syntax.Walk;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which names a body mentions at all, whoever defines them. */
final class Uses {

  private Uses() {}

  static Set<String> of(List<Node> body) {
    Set<String> names = new HashSet<>();
    Walk.expressions(
        body,
        expr -> {
          if (expr instanceof Expr.Name name) {
            names.add(name.name());
          }
        });
    return names;
  }
}
