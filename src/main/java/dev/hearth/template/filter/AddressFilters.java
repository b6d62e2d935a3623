package dev.hearth.template.filter;

import dev.hearth.template.Call;
import dev.hearth.template.Filter;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Sequences;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The address filters of {@code ansible.utils} that homelabs use. */
final class AddressFilters {

  private AddressFilters() {}

  static Map<String, Filter> all() {
    Map<String, Filter> all = new HashMap<>();
    both(all, "ipaddr", Filter.of("query? version? alias?", call -> each(call, 0)));
    both(all, "ipv4", Filter.of("query?", call -> each(call, 4)));
    both(all, "ipv6", Filter.of("query?", call -> each(call, 6)));
    both(all, "ipwrap", Filter.of("query?", AddressFilters::wrap));
    return all;
  }

  /** A filter under its short name and that of the two collections that have it. */
  static void both(Map<String, Filter> all, String name, Filter filter) {
    all.put(name, filter);
    all.put("ansible.utils." + name, filter);
    all.put("ansible.netcommon." + name, filter);
  }

  private static Value each(Call call, int version) {
    List<Value> items = Sequences.view(call.input());
    if (items == null) {
      return one(call, call.input(), version);
    }
    List<Value> kept = new ArrayList<>();
    for (Value item : items) {
      Value answer = one(call, item, version);
      if (!answer.equals(Value.Bool.FALSE) && !answer.equals(Value.NULL)) {
        kept.add(answer);
      }
    }
    return new Value.Seq(kept);
  }

  /** An address as text, or the number that it is. */
  private static Optional<Address> parse(Value input) {
    if (input instanceof Value.Null) {
      throw new PythonError("needs an address, not nothing");
    }
    if (!(input instanceof Value.Int number)) {
      return Address.parse(Printed.str(input));
    }
    int length = number.value().bitLength();
    boolean fits = number.value().signum() >= 0 && length <= 128;
    int bits = length <= 32 ? 32 : 128;
    return fits ? Optional.of(new Address(bits, number.value(), bits, false)) : Optional.empty();
  }

  private static Value one(Call call, Value input, int version) {
    Optional<Address> found = parse(input);
    int wanted = version != 0 ? version : call.number("version", 0);
    if (found.isEmpty() || (wanted != 0 && found.get().version() != wanted)) {
      return Value.Bool.FALSE;
    }
    Value query = call.get("query", Value.text(""));
    if (query instanceof Value.Textual text && text.reveal().isEmpty()) {
      return Value.text(found.get().shown());
    }
    return found.get().answer(Printed.str(query), Printed.str(input));
  }

  /** IPv6 addresses in brackets, for URLs. */
  private static Value wrap(Call call) {
    List<Value> items = Sequences.view(call.input());
    if (items != null) {
      return new Value.Seq(
          items.stream().<Value>map(item -> Value.text(wrapped(Printed.str(item)))).toList());
    }
    return Value.text(wrapped(call.inputText()));
  }

  private static String wrapped(String text) {
    Optional<Address> found = Address.parse(text);
    if (found.isEmpty() || found.get().version() != 6) {
      return text;
    }
    int slash = text.indexOf('/');
    return slash < 0
        ? "[" + text + "]"
        : "[" + text.substring(0, slash) + "]" + text.substring(slash);
  }
}
