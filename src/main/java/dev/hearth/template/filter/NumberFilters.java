package dev.hearth.template.filter;

import dev.hearth.template.Call;
import dev.hearth.template.Filter;
import dev.hearth.template.python.Numbers;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.TypeName;
import dev.hearth.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;

/** Filters for numbers. */
final class NumberFilters {

  private NumberFilters() {}

  static Map<String, Filter> all() {
    Map<String, Filter> all = new HashMap<>();
    all.put("int", Filter.passing("default? base?", NumberFilters::whole));
    all.put("float", Filter.passing("default?", NumberFilters::real));
    all.put("abs", Filter.of("", NumberFilters::abs));
    all.put("round", Filter.of("precision? method?", NumberFilters::round));
    all.put(
        "pow",
        Filter.of(
            "y", call -> new Value.Real(Math.pow(number(call.input()), number(call.get("y"))))));
    all.put("log", Filter.of("base?", NumberFilters::log));
    all.put("root", Filter.of("base?", NumberFilters::root));
    return all;
  }

  static double number(Value value) {
    if (!Numbers.is(value)) {
      throw new PythonError("needs a number, not a value of type '" + TypeName.of(value) + "'");
    }
    return Numbers.real(value);
  }

  private static Value whole(Call call) {
    Value fallback = call.get("default", Value.number(0));
    return switch (call.input()) {
      case Value.Real real ->
          Double.isNaN(real.value()) || Double.isInfinite(real.value())
              ? fallback
              : new Value.Int(Numbers.truncate(real.value()));
      case Value.Textual text -> parsed(text.reveal(), call.number("base", 10), fallback);
      default -> {
        BigInteger whole = Numbers.whole(call.input());
        yield whole == null ? fallback : new Value.Int(whole);
      }
    };
  }

  private static Value parsed(String text, int base, Value fallback) {
    BigInteger whole = Numbers.parseWhole(text, base);
    if (whole != null) {
      return new Value.Int(whole);
    }
    Double real = Numbers.parseReal(text);
    return real == null || Double.isNaN(real) || Double.isInfinite(real)
        ? fallback
        : new Value.Int(Numbers.truncate(real));
  }

  private static Value real(Call call) {
    Value fallback = call.get("default", new Value.Real(0));
    if (call.input() instanceof Value.Textual text) {
      Double real = Numbers.parseReal(text.reveal());
      return real == null ? fallback : new Value.Real(real);
    }
    return Numbers.is(call.input()) ? new Value.Real(Numbers.real(call.input())) : fallback;
  }

  private static Value abs(Call call) {
    BigInteger whole = Numbers.whole(call.input());
    return whole != null
        ? new Value.Int(whole.abs())
        : new Value.Real(Math.abs(number(call.input())));
  }

  private static Value round(Call call) {
    int precision = call.number("precision", 0);
    if (Math.abs(precision) > 300) {
      throw new PythonError("needs a precision between -300 and 300");
    }
    String method = call.text("method", "common");
    BigInteger whole = Numbers.whole(call.input());
    if (method.equals("common")) {
      return whole != null
          ? new Value.Int(
              new BigDecimal(whole)
                  .setScale(Math.min(precision, 0), RoundingMode.HALF_EVEN)
                  .toBigInteger())
          : new Value.Real(Numbers.round(number(call.input()), precision));
    }
    double power = Math.pow(10, precision);
    double scaled = number(call.input()) * power;
    return switch (method) {
      case "ceil" -> new Value.Real(Math.ceil(scaled) / power);
      case "floor" -> new Value.Real(Math.floor(scaled) / power);
      default -> throw new PythonError("needs the method common, ceil or floor");
    };
  }

  private static Value log(Call call) {
    double number = number(call.input());
    if (number <= 0) {
      throw new PythonError("needs a number above zero");
    }
    if (!call.has("base")) {
      return new Value.Real(Math.log(number));
    }
    double base = number(call.get("base"));
    if (base == 10) {
      return new Value.Real(Math.log10(number));
    }
    return new Value.Real(Math.log(number) / Math.log(base));
  }

  private static Value root(Call call) {
    double number = number(call.input());
    double base = call.has("base") ? number(call.get("base")) : 2;
    double root = base == 2 ? Math.sqrt(number) : Math.pow(number, 1 / base);
    if (Double.isNaN(root)) {
      throw new PythonError("has no root for a number below zero");
    }
    return new Value.Real(root);
  }
}
