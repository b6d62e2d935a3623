package dev.hearth.template.test;

import dev.hearth.template.Call;
import dev.hearth.template.Test;
import dev.hearth.template.filter.Address;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.Sequences;
import dev.hearth.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The tests of {@code ansible.utils}: kinds of addresses as Python's {@code ipaddress} tells them,
 * and how networks lie in each other. What is no address at all is of no kind.
 */
final class AddressTests {

  private static final String COLLECTION = "ansible.utils.";

  private static final Pattern MAC =
      Pattern.compile(
          "([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$"
              + "|[0-9a-f]{4}\\.[0-9a-f]{4}\\.[0-9a-f]{4}$"
              + "|[0-9a-f]{12}$",
          Pattern.CASE_INSENSITIVE);

  private static final List<String> PRIVATE =
      List.of(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.0.170/31",
          "192.0.2.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "240.0.0.0/4",
          "::/127",
          "::ffff:0:0/96",
          "64:ff9b:1::/48",
          "100::/64",
          "2001::/23",
          "2001:db8::/32",
          "2002::/16",
          "3fff::/20",
          "fc00::/7",
          "fe80::/10");

  /** Parts of the private ranges that the whole internet reaches. */
  private static final List<String> NOT_PRIVATE =
      List.of(
          "192.0.0.9/32",
          "192.0.0.10/32",
          "2001:1::1/128",
          "2001:1::2/128",
          "2001:3::/32",
          "2001:4:112::/48",
          "2001:20::/28",
          "2001:30::/28");

  private static final List<String> SHARED = List.of("100.64.0.0/10");
  private static final List<String> RESERVED =
      List.of(
          "240.0.0.0/4",
          "::/8",
          "100::/8",
          "200::/7",
          "400::/6",
          "800::/5",
          "1000::/4",
          "4000::/3",
          "6000::/3",
          "8000::/3",
          "a000::/3",
          "c000::/3",
          "e000::/4",
          "f000::/5",
          "f800::/6",
          "fe00::/9");

  private AddressTests() {}

  static Map<String, Test> all() {
    Map<String, Test> all = new HashMap<>();
    put(all, "ip", network(_ -> true));
    put(all, "ipv4", network(found -> found.version() == 4));
    put(all, "ipv6", network(found -> found.version() == 6));
    put(all, "ip_address", address(_ -> true));
    put(all, "ipv4_address", address(found -> found.version() == 4));
    put(all, "ipv6_address", address(found -> found.version() == 6));
    put(all, "ipv6_ipv4_mapped", address(Address::isMapped));
    put(all, "ipv6_sixtofour", address(found -> found.in(List.of("2002::/16"))));
    put(all, "ipv6_teredo", address(found -> found.in(List.of("2001::/32"))));
    put(all, "loopback", address(found -> found.unmapped().in(Address.LOOPBACK)));
    put(all, "multicast", address(found -> found.unmapped().in(Address.MULTICAST)));
    put(all, "private", address(found -> isPrivate(found.unmapped())));
    put(all, "public", address(found -> isPublic(found.unmapped())));
    put(all, "reserved", address(found -> found.unmapped().in(RESERVED)));
    put(all, "unspecified", address(found -> found.unmapped().number().signum() == 0));
    put(all, "ipv4_netmask", Test.of("", call -> mask(call).isPresent()));
    put(all, "ipv4_hostmask", Test.of("", AddressTests::isHostMask));
    put(all, "mac", Test.of("", call -> MAC.matcher(call.inputText()).lookingAt()));
    put(all, "in_network", Test.of("network", call -> inside(call.input(), call.get("network"))));
    put(all, "in_any_network", Test.of("networks", call -> count(call) > 0));
    put(all, "in_one_network", Test.of("networks", call -> count(call) == 1));
    put(
        all,
        "subnet_of",
        Test.of("network_b", call -> inside(call.input(), call.get("network_b"))));
    put(
        all,
        "supernet_of",
        Test.of("network_b", call -> inside(call.get("network_b"), call.input())));
    return all;
  }

  private static void put(Map<String, Test> all, String name, Test test) {
    all.put(COLLECTION + name, test);
  }

  private static Test address(Predicate<Address> kind) {
    return Test.of(
        "",
        call ->
            Address.parse(call.inputText())
                .filter(found -> !found.hasPrefix())
                .filter(kind)
                .isPresent());
  }

  private static Test network(Predicate<Address> kind) {
    return Test.of("", call -> network(call.input()).filter(kind).isPresent());
  }

  /** A network, of which nothing but the network may be written. */
  private static Optional<Address> network(Value written) {
    return Address.parse(Printed.str(written)).filter(Address::isNetwork);
  }

  private static boolean inside(Value inner, Value outer) {
    Optional<Address> within = network(inner);
    Optional<Address> around = network(outer);
    return within.isPresent()
        && around.isPresent()
        && within.get().bits() == around.get().bits()
        && around.get().prefix() <= within.get().prefix()
        && around.get().holds(within.get());
  }

  private static long count(Call call) {
    return Sequences.iterate(call.get("networks")).stream()
        .filter(each -> inside(call.input(), each))
        .count();
  }

  private static boolean isPrivate(Address address) {
    return address.in(PRIVATE) && !address.in(NOT_PRIVATE);
  }

  private static boolean isPublic(Address address) {
    return !isPrivate(address) && !address.in(SHARED);
  }

  /** The mask that is written, when it is one of the network 10.0.0.0. */
  private static Optional<Address> mask(Call call) {
    String text = call.inputText();
    return Address.parse(text)
        .filter(found -> found.version() == 4 && !found.hasPrefix())
        .flatMap(_ -> Address.parse("10.0.0.0/" + text))
        .filter(Address::isNetwork);
  }

  private static boolean isHostMask(Call call) {
    Optional<Address> written =
        Address.parse(call.inputText()).filter(found -> found.version() == 4 && !found.hasPrefix());
    if (written.isEmpty() || written.get().number().signum() == 0) {
      return false;
    }
    int hostBits = written.get().number().bitLength();
    return written.get().number().bitCount() == hostBits
        && hostBits < 32
        && Address.parse("10.0.0.0/" + (32 - hostBits)).filter(Address::isNetwork).isPresent();
  }
}
