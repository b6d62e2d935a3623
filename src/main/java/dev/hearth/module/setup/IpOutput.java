package dev.hearth.module.setup;

import java.util.ArrayList;
import java.util.List;

/** Reads what {@code ip addr} prints, iproute2's and busybox's. */
final class IpOutput {

  private IpOutput() {}

  static List<IpAddress> addresses(List<String> lines) {
    List<IpAddress> addresses = new ArrayList<>();
    String device = "";
    for (String line : lines) {
      List<String> words = Report.words(line);
      if (words.size() < 2) {
        continue;
      }
      if (!line.startsWith(" ")) {
        String name = words.get(1).replaceFirst(":$", "");
        int at = name.indexOf('@');
        device = at < 0 ? name : name.substring(0, at);
      } else if (words.getFirst().equals("inet")) {
        addresses.add(four(device, words));
      } else if (words.getFirst().equals("inet6")) {
        addresses.add(six(device, words));
      }
    }
    return addresses;
  }

  private static IpAddress four(String device, List<String> words) {
    String[] address = words.get(1).split("/", 2);
    int brd = words.indexOf("brd");
    return new IpAddress(
        device,
        words.getLast(),
        address[0],
        address.length > 1 ? Integer.parseInt(address[1]) : 32,
        brd == 2 && words.size() > 3 ? words.get(3) : "",
        "",
        words.contains("secondary"));
  }

  private static IpAddress six(String device, List<String> words) {
    int scope = words.indexOf("scope");
    boolean peer = words.size() > 3 && words.get(2).equals("peer");
    String[] address = words.get(1).split("/", 2);
    String[] network = peer ? words.get(3).split("/", 2) : address;
    return new IpAddress(
        device,
        device,
        address[0],
        network.length > 1 ? Integer.parseInt(network[1]) : 128,
        "",
        scope > 0 && scope + 1 < words.size() ? words.get(scope + 1) : "",
        false);
  }
}
