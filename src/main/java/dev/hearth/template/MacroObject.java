package dev.hearth.template;

import dev.hearth.template.python.Attributed;
import dev.hearth.template.python.Callable;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Tuple;
import dev.hearth.template.syntax.Expr;
import dev.hearth.template.syntax.Node;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A macro and the names it was defined among. */
final class MacroObject implements Callable, Attributed {

  private final Node.Macro macro;
  private final Context home;

  MacroObject(Node.Macro macro, Context home) {
    this.macro = macro;
    this.home = home;
  }

  @Override
  public Value call(List<Value> positional, Map<String, Value> named) {
    return call(positional, named, null);
  }

  /** Calls it, perhaps from a call block whose body it can call in turn. */
  Value call(List<Value> positional, Map<String, Value> named, @Nullable MacroObject caller) {
    Evaluation evaluation = home.evaluation();
    evaluation.deeper(home.locate(macro.at()));
    Context inner = home.inner();
    Map<String, Value> others = new LinkedHashMap<>(named);
    List<Node.Parameter> parameters = macro.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      Node.Parameter parameter = parameters.get(i);
      Value given = others.remove(parameter.name());
      if (given != null && i < positional.size()) {
        throw new PythonError(
            "the macro '%s' got the argument '%s' twice".formatted(macro.name(), parameter.name()));
      }
      inner
          .frame()
          .set(
              parameter.name(),
              i < positional.size()
                  ? positional.get(i)
                  : given != null ? given : fallback(parameter, inner));
    }
    extras(positional, others, caller, inner);
    Value made = StatementEvaluator.captured(macro.body(), inner);
    evaluation.rise();
    return made;
  }

  private Value fallback(Node.Parameter parameter, Context inner) {
    Expr fallback = parameter.fallback();
    return fallback == null
        ? inner.missing(parameter.at(), "parameter '" + parameter.name() + "' was not provided")
        : ExpressionEvaluator.evaluate(fallback, inner);
  }

  /** Arguments that no parameter takes are an error unless the macro's body asks for them. */
  private void extras(
      List<Value> positional,
      Map<String, Value> others,
      @Nullable MacroObject caller,
      Context inner) {
    int known = macro.parameters().size();
    boolean more = positional.size() > known;
    Value explicit = others.remove("caller");
    if (more && !Uses.of(macro.body()).contains("varargs")) {
      throw new PythonError(
          "the macro '%s' takes not more than %d argument(s)".formatted(macro.name(), known));
    }
    if (!others.isEmpty() && !Uses.of(macro.body()).contains("kwargs")) {
      throw new PythonError(
          "the macro '%s' takes no keyword argument '%s'"
              .formatted(macro.name(), others.keySet().iterator().next()));
    }
    Frame frame = inner.frame();
    frame.set(
        "varargs", new Tuple(more ? positional.subList(known, positional.size()) : List.of()));
    frame.set("kwargs", Value.Dict.ofTexts(others));
    Value called = caller == null ? explicit : caller;
    if (called != null) {
      frame.set("caller", called);
    }
  }

  @Override
  public @Nullable Value attribute(String name) {
    return switch (name) {
      case "name" -> Value.text(macro.name());
      case "arguments" ->
          new Tuple(macro.parameters().stream().<Value>map(p -> Value.text(p.name())).toList());
      case "catch_varargs" -> Value.bool(Uses.of(macro.body()).contains("varargs"));
      case "catch_kwargs" -> Value.bool(Uses.of(macro.body()).contains("kwargs"));
      case "caller" -> Value.bool(Uses.of(macro.body()).contains("caller"));
      default -> null;
    };
  }

  @Override
  public String typeName() {
    return "Macro";
  }

  @Override
  public String printed() {
    return "<Macro '" + macro.name() + "'>";
  }
}
