package dev.hearth.template;

import dev.hearth.template.python.Arithmetic;
import dev.hearth.template.python.Equality;
import dev.hearth.template.python.Mappings;
import dev.hearth.template.python.MutableDict;
import dev.hearth.template.python.MutableList;
import dev.hearth.template.python.Numbers;
import dev.hearth.template.python.Ordering;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Sequences;
import dev.hearth.template.python.Taint;
import dev.hearth.template.python.Truth;
import dev.hearth.template.python.Tuple;
import dev.hearth.template.python.TypeName;
import dev.hearth.template.python.UndefinedUse;
import dev.hearth.template.syntax.Expr;
import dev.hearth.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evaluates expressions. The results may hold raw values of variables; they are opened on use. */
final class ExpressionEvaluator {

  /** Whether a value is what an {@code if} without {@code else} gave. */
  static boolean isNothing(Value value) {
    return NOTHING.equals(value);
  }

  /** What an {@code if} without {@code else} gives when it does not hold: it prints as nothing. */
  static final Value.Undefined NOTHING =
      new Value.Undefined("the inline if-expression has no else and its condition is false", null);

  private ExpressionEvaluator() {}

  /** The value of an expression. */
  static Value evaluate(Expr expr, Context context) {
    try {
      return switch (expr) {
        case Expr.Literal literal -> literal.value();
        case Expr.Embedded embedded -> context.evaluation().settle(template(embedded, context));
        case Expr.Name name -> name(name, context);
        case Expr.Attribute attribute ->
            Access.attribute(evaluate(attribute.target(), context), attribute, context);
        case Expr.Item item -> item(item, context);
        case Expr.Slice slice -> slice(slice, context);
        case Expr.Call call -> Calls.call(call, context);
        case Expr.Filtered filtered -> Calls.filter(filtered, context);
        case Expr.Tested tested -> Calls.test(tested, context);
        case Expr.Not not -> not(not, context);
        case Expr.And and -> {
          Value left = evaluate(and.left(), context);
          yield Truth.of(left) ? evaluate(and.right(), context) : left;
        }
        case Expr.Or or -> {
          Value left = evaluate(or.left(), context);
          yield Truth.of(left) ? left : evaluate(or.right(), context);
        }
        case Expr.Choice choice -> choice(choice, context);
        case Expr.Compare compare -> Value.bool(compare(compare, context));
        case Expr.Binary binary ->
            Arithmetic.apply(
                binary.operator().sign(),
                whole(binary.left(), context),
                whole(binary.right(), context));
        case Expr.Signed signed -> signed(signed, context);
        case Expr.Concat concat -> concat(concat, context);
        case Expr.ListOf list -> new MutableList(all(list.items(), context));
        case Expr.TupleOf tuple -> new Tuple(all(tuple.items(), context));
        case Expr.DictOf dict -> dict(dict, context);
      };
    } catch (PythonError error) {
      throw context.failure(expr.at(), error);
    }
  }

  private static Value template(Expr.Embedded embedded, Context context) {
    return new Value.Template(embedded.text(), context.locate(embedded.at() + 1), false);
  }

  /** The value with everything inside resolved, for what looks into it. */
  static Value whole(Expr expr, Context context) {
    return context.evaluation().resolveDeep(evaluate(expr, context));
  }

  private static List<Value> all(List<Expr> items, Context context) {
    List<Value> values = new ArrayList<>(items.size());
    items.forEach(item -> values.add(evaluate(item, context)));
    return values;
  }

  private static Value name(Expr.Name name, Context context) {
    Value local = context.frame().find(name.name());
    if (local != null) {
      return local;
    }
    Evaluation evaluation = context.evaluation();
    Value found = context.isolated() ? null : evaluation.scope().find(name.name());
    if (found == null) {
      found = evaluation.language().global(name.name(), evaluation);
    }
    if (found == null) {
      return context.missing(name.at(), "'" + name.name() + "' is undefined");
    }
    return evaluation.settle(found);
  }

