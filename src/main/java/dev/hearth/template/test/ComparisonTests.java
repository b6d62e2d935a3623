package dev.hearth.template.test;

import dev.hearth.template.Call;
import dev.hearth.template.Test;
import dev.hearth.template.python.Arithmetic;
import dev.hearth.template.python.Equality;
import dev.hearth.template.python.Numbers;
import dev.hearth.template.python.Ordering;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Sequences;
import dev.hearth.template.python.Truth;
import dev.hearth.value.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a value stands to another. */
final class ComparisonTests {

  private ComparisonTests() {}

  private interface Verdict {
    boolean of(int order);
  }

  static Map<String, Test> all() {
    Map<String, Test> all = new HashMap<>();
    named(all, Test.of("other", call -> equal(call)), "==", "eq", "equalto", "sameas");
    named(all, Test.of("other", call -> !equal(call)), "!=", "ne");
    named(all, order("<", order -> order < 0), "<", "lt", "lessthan");
    named(all, order("<=", order -> order <= 0), "<=", "le");
    named(all, order(">", order -> order > 0), ">", "gt", "greaterthan");
    named(all, order(">=", order -> order >= 0), ">=", "ge");
    all.put("in", Test.of("seq", call -> Equality.contains(call.get("seq"), call.input())));
    all.put(
        "contains", Test.of("value", call -> Equality.contains(call.input(), call.get("value"))));
    all.put("subset", Test.of("b", call -> keys(call.get("b")).containsAll(keys(call.input()))));
    all.put("issubset", Test.of("b", call -> keys(call.get("b")).containsAll(keys(call.input()))));
    all.put("superset", Test.of("b", call -> keys(call.input()).containsAll(keys(call.get("b")))));
    all.put(
        "issuperset", Test.of("b", call -> keys(call.input()).containsAll(keys(call.get("b")))));
    all.put("all", Test.of("", call -> call.inputItems().stream().allMatch(Truth::of)));
    all.put("any", Test.of("", call -> call.inputItems().stream().anyMatch(Truth::of)));
    all.put("odd", Test.of("", call -> rest(call, 2) == 1));
    all.put("even", Test.of("", call -> rest(call, 2) == 0));
    all.put("divisibleby", Test.of("num", ComparisonTests::divisible));
    return all;
  }

  private static void named(Map<String, Test> all, Test test, String... names) {
    List.of(names).forEach(name -> all.put(name, test));
  }

  private static boolean equal(Call call) {
    return Equality.equal(call.input(), call.get("other"));
  }

  private static Test order(String sign, Verdict verdict) {
    return Test.of(
        "other", call -> verdict.of(Ordering.compare(call.input(), call.get("other"), sign)));
  }

  private static Set<Object> keys(Value list) {
    Set<Object> keys = new HashSet<>();
    Sequences.iterate(list).forEach(item -> keys.add(Equality.key(item)));
    return keys;
  }

  private static long rest(Call call, int divisor) {
    if (!Numbers.is(call.input())) {
      throw new PythonError("needs a number");
    }
    Value rest = Arithmetic.apply("%", call.input(), Value.number(divisor));
    return Numbers.real(rest) == 0 ? 0 : Numbers.real(rest) == 1 ? 1 : -1;
  }

  private static boolean divisible(Call call) {
    return Numbers.real(Arithmetic.apply("%", call.input(), call.get("num"))) == 0;
  }
}
