package dev.hearth.template.filter;

import dev.hearth.template.Call;
import dev.hearth.template.Filter;
import dev.hearth.template.python.Equality;
import dev.hearth.template.python.Numbers;
import dev.hearth.template.python.Truth;
import dev.hearth.template.python.TypeName;
import dev.hearth.template.python.UndefinedUse;
import dev.hearth.value.Value;
import java.util.Locale;
import java.util.Map;

/** Defaults, choices and types. */
final class DefaultFilters {

  private static final Value ONE = Value.number(1);

  private DefaultFilters() {}

  static Map<String, Filter> all() {
    Filter fallback = Filter.lenient("default_value? boolean?", DefaultFilters::fallback);
    return Map.of(
        "default", fallback,
        "d", fallback,
        "mandatory", Filter.lenient("msg?", DefaultFilters::mandatory),
        "ternary", Filter.lenient("true_val false_val none_val?", DefaultFilters::ternary),
        "bool", Filter.of("", DefaultFilters::bool),
        "type_debug", Filter.lenient("", call -> Value.text(TypeName.of(call.input()))));
  }

  private static Value fallback(Call call) {
    Value input = call.input();
    boolean missing =
        input instanceof Value.Undefined || (call.flag("boolean", false) && !Truth.of(input));
    return missing ? call.get("default_value", Value.text("")) : input;
  }

  private static Value mandatory(Call call) {
    if (call.input() instanceof Value.Undefined undefined) {
      if (call.has("msg") && !(call.get("msg") instanceof Value.Null)) {
        throw new UndefinedUse(new Value.Undefined(call.text("msg"), undefined.at()));
      }
      throw new UndefinedUse(
          new Value.Undefined(
              "a mandatory variable has no value: " + undefined.description(), undefined.at()));
    }
    return call.input();
  }

  private static Value ternary(Call call) {
    if (call.input() instanceof Value.Null && call.has("none_val")) {
      Value none = call.get("none_val");
      if (!(none instanceof Value.Null)) {
        return none;
      }
    }
    return Truth.of(call.input()) ? call.get("true_val") : call.get("false_val");
  }

  /** As in 2.19, whatever is no known word counts as false. */
  private static Value bool(Call call) {
    return switch (call.input()) {
      case Value.Bool bool -> bool;
      case Value.Textual text ->
          Value.bool(
              switch (text.reveal().toLowerCase(Locale.ROOT)) {
                case "yes", "on", "1", "true" -> true;
                default -> false;
              });
      default -> Value.bool(Numbers.is(call.input()) && Equality.equal(call.input(), ONE));
    };
  }
}
