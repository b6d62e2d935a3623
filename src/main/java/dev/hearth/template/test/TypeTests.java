package dev.hearth.template.test;

import dev.hearth.template.Call;
import dev.hearth.template.Test;
import dev.hearth.template.python.Callable;
import dev.hearth.template.python.Mappings;
import dev.hearth.template.python.Numbers;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.Sequences;
import dev.hearth.template.python.Truth;
import dev.hearth.value.Value;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What a value is. */
final class TypeTests {

  private TypeTests() {}

  static Map<String, Test> all() {
    Map<String, Test> all = new HashMap<>();
    all.put("defined", Test.lenient("", call -> !undefined(call)));
    all.put("undefined", Test.lenient("", TypeTests::undefined));
    all.put("none", Test.of("", call -> call.input() instanceof Value.Null));
    all.put("boolean", Test.of("", call -> call.input() instanceof Value.Bool));
    all.put("true", Test.of("", call -> call.input().equals(Value.Bool.TRUE)));
    all.put("false", Test.of("", call -> call.input().equals(Value.Bool.FALSE)));
    all.put("string", Test.of("", call -> call.input() instanceof Value.Textual));
    all.put("number", Test.of("", call -> Numbers.is(call.input())));
    all.put("integer", Test.of("", call -> call.input() instanceof Value.Int));
    all.put("float", Test.of("", call -> call.input() instanceof Value.Real));
    all.put("mapping", Test.of("", call -> Mappings.is(call.input())));
    all.put("sequence", Test.of("", TypeTests::sequence));
    all.put("iterable", Test.of("", call -> Sequences.iterable(call.input()) != null));
    all.put("callable", Test.of("", call -> call.input() instanceof Callable));
    all.put("escaped", Test.of("", call -> false));
    all.put(
        "filter", Test.of("", call -> call.engine().language().filter(call.inputText()) != null));
    all.put("test", Test.of("", call -> call.engine().language().test(call.inputText()) != null));
    all.put("truthy", Test.of("convert_bool?", call -> truth(call)));
    all.put("falsy", Test.of("convert_bool?", call -> !truth(call)));
    all.put(
        "nan",
        Test.of("", call -> call.input() instanceof Value.Real real && Double.isNaN(real.value())));
    all.put(
        "vault_encrypted",
        Test.of(
            "",
            // By where it comes from, not by how it looks: a text that looks like one is a text.
            call -> call.input() instanceof Value.Vaulted || call.input() instanceof Value.Secret));
    all.put("isnan", Objects.requireNonNull(all.get("nan")));
    all.put("vaulted_file", Test.of("", call -> PathTests.vaulted(call)));
    return all;
  }

  private static boolean undefined(Call call) {
    return call.input() instanceof Value.Undefined;
  }

  private static boolean sequence(Call call) {
    return call.input() instanceof Value.Textual
        || Sequences.view(call.input()) != null
        || Mappings.is(call.input());
  }

  private static boolean truth(Call call) {
    if (call.flag("convert_bool", false) && call.input() instanceof Value.Textual) {
      return switch (Printed.str(call.input()).toLowerCase(Locale.ROOT)) {
        case "yes", "on", "1", "true", "y", "t" -> true;
        case "no", "off", "0", "false", "n", "f" -> false;
        default -> Truth.of(call.input());
      };
    }
    return Truth.of(call.input());
  }
}
