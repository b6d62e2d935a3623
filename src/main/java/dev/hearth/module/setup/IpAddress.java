package dev.hearth.module.setup;

import dev.hearth.value.Value;
import java.util.Map;
import java.util.TreeMap;

/**
 * One address of one interface.
 *
 * @param device the interface
 * @param label the alias it is shown under; the interface's name when there is none
 * @param address without the prefix length
 * @param prefix length of the network's part
 * @param broadcast empty when there is none, and for IPv6
 * @param scope for IPv6; empty for IPv4
 * @param secondary whether it came behind another address of the same network
 */
record IpAddress(
    String device,
    String label,
    String address,
    int prefix,
    String broadcast,
    String scope,
    boolean secondary) {

  boolean six() {
    return address.contains(":");
  }

  /** As facts show it. */
  Value.Dict describe() {
    Map<String, Value> entries = new TreeMap<>();
    entries.put("address", Value.text(address));
    entries.put("prefix", Value.text(Integer.toString(prefix)));
    if (six()) {
      entries.put("scope", Value.text(scope));
    } else {
      long mask = 0xFFFFFFFFL & (prefix == 0 ? 0 : 0xFFFFFFFFL << (32 - prefix));
      entries.put("broadcast", Value.text(broadcast));
      entries.put("netmask", Value.text(dotted(mask)));
      entries.put("network", Value.text(dotted(number(address) & mask)));
    }
    return Value.Dict.ofTexts(entries);
  }

  /** An IPv4 address as a number. */
  static long number(String dotted) {
    long number = 0;
    for (String part : dotted.split("[.]", -1)) {
      number = number << 8 | Long.parseLong(part);
    }
    return number;
  }

  /** A number as an IPv4 address. */
  static String dotted(long number) {
    return (number >> 24 & 255)
        + "."
        + (number >> 16 & 255)
        + "."
        + (number >> 8 & 255)
        + "."
        + (number & 255);
  }
}
