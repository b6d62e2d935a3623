package dev.hearth.template.filter;

import dev.hearth.template.python.PythonError;
import dev.hearth.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An IP address, perhaps with the length of its network.
 *
 * @param bits 32 or 128
 * @param number the address
 * @param prefix the network's length in bits
 * @param hasPrefix whether the length was written
 */
record Address(int bits, BigInteger number, int prefix, boolean hasPrefix) {

  static Optional<Address> parse(String text) {
    int slash = text.indexOf('/');
    String host = slash < 0 ? text : text.substring(0, slash);
    boolean wide = host.contains(":");
    BigInteger number = wide ? six(host) : four(host);
    if (number == null) {
      return Optional.empty();
    }
    int bits = wide ? 128 : 32;
    int prefix = slash < 0 ? bits : length(text.substring(slash + 1), bits);
    return prefix < 0 || prefix > bits
        ? Optional.empty()
        : Optional.of(new Address(bits, number, prefix, slash >= 0));
  }

  private static int length(String written, int bits) {
    if (written.matches("\\d{1,3}")) {
      return Integer.parseInt(written);
    }
    BigInteger mask = bits == 32 ? four(written) : null;
    if (mask == null) {
      return -1;
    }
    int length = mask.bitCount();
    return mask.equals(mask(length, bits)) ? length : -1;
  }

  private static BigInteger mask(int length, int bits) {
    BigInteger all = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
    return all.shiftRight(bits - length).shiftLeft(bits - length);
  }

  private static @Nullable BigInteger four(String text) {
    if (!text.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
      return null;
    }
    BigInteger number = BigInteger.ZERO;
    for (String part : text.split("\\.")) {
      int octet = Integer.parseInt(part);
      if (octet > 255) {
        return null;
      }
      number = number.shiftLeft(8).add(BigInteger.valueOf(octet));
    }
    return number;
  }

  private static @Nullable BigInteger six(String text) {
    int gap = text.indexOf("::");
    List<Integer> head = groups(gap < 0 ? text : text.substring(0, gap));
    List<Integer> tail = gap < 0 ? new ArrayList<>() : groups(text.substring(gap + 2));
    if (head == null || tail == null) {
      return null;
    }
    int missing = 8 - head.size() - tail.size();
    if (gap < 0 ? missing != 0 : missing < 1) {
      return null;
    }
    List<Integer> all = new ArrayList<>(head);
    for (int i = 0; i < missing; i++) {
      all.add(0);
    }
    all.addAll(tail);
    BigInteger number = BigInteger.ZERO;
    for (int group : all) {
      number = number.shiftLeft(16).add(BigInteger.valueOf(group));
    }
    return number;
  }

  private static @Nullable List<Integer> groups(String text) {
    List<Integer> groups = new ArrayList<>();
    if (text.isEmpty()) {
      return groups;
    }
    for (String group : text.split(":", -1)) {
      BigInteger four = group.contains(".") ? four(group) : null;
      if (four != null) {
        groups.add(four.shiftRight(16).intValue());
        groups.add(four.intValue() & 0xffff);
      } else if (group.matches("[0-9a-fA-F]{1,4}")) {
        groups.add(Integer.parseInt(group, 16));
      } else {
        return null;
      }
    }
    return groups;
  }

  int version() {
    return bits == 32 ? 4 : 6;
  }

  private BigInteger network() {
    return number.and(mask(prefix, bits));
  }

  private BigInteger last() {
    return network().add(size()).subtract(BigInteger.ONE);
  }

  private BigInteger size() {
    return BigInteger.ONE.shiftLeft(bits - prefix);
  }

  /** What the filter's query asks; false where the address is not of that kind. */
  Value answer(String query, String written) {
    return switch (query) {
      case "address" -> host() ? Value.text(show(number)) : Value.Bool.FALSE;
      case "host" -> host() ? Value.text(show(number) + "/" + prefix) : Value.Bool.FALSE;
      case "net" ->
          hasPrefix && number.equals(network())
              ? Value.text(show(number) + "/" + prefix)
              : Value.Bool.FALSE;
      case "network" -> Value.text(show(network()));
      case "subnet", "network/prefix" -> Value.text(show(network()) + "/" + prefix);
      case "netmask" -> Value.text(show(mask(prefix, bits)));
      case "prefix" -> Value.number(prefix);
      case "broadcast" -> bits - prefix > 1 ? Value.text(show(last())) : Value.Bool.FALSE;
      case "size" -> new Value.Int(size());
      case "version" -> Value.number(version());
      case "int" -> new Value.Int(number);
      case "ipv4", "4" -> version() == 4 ? Value.text(written) : Value.Bool.FALSE;
      case "ipv6", "6" -> version() == 6 ? Value.text(written) : Value.Bool.FALSE;
      case "private" -> isPrivate() ? Value.text(written) : Value.Bool.FALSE;
      case "public" -> isPrivate() ? Value.Bool.FALSE : Value.text(written);
      default -> indexed(query);
    };
  }

  private boolean host() {
    return !hasPrefix || bits - prefix < 2 || !number.equals(network());
  }

  private Value indexed(String query) {
    if (query.matches("-?\\d{1,18}")) {
      BigInteger index = new BigInteger(query);
      BigInteger place =
          index.signum() < 0 ? last().add(BigInteger.ONE).add(index) : network().add(index);
      boolean inside = place.compareTo(network()) >= 0 && place.compareTo(last()) <= 0;
      return inside ? Value.text(show(place) + "/" + prefix) : Value.Bool.FALSE;
    }
    Optional<Address> range = parse(query);
    if (range.isPresent() && range.get().bits == bits) {
      boolean inside =
          number.compareTo(range.get().network()) >= 0 && number.compareTo(range.get().last()) <= 0;
      return inside ? Value.text(show(number) + (hasPrefix ? "/" + prefix : "")) : Value.Bool.FALSE;
    }
    throw new PythonError("does not know the query '" + query + "'");
  }

  private boolean isPrivate() {
    List<String> ranges =
        bits == 32
            ? List.of(
                "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16")
            : List.of("fc00::/7", "fe80::/10", "::1/128");
    return ranges.stream()
        .map(Address::parse)
        .flatMap(Optional::stream)
        .anyMatch(
            range -> number.compareTo(range.network()) >= 0 && number.compareTo(range.last()) <= 0);
  }

  private String show(BigInteger address) {
    if (bits == 32) {
      int n = address.intValue();
      return (n >>> 24) + "." + (n >>> 16 & 255) + "." + (n >>> 8 & 255) + "." + (n & 255);
    }
    List<String> groups = new ArrayList<>();
    for (int i = 7; i >= 0; i--) {
      groups.add(Integer.toHexString(address.shiftRight(16 * i).intValue() & 0xffff));
    }
    return shortened(groups);
  }

  /** The longest run of zero groups becomes two colons. */
  private static String shortened(List<String> groups) {
    int best = -1;
    int length = 1;
    for (int i = 0; i < 8; i++) {
      int end = i;
      while (end < 8 && groups.get(end).equals("0")) {
        end++;
      }
      if (end - i > length) {
        best = i;
        length = end - i;
      }
    }
    if (best < 0) {
      return String.join(":", groups);
    }
    return String.join(":", groups.subList(0, best))
        + "::"
        + String.join(":", groups.subList(best + length, 8));
  }
}
