package dev.hearth.template.filter;

import dev.hearth.template.Call;
import dev.hearth.template.Filter;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The filters of {@code ansible.utils} that reckon with addresses and networks. */
final class NetworkFilters {

  private NetworkFilters() {}

  static Map<String, Filter> all() {
    Map<String, Filter> all = new HashMap<>();
    all.put("ansible.utils.ipmath", Filter.of("amount", NetworkFilters::moved));
    all.put("ansible.utils.nthhost", Filter.of("query?", NetworkFilters::nth));
    all.put("ansible.utils.next_nth_usable", Filter.of("offset", call -> usable(call, 1)));
    all.put("ansible.utils.previous_nth_usable", Filter.of("offset", call -> usable(call, -1)));
    all.put(
        "ansible.utils.network_in_network",
        Filter.of("test", call -> Value.bool(inside(call, false))));
    all.put(
        "ansible.utils.network_in_usable",
        Filter.of("test", call -> Value.bool(inside(call, true))));
    all.put("ansible.utils.reduce_on_network", Filter.of("network", NetworkFilters::reduced));
    all.put("ansible.utils.ip4_hex", Filter.of("delimiter?", NetworkFilters::hexadecimal));
    all.put("ansible.utils.ipsubnet", Filter.of("query? index?", NetworkFilters::subnet));
    return all;
  }

  /** The address or network that a text is. */
  static Address address(String text) {
    return Address.parse(text)
        .orElseThrow(() -> new PythonError("needs an address or network, not '" + text + "'"));
  }

  private static Value moved(Call call) {
    Address address = address(call.inputText());
    BigInteger amount = BigInteger.valueOf(call.number("amount", 0));
    return Value.text(address.show(address.number().add(amount)));
  }

  private static Value nth(Call call) {
    Address network = address(call.inputText());
    BigInteger index = BigInteger.valueOf(call.number("query", 0));
    BigInteger place =
        index.signum() < 0
            ? network.last().add(BigInteger.ONE).add(index)
            : network.network().add(index);
    boolean within =
        place.compareTo(network.network()) >= 0 && place.compareTo(network.last()) <= 0;
    return within ? Value.text(network.show(place)) : Value.Bool.FALSE;
  }

  private static Value usable(Call call, int direction) {
    Address address = address(call.inputText());
    BigInteger step = BigInteger.valueOf((long) direction * call.number("offset", 1));
    BigInteger place = address.number().add(step);
    boolean within =
        place.compareTo(address.firstUsable()) >= 0 && place.compareTo(address.lastUsable()) <= 0;
    return within ? Value.text(address.show(place)) : Value.NULL;
  }

  private static boolean inside(Call call, boolean usableOnly) {
    Address network = address(call.inputText());
    Address tested = address(call.text("test"));
    return within(network, tested, usableOnly);
  }

  private static boolean within(Address network, Address tested, boolean usableOnly) {
    BigInteger first = usableOnly ? network.firstUsable() : network.network();
    BigInteger last = usableOnly ? network.lastUsable() : network.last();
    BigInteger from = tested.hasPrefix() ? tested.network() : tested.number();
    BigInteger to = tested.hasPrefix() ? tested.last() : tested.number();
    return network.bits() == tested.bits() && from.compareTo(first) >= 0 && to.compareTo(last) <= 0;
  }

  private static Value reduced(Call call) {
    Address network = address(call.text("network"));
    List<Value> kept = new ArrayList<>();
    for (Value item : call.inputItems()) {
      if (within(network, address(Printed.str(item)), false)) {
        kept.add(item);
      }
    }
    return new Value.Seq(kept);
  }

  private static Value hexadecimal(Call call) {
    Address address = address(call.inputText());
    if (address.bits() != 32) {
      throw new PythonError("needs an IPv4 address, not '" + call.inputText() + "'");
    }
    List<String> octets = new ArrayList<>();
    for (int shift = 24; shift >= 0; shift -= 8) {
      octets.add("%02x".formatted(address.number().intValue() >>> shift & 255));
    }
    return Value.text(String.join(call.text("delimiter", ""), octets));
  }

  /** The network itself, how many of a length are in it, one of them, or the one around it. */
  private static Value subnet(Call call) {
    Optional<Address> parsed = Address.parse(call.inputText());
    if (parsed.isEmpty()) {
      return Value.Bool.FALSE;
    }
    Address address = parsed.get();
    if (!call.has("query")) {
      return address.number().equals(address.network())
          ? Value.text(address.show(address.number()) + "/" + address.prefix())
          : Value.Bool.FALSE;
    }
    String query = Printed.str(call.get("query"));
    if (!query.matches("-?\\d+")) {
      return place(address, address(query));
    }
    int length = call.number("query", address.prefix());
    if (length < 0 || length > address.bits()) {
      return Value.Bool.FALSE;
    }
    boolean single = address.prefix() == address.bits();
    if (!call.has("index")) {
      return whole(address, length, single);
    }
    if (single) {
      return around(address, length, call.number("index", 0));
    }
    BigInteger count = BigInteger.ONE.shiftLeft(Math.max(length - address.prefix(), 0));
    BigInteger index = BigInteger.valueOf(call.number("index", 0));
    BigInteger place = index.signum() < 0 ? count.add(index) : index;
    if (length < address.prefix() || place.signum() < 0 || place.compareTo(count) >= 0) {
      return Value.Bool.FALSE;
    }
    BigInteger start = address.network().add(place.shiftLeft(address.bits() - length));
    return Value.text(address.show(start) + "/" + length);
  }

  /** Which of the networks of its size in another one it is, the first being 1. */
  private static Value place(Address address, Address around) {
    if (!around.holds(address)) {
      throw new PythonError("needs a network that holds the address");
    }
    BigInteger offset = address.number().subtract(around.network());
    BigInteger place = offset.shiftRight(address.bits() - address.prefix());
    return Value.text(place.add(BigInteger.ONE).toString());
  }

  /** One of the networks around an address, the widest first. */
  private static Value around(Address address, int widest, int index) {
    int length = index < 0 ? address.bits() + index : widest + index;
    if (length < widest || length >= address.bits()) {
      return Value.Bool.FALSE;
    }
    Address around = new Address(address.bits(), address.number(), length, true);
    return Value.text(around.show(around.network()) + "/" + length);
  }

  private static Value whole(Address address, int length, boolean single) {
    if (single) {
      Address around = new Address(address.bits(), address.number(), length, true);
      return Value.text(around.show(around.network()) + "/" + length);
    }
    if (length < address.prefix()) {
      throw new PythonError(
          "has no networks of length " + length + " in one of " + address.prefix());
    }
    return Value.text(BigInteger.ONE.shiftLeft(length - address.prefix()).toString());
  }
}
