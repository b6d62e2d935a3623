package dev.hearth.template;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Nearest;
import dev.hearth.template.python.Callable;
import dev.hearth.template.python.Mappings;
import dev.hearth.template.python.Methods;
import dev.hearth.template.python.MutableDict;
import dev.hearth.template.python.MutableList;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Sequences;
import dev.hearth.template.python.TypeName;
import dev.hearth.template.python.UndefinedUse;
import dev.hearth.template.syntax.Expr;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Calls methods, macros, functions, filters and tests. */
final class Calls {

  private Calls() {}

  /** The arguments of a call after evaluation. */
  record Given(List<Value> positional, Map<String, Value> named) {}

  static Given given(Expr.Arguments arguments, Context context) {
    if (arguments.isEmpty()) {
      return new Given(List.of(), Map.of());
    }
    List<Value> positional = new ArrayList<>();
    Map<String, Value> named = new LinkedHashMap<>();
    for (Expr expr : arguments.positional()) {
      positional.add(whole(expr, context));
    }
    Expr rest = arguments.rest();
    if (rest != null) {
      positional.addAll(Sequences.iterate(ExpressionEvaluator.whole(rest, context)));
    }
    for (Expr.Named one : arguments.named()) {
      named.put(one.name(), whole(one.value(), context));
    }
    Expr keywords = arguments.keywords();
    if (keywords != null) {
      Value mapping = ExpressionEvaluator.whole(keywords, context);
      Map<Value, Value> entries = Mappings.view(mapping);
      if (entries == null) {
        throw new PythonError("argument after ** must be a mapping, not " + TypeName.of(mapping));
      }
      entries.forEach((key, value) -> named.put(Printed.str(key), value));
    }
    return new Given(positional, named);
  }

  private static Value whole(Expr expr, Context context) {
    return ExpressionEvaluator.whole(expr, context);
  }

  static Value call(Expr.Call call, Context context) {
    Value callee =
        call.callee() instanceof Expr.Attribute attribute && Methods.changes(attribute.name())
            ? changing(attribute, context)
            : ExpressionEvaluator.evaluate(call.callee(), context);
    if (callee instanceof Value.Undefined undefined) {
      throw new UndefinedUse(undefined);
    }
    if (!(callee instanceof Callable callable)) {
      throw new PythonError("'" + TypeName.of(callee) + "' object is not callable");
    }
    Given given = given(call.arguments(), context);
    return context.evaluation().settle(callable.call(given.positional(), given.named()));
  }

  /**
   * A method that changes its list or mapping. Data of variables is never changed: the template
   * goes on with a copy under the same name.
   */
  private static Value changing(Expr.Attribute attribute, Context context) {
    Value target = ExpressionEvaluator.evaluate(attribute.target(), context);
    boolean data = target instanceof Value.Seq || target instanceof Value.Dict;
    if (data && Methods.find(target, attribute.name()) != null) {
      Value own = context.evaluation().resolveDeep(target);
      target =
          own instanceof Value.Dict dict
              ? new MutableDict(dict.entries())
              : new MutableList(Sequences.iterate(own));
      if (attribute.target() instanceof Expr.Name name) {
        context.frame().replace(name.name(), target);
      }
    }
    return Access.attribute(target, attribute, context);
  }

  static Value filter(Expr.Filtered filtered, Context context) {
    Expr input = filtered.input();
    Value value = input == null ? Value.text("") : ExpressionEvaluator.evaluate(input, context);
    return filter(filtered, value, context);
  }

  /** Applies a chain of filters whose innermost one has no input to a value. */
  static Value chain(Expr filter, Value input, Context context) {
    if (!(filter instanceof Expr.Filtered filtered)) {
      throw new IllegalStateException("a block's filter is a filter");
    }
    Expr before = filtered.input();
    Value value = before == null ? input : chain(before, input, context);
    return filter(filtered, value, context);
  }

  private static Value filter(Expr.Filtered filtered, Value input, Context context) {
    Evaluation evaluation = context.evaluation();
    Language language = evaluation.language();
    Filter filter = language.filter(filtered.name());
    if (filter == null) {
      throw unknown("filter", filtered.name(), language.filters().keySet(), filtered.at(), context);
    }
    try {
      Given given = given(filtered.arguments(), context);
      Value settled = evaluation.resolveDeep(input);
      evaluation.tell(settled);
      Value made = evaluation.apply(filter, settled, given.positional(), given.named());
      evaluation.tell(made);
      return made;
    } catch (UndefinedUse use) {
      throw context.failure(filtered.at(), use);
    } catch (PythonError error) {
      throw context.failure(filtered.at(), about("filter", filtered.name(), error));
    }
  }

  static Value test(Expr.Tested tested, Context context) {
    Evaluation evaluation = context.evaluation();
    Language language = evaluation.language();
    Test test = language.test(tested.name());
    if (test == null) {
      throw unknown("test", tested.name(), language.tests().keySet(), tested.at(), context);
    }
    Value input = whole(tested.input(), context);
    try {
      Given given = given(tested.arguments(), context);
      return evaluation.ask(test, input, given.positional(), given.named());
    } catch (UndefinedUse use) {
      throw context.failure(tested.at(), use);
    } catch (PythonError error) {
      throw context.failure(tested.at(), about("test", tested.name(), error));
    }
  }

  private static PythonError about(String kind, String name, PythonError error) {
    return new PythonError("the " + kind + " '" + name + "' " + verb(error.reason()));
  }

  private static String verb(String reason) {
    Set<String> verbs = Set.of("needs", "takes", "has", "got", "cannot", "is", "does", "made");
    int blank = reason.indexOf(' ');
    String first = blank < 0 ? reason : reason.substring(0, blank);
    return verbs.contains(first) ? reason : "failed: " + reason;
  }

  static TemplateFailure unknown(
      String kind, String name, Set<String> known, int at, Context context) {
    return new TemplateFailure(unknown(kind, name, known, context.locator(), at));
  }

  static Diagnostic unknown(String kind, String name, Set<String> known, Locator locator, int at) {
    return Diagnostic.error(locator.locate(at), "there is no " + kind + " '" + name + "'")
        .next(
            Nearest.hint(
                name,
                known,
                "check the name; " + kind + "s in Python and of other collections are missing"));
  }
}
