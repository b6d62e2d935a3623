package dev.hearth.template.filter;

import dev.hearth.template.Call;
import dev.hearth.template.Filter;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The filters of {@code ansible.utils} that put networks together and take addresses apart. */
final class NetworkLists {

  private static final int MOST = 65_536;

  private NetworkLists() {}

  static Map<String, Filter> all() {
    Map<String, Filter> all = new HashMap<>();
    AddressFilters.both(all, "cidr_merge", Filter.of("action?", NetworkLists::merged));
    AddressFilters.both(all, "ipcut", Filter.of("amount", NetworkLists::cut));
    all.put("ansible.utils.usable_range", Filter.of("", NetworkLists::range));
    return all;
  }

  /** Addresses that follow each other. */
  private record Run(Address like, BigInteger first, BigInteger last) {}

  private static Value merged(Call call) {
    List<Run> runs = new ArrayList<>();
    for (Value item : call.inputItems()) {
      Address address = NetworkFilters.address(Printed.str(item));
      runs.add(new Run(address, address.network(), address.last()));
    }
    return switch (call.text("action", "merge")) {
      case "merge" -> new Value.Seq(networks(joined(runs)));
      case "span" -> spanning(runs);
      default ->
          throw new PythonError("has no action '" + call.text("action") + "': merge or span");
    };
  }

  private static List<Run> joined(List<Run> runs) {
    List<Run> sorted = new ArrayList<>(runs);
    sorted.sort(Comparator.<Run>comparingInt(run -> run.like().bits()).thenComparing(Run::first));
    List<Run> joined = new ArrayList<>();
    for (Run run : sorted) {
      Run before = joined.isEmpty() ? run : joined.getLast();
      boolean follows =
          !joined.isEmpty()
              && before.like().bits() == run.like().bits()
              && run.first().compareTo(before.last().add(BigInteger.ONE)) <= 0;
      if (follows) {
        joined.removeLast();
        joined.add(new Run(before.like(), before.first(), before.last().max(run.last())));
      } else {
        joined.add(run);
      }
    }
    return joined;
  }

  /** The fewest networks that are just these addresses. */
  private static List<Value> networks(List<Run> runs) {
    List<Value> networks = new ArrayList<>();
    for (Run run : runs) {
      BigInteger from = run.first();
      while (from.compareTo(run.last()) <= 0) {
        int bits = run.like().bits();
        int free = from.signum() == 0 ? bits : Math.min(bits, from.getLowestSetBit());
        int fits = run.last().subtract(from).add(BigInteger.ONE).bitLength() - 1;
        int size = Math.min(free, fits);
        networks.add(Value.text(run.like().show(from) + "/" + (bits - size)));
        from = from.add(BigInteger.ONE.shiftLeft(size));
      }
    }
    return networks;
  }

  /** The smallest network with all of them in it. */
  private static Value spanning(List<Run> runs) {
    if (runs.isEmpty()) {
      return Value.NULL;
    }
    Address like = runs.getFirst().like();
    if (runs.size() == 1) {
      return Value.text(like.show(like.number()) + "/" + like.prefix());
    }
    if (runs.stream().anyMatch(run -> run.like().bits() != like.bits())) {
      throw new PythonError("needs addresses of one version to span them");
    }
    BigInteger first = runs.stream().map(Run::first).reduce(BigInteger::min).orElseThrow();
    BigInteger last = runs.stream().map(Run::last).reduce(BigInteger::max).orElseThrow();
    int size = first.xor(last).bitLength();
    BigInteger base = first.shiftRight(size).shiftLeft(size);
    return Value.text(like.show(base) + "/" + (like.bits() - size));
  }

  /** The first bits of an address, or the last ones, written in its groups. */
  private static Value cut(Call call) {
    Address address = NetworkFilters.address(call.inputText());
    int bits = address.bits();
    int amount = call.number("amount", 0);
    String all = String.format("%" + bits + "s", address.number().toString(2)).replace(' ', '0');
    int length = Math.min(Math.abs(amount), bits);
    String kept = amount < 0 ? all.substring(bits - length) : all.substring(0, length);
    boolean wide = bits == 128;
    int group = wide ? 16 : 8;
    List<String> groups = new ArrayList<>();
    for (int from = 0; from < kept.length(); from += group) {
      int number = Integer.parseInt(kept, from, Math.min(from + group, kept.length()), 2);
      groups.add(wide ? Integer.toHexString(number) : String.valueOf(number));
    }
    return Value.text(String.join(wide ? ":" : ".", groups));
  }

  private static Value range(Call call) {
    Address network = NetworkFilters.address(call.inputText());
    if (!network.number().equals(network.network())) {
      throw new PythonError("needs a network: " + call.inputText() + " has host bits set");
    }
    BigInteger size = network.last().subtract(network.network()).add(BigInteger.ONE);
    if (size.compareTo(BigInteger.valueOf(MOST)) > 0) {
      throw new PythonError("lists no more than " + MOST + " addresses");
    }
    List<Value> addresses = new ArrayList<>();
    for (int i = 0; i < size.intValue(); i++) {
      addresses.add(Value.text(network.show(network.network().add(BigInteger.valueOf(i)))));
    }
    Map<String, Value> made = new LinkedHashMap<>();
    made.put("usable_ips", new Value.Seq(addresses));
    made.put("number_of_ips", new Value.Int(size));
    return Value.Dict.ofTexts(made);
  }
}
