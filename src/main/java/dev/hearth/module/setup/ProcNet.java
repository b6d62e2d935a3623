package dev.hearth.module.setup;

import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Addresses and the default route from the kernel's tables, for hosts without {@code ip}: the local
 * addresses of {@code fib_trie} are given to the interface whose network in {@code route} holds
 * them.
 */
final class ProcNet {

  private static final Map<String, String> SCOPES =
      Map.of("00", "global", "10", "host", "20", "link", "40", "site");

  private record Network(String device, long network, long mask) {}

  private ProcNet() {}

  /** Interface and gateway of the default route with the lowest metric. */
  static Map<String, Value> defaultRoute(Report report) {
    Map<String, Value> found = new TreeMap<>();
    long best = Long.MAX_VALUE;
    for (String line : report.lines("route")) {
      List<String> words = Report.words(line);
      boolean everywhere =
          words.size() > 7 && words.get(1).equals("00000000") && words.get(7).equals("00000000");
      if (everywhere && Long.parseLong(words.get(6)) < best) {
        best = Long.parseLong(words.get(6));
        found.put("interface", Value.text(words.getFirst()));
        found.put("gateway", Value.text(IpAddress.dotted(swapped(words.get(2)))));
      }
    }
    return found;
  }

  static List<IpAddress> addresses(Report report) {
    List<Network> networks = new ArrayList<>();
    for (String line : report.lines("route")) {
      List<String> words = Report.words(line);
      if (words.size() > 7 && words.get(7).matches("[0-9A-F]{8}")) {
        Network network =
            new Network(words.getFirst(), swapped(words.get(1)), swapped(words.get(7)));
        if (network.mask() != 0 && words.get(2).equals("00000000")) {
          networks.add(network);
        }
      }
    }
    List<IpAddress> addresses = new ArrayList<>();
    for (String address : local(report)) {
      long number = IpAddress.number(address);
      if (address.startsWith("127.")) {
        addresses.add(new IpAddress("lo", "lo", address, 8, "", "", false));
        continue;
      }
      networks.stream()
          .filter(network -> (number & network.mask()) == network.network())
          .max((left, right) -> Long.compare(left.mask(), right.mask()))
          .ifPresent(
              network -> {
                int prefix = Long.bitCount(network.mask());
                String broadcast =
                    IpAddress.dotted(network.network() | (0xFFFFFFFFL & ~network.mask()));
                addresses.add(
                    new IpAddress(
                        network.device(), network.device(), address, prefix, broadcast, "", false));
              });
    }
    report.lines("inet6").forEach(line -> six(line, addresses));
    return addresses;
  }

  /** Addresses that {@code fib_trie} has as {@code /32 host LOCAL}. */
  private static Set<String> local(Report report) {
    Set<String> local = new LinkedHashSet<>();
    String leaf = "";
    for (String line : report.lines("trie")) {
      String text = line.strip();
      if (text.startsWith("|--")) {
        leaf = text.substring(3).strip();
      } else if (text.startsWith("/32 host LOCAL") && !leaf.isEmpty()) {
        local.add(leaf);
      }
    }
    return local;
  }

  private static void six(String line, List<IpAddress> addresses) {
    List<String> words = Report.words(line);
    if (words.size() < 6) {
      return;
    }
    addresses.add(
        new IpAddress(
            words.get(5),
            words.get(5),
            shortened(words.get(0)),
            Integer.parseInt(words.get(2), 16),
            "",
            SCOPES.getOrDefault(words.get(3), "unknown"),
            false));
  }

  /** The usual short form of 32 hex digits: the longest run of zero groups becomes {@code ::}. */
  static String shortened(String digits) {
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < 32; i += 4) {
      groups.add(Integer.toHexString(Integer.parseInt(digits.substring(i, i + 4), 16)));
    }
    int from = -1;
    int longest = 1;
    for (int i = 0; i < 8; i++) {
      int end = i;
      while (end < 8 && groups.get(end).equals("0")) {
        end++;
      }
      if (end - i > longest) {
        from = i;
        longest = end - i;
      }
    }
    if (from < 0) {
      return String.join(":", groups);
    }
    return String.join(":", groups.subList(0, from))
        + "::"
        + String.join(":", groups.subList(from + longest, 8));
  }

  /** A little-endian hex number of the kernel's tables as an IPv4 number. */
  private static long swapped(String hex) {
    return 0xFFFFFFFFL & Integer.reverseBytes((int) Long.parseLong(hex, 16));
  }
}