  private static Value item(Expr.Item item, Context context) {
    Value target = evaluate(item.target(), context);
    Value key = whole(item.key(), context);
    return Access.item(target, key, item.at(), context);
  }

  private static Value slice(Expr.Slice slice, Context context) {
    Value target = whole(slice.target(), context);
    if (target instanceof Value.Undefined) {
      return target;
    }
    return Sequences.slice(
        target,
        bound(slice.from(), context),
        bound(slice.to(), context),
        bound(slice.step(), context));
  }

  private static Value bound(@Nullable Expr expr, Context context) {
    return expr == null ? Value.NULL : whole(expr, context);
  }

  private static Value not(Expr.Not not, Context context) {
    Value operand = evaluate(not.operand(), context);
    return Value.bool(!Truth.of(operand));
  }

  private static Value choice(Expr.Choice choice, Context context) {
    if (Truth.of(evaluate(choice.condition(), context))) {
      return evaluate(choice.then(), context);
    }
    Expr otherwise = choice.otherwise();
    return otherwise == null ? NOTHING : evaluate(otherwise, context);
  }

  private static boolean compare(Expr.Compare compare, Context context) {
    Value left = whole(compare.first(), context);
    for (Expr.Operand operand : compare.rest()) {
      Value right = whole(operand.value(), context);
      try {
        if (!holds(operand.comparison(), left, right)) {
          return false;
        }
      } catch (PythonError error) {
        throw context.failure(operand.at(), error);
      }
      left = right;
    }
    return true;
  }

  private static boolean holds(Expr.Comparison comparison, Value left, Value right) {
    return switch (comparison) {
      case EQUAL -> Equality.equal(left, right);
      case NOT_EQUAL -> !Equality.equal(left, right);
      case LESS -> Ordering.compare(left, right, "<") < 0;
      case LESS_OR_EQUAL -> Ordering.compare(left, right, "<=") <= 0;
      case GREATER -> Ordering.compare(left, right, ">") > 0;
      case GREATER_OR_EQUAL -> Ordering.compare(left, right, ">=") >= 0;
      case IN -> Equality.contains(right, left);
      case NOT_IN -> !Equality.contains(right, left);
    };
  }

  private static Value signed(Expr.Signed signed, Context context) {
    Value operand = evaluate(signed.operand(), context);
    if (operand instanceof Value.Undefined undefined) {
      throw new UndefinedUse(undefined);
    }
    BigInteger whole = Numbers.whole(operand);
    if (whole != null) {
      return new Value.Int(signed.negative() ? whole.negate() : whole);
    }
    if (operand instanceof Value.Real real) {
      return signed.negative() ? new Value.Real(-real.value()) : real;
    }
    throw new PythonError(
        "bad operand type for unary "
            + (signed.negative() ? "-" : "+")
            + ": '"
            + TypeName.of(operand)
            + "'");
  }

  private static Value concat(Expr.Concat concat, Context context) {
    StringBuilder text = new StringBuilder();
    boolean tainted = false;
    for (Expr part : concat.parts()) {
      Value value = whole(part, context);
      tainted |= Taint.in(value);
      text.append(Printed.str(value));
    }
    return tainted ? new Value.Secret(text.toString()) : new Value.Text(text.toString());
  }

  private static Value dict(Expr.DictOf dict, Context context) {
    Map<Value, Value> entries = new LinkedHashMap<>();
    for (Expr.Pair pair : dict.entries()) {
      Value key = whole(pair.key(), context);
      if (key instanceof Value.Undefined undefined) {
        throw new UndefinedUse(undefined);
      }
      if (Mappings.is(key) || (Sequences.view(key) != null && !(key instanceof Tuple))) {
        throw new PythonError("a value of type '" + TypeName.of(key) + "' cannot be a key");
      }
      Mappings.put(entries, key, evaluate(pair.value(), context));
    }
    return new MutableDict(entries);
  }
}
