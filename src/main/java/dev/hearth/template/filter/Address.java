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
public record Address(int bits, BigInteger number, int prefix, boolean hasPrefix) {

  /** The addresses of one's own machine. */
  public static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1/128");

  private static final BigInteger MAPPED = BigInteger.valueOf(0xffff);
  private static final List<String> LINK_LOCAL = List.of("169.254.0.0/16", "fe80::/10");

  /** The addresses of groups. */
  public static final List<String> MULTICAST = List.of("224.0.0.0/4", "ff00::/8");

  /** The special addresses that IANA lists as not reachable from everywhere. */
  private static final List<String> PRIVATE =
      List.of(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "240.0.0.0/4",
          "::/128",
          "::ffff:0:0/96",
          "64:ff9b:1::/48",
          "100::/64",
          "2001:db8::/32",
          "fc00::/7");

  /** An address with or without the length or mask of its network; empty when it is none. */
  public static Optional<Address> parse(String text) {
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

  /** 4 or 6. */
  public int version() {
    return bits == 32 ? 4 : 6;
  }

  BigInteger network() {
    return number.and(mask(prefix, bits));
  }

  BigInteger last() {
    return network().add(size()).subtract(BigInteger.ONE);
  }

  /** The first address of the network that a host can have. */
  BigInteger firstUsable() {
    return bits - prefix > 1 ? network().add(BigInteger.ONE) : network();
  }

  /** The last one; an IPv6 network has no broadcast address. */
  BigInteger lastUsable() {
    return bits - prefix > 1 && bits == 32 ? last().subtract(BigInteger.ONE) : last();
  }

  private BigInteger size() {
    return BigInteger.ONE.shiftLeft(bits - prefix);
  }

  /** What the filter's query asks; false where the address is not of that kind. */
  Value answer(String query, String written) {
    String length = "/" + prefix;
    return switch (query) {
      case "address", "ip" -> when(host(), show(number));
      case "host",
          "address/prefix",
          "ip/prefix",
          "host/prefix",
          "hostnet",
          "gateway",
          "gw",
          "router" ->
          when(host(), show(number) + length);
      case "net" -> when(hasPrefix && number.equals(network()), show(number) + length);
      case "network", "network_id" -> Value.text(show(network()));
      case "subnet", "network/prefix" -> Value.text(show(network()) + length);
      case "netmask" -> Value.text(show(mask(prefix, bits)));
      case "hostmask", "wildcard" -> Value.text(show(hostMask()));
      case "ip_netmask" -> when(host(), show(number) + " " + show(mask(prefix, bits)));
      case "network_netmask" -> Value.text(show(network()) + " " + show(mask(prefix, bits)));
      case "network_wildcard" -> Value.text(show(network()) + " " + show(hostMask()));
      case "prefix" -> Value.number(prefix);
      case "broadcast" -> when(bits - prefix > 1, show(last()));
      case "size" -> new Value.Int(size());
      case "size_usable" -> new Value.Int(lastUsable().subtract(firstUsable()).add(BigInteger.ONE));
      case "range_usable" -> Value.text(show(firstUsable()) + "-" + show(lastUsable()));
      case "first_usable" -> Value.text(show(firstUsable()));
      case "last_usable" -> Value.text(show(lastUsable()));
      case "next_usable" -> neighbour(BigInteger.ONE);
      case "previous_usable" -> neighbour(BigInteger.ONE.negate());
      case "peer" -> peer();
      case "revdns" -> Value.text(reversed());
      case "wrap" ->
          Value.text(
              (bits == 128 ? "[" + show(number) + "]" : show(number)) + (hasPrefix ? length : ""));
      case "version" -> Value.number(version());
      case "int" -> hasPrefix ? Value.text(number + length) : new Value.Int(number);
      case "type" ->
          Value.text(
              hasPrefix && number.equals(network()) && size().bitLength() > 1
                  ? "network"
                  : "address");
      case "bool" -> Value.Bool.TRUE;
      case "cidr" -> when(hasPrefix, show(number) + length);
      case "ipv4", "4", "v4" -> version() == 4 ? Value.text(written) : Value.Bool.FALSE;
      case "ipv6", "6", "v6" ->
          Value.text(
              version() == 6 ? written : "::ffff:" + show(number) + "/" + (prefix + 128 - bits));
      case "private" -> when(isPrivate(), written);
      case "public", "unicast" -> when(!isPrivate() && !in(MULTICAST), written);
      case "loopback", "lo" -> when(in(LOOPBACK), written);
      case "link-local" -> when(in(LINK_LOCAL), written);
      case "multicast" -> when(in(MULTICAST), written);
      default -> indexed(query);
    };
  }

  /** The other end of a network of two hosts. */
  private Value peer() {
    if (bits - prefix == 1) {
      return Value.text(show(number.flipBit(0)));
    }
    if (bits - prefix == 2 && number.equals(firstUsable())) {
      return Value.text(show(lastUsable()));
    }
    if (bits - prefix == 2 && number.equals(lastUsable())) {
      return Value.text(show(firstUsable()));
    }
    throw new PythonError("needs a network of two hosts to find a peer");
  }

  /** The name that a reverse lookup asks for. */
  private String reversed() {
    int step = bits == 32 ? 8 : 4;
    StringBuilder name = new StringBuilder();
    for (int shift = 0; shift < bits; shift += step) {
      int part = number.shiftRight(shift).intValue() & ((1 << step) - 1);
      name.append(bits == 32 ? Integer.toString(part) : Integer.toHexString(part)).append('.');
    }
    return name + (bits == 32 ? "in-addr.arpa." : "ip6.arpa.");
  }

  /** As it is written when nothing is asked. */
  String shown() {
    return show(number) + (hasPrefix ? "/" + prefix : "");
  }

  private static Value when(boolean holds, String text) {
    return holds ? Value.text(text) : Value.NULL;
  }

  private BigInteger hostMask() {
    return size().subtract(BigInteger.ONE);
  }

  private Value neighbour(BigInteger step) {
    BigInteger place = number.add(step);
    return when(
        place.compareTo(firstUsable()) >= 0 && place.compareTo(lastUsable()) <= 0, show(place));
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
      return when(inside, show(number) + (hasPrefix ? "/" + prefix : ""));
    }
    throw new PythonError("does not know the query '" + query + "'");
  }

  private boolean isPrivate() {
    return in(PRIVATE) || in(LOOPBACK) || in(LINK_LOCAL);
  }

  /** Whether it lies in one of the networks. */
  public boolean in(List<String> ranges) {
    return ranges.stream()
        .map(Address::parse)
        .flatMap(Optional::stream)
        .anyMatch(range -> range.holds(this));
  }

  /** Whether an address lies in this network. */
  public boolean holds(Address address) {
    return bits == address.bits
        && address.number.compareTo(network()) >= 0
        && address.number.compareTo(last()) <= 0;
  }

  /** Whether it is a network and not a host in one. */
  public boolean isNetwork() {
    return number.equals(network());
  }

  /** Whether it is an IPv6 address that stands for one of IPv4. */
  public boolean isMapped() {
    return bits == 128 && number.shiftRight(32).equals(MAPPED);
  }

  /** The IPv4 address that it stands for, or itself. */
  public Address unmapped() {
    return isMapped()
        ? new Address(32, BigInteger.valueOf(number.intValue() & 0xffffffffL), 32, hasPrefix)
        : this;
  }

  String show(BigInteger address) {
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
