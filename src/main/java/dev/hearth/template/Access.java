package dev.hearth.template;

import dev.hearth.template.python.Attributed;
import dev.hearth.template.python.Callable;
import dev.hearth.template.python.Mappings;
import dev.hearth.template.python.Methods;
import dev.hearth.template.python.Numbers;
import dev.hearth.template.python.Sequences;
import dev.hearth.template.python.TypeName;
import dev.hearth.template.python.UndefinedUse;
import dev.hearth.template.syntax.Expr;
import dev.hearth.value.Value;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Reads attributes and items. What is undefined has undefined attributes. */
final class Access {

  private Access() {}

  /** {@code target.name}: an attribute or method first, an item otherwise. */
  static Value attribute(Value target, Expr.Attribute expr, Context context) {
    Evaluation evaluation = context.evaluation();
    if (target instanceof Value.Undefined) {
      return target;
    }
    Value found = own(target, expr.name(), evaluation);
    if (found == null) {
      found = Mappings.get(target, Value.text(expr.name()));
    }
    return found == null
        ? context.missing(expr.at(), lacks(target, "'" + expr.name() + "'"))
        : evaluation.settle(found);
  }

  /** {@code target[key]}: an item first, an attribute otherwise. */
  static Value item(Value target, Value key, int at, Context context) {
    if (target instanceof Value.Undefined) {
      return target;
    }
    if (key instanceof Value.Undefined undefined) {
      throw new UndefinedUse(undefined);
    }
    Value found = find(target, key, context.evaluation());
    if (found == null) {
      String shown =
          switch (key) {
            case Value.Text text -> "'" + text.value() + "'";
            case Value.Int number -> number.value().toString();
            default -> "with that key";
          };
      return context.missing(at, lacks(target, shown));
    }
    return found;
  }

  /** The item or attribute, settled, or null when there is none. */
  static @Nullable Value find(Value target, Value key, Evaluation evaluation) {
    Value found;
    BigInteger index = Numbers.whole(key);
    if (Mappings.is(target)) {
      found = Mappings.get(target, key);
    } else if (index != null) {
      found = Sequences.at(target, index);
    } else {
      found = null;
    }
    if (found == null && key instanceof Value.Textual name) {
      found = own(target, name.reveal(), evaluation);
    }
    return found == null ? null : evaluation.settle(found);
  }

  private static @Nullable Value own(Value target, String name, Evaluation evaluation) {
    if (target instanceof Attributed object) {
      return object.attribute(name);
    }
    Callable method = Methods.find(target, name);
    if (method != null && Mappings.is(target) && needsAll(name)) {
      return Methods.find(evaluation.resolveDeep(target), name);
    }
    return method;
  }

  private static boolean needsAll(String method) {
    return !method.equals("get") && !method.equals("keys") && !Methods.changes(method);
  }

  private static String lacks(Value target, String what) {
    return "object of type '" + TypeName.of(target) + "' has no attribute " + what;
  }
}
