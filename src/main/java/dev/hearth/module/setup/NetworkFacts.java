package dev.hearth.module.setup;

import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Interfaces, addresses and default routes. Addresses come from iproute2 or busybox's {@code ip},
 * and where neither is there from {@code /proc} (which ansible-core does not do).
 */
final class NetworkFacts {

  private static final Map<String, String> TYPES =
      Map.of(
          "1", "ether",
          "32", "infiniband",
          "512", "ppp",
          "772", "loopback",
          "65534", "tunnel");

  private final Report report;
  private final Map<String, Map<String, Value>> interfaces = new LinkedHashMap<>();
  private final List<Value> all4 = new ArrayList<>();
  private final List<Value> all6 = new ArrayList<>();
  private final Map<String, Value> default4 = new TreeMap<>();
  private final Map<String, Value> default6 = new TreeMap<>();

  private NetworkFacts(Report report) {
    this.report = report;
  }

  static Map<String, Value> of(Report report) {
    NetworkFacts facts = new NetworkFacts(report);
    facts.devices();
    if (report.has("addr")) {
      facts.route("route4", facts.default4);
      facts.route("route6", facts.default6);
      facts.addresses(IpOutput.addresses(report.lines("addr")));
    } else {
      facts.default4.putAll(ProcNet.defaultRoute(report));
      facts.addresses(ProcNet.addresses(report));
      facts.firstAddressOfDefault();
    }
    return facts.result();
  }

  private Map<String, Value> result() {
    Map<String, Value> facts = new TreeMap<>();
    List<Value> names = new ArrayList<>();
    interfaces.forEach(
        (name, entries) -> {
          String safe = name.replace(':', '_');
          names.add(Value.text(safe));
          facts.put(safe.replace('-', '_'), Value.Dict.ofTexts(entries));
        });
    facts.put("interfaces", new Value.Seq(names));
    facts.put("default_ipv4", Value.Dict.ofTexts(default4));
    facts.put("default_ipv6", Value.Dict.ofTexts(default6));
    facts.put("all_ipv4_addresses", new Value.Seq(all4));
    facts.put("all_ipv6_addresses", new Value.Seq(all6));
    if (report.has("addr")) {
      Map<String, Value> reachable = new TreeMap<>();
      reachable.put("ipv4", local("local4"));
      reachable.put("ipv6", local("local6"));
      facts.put("locally_reachable_ips", Value.Dict.ofTexts(reachable));
    }
    return facts;
  }

  private Value local(String section) {
    return new Value.Seq(
        report.lines(section).stream()
            .map(Report::words)
            .filter(words -> words.size() > 1 && words.getFirst().equals("local"))
            .map(words -> words.get(1))
            .distinct()
            .map(address -> (Value) Value.text(address))
            .toList());
  }

  private void devices() {
    Map<String, String> attributes = report.files("net");
    for (String line : report.lines("nics")) {
      List<String> words = Report.words(line);
      String name = words.getFirst();
      interfaces.put(name, new Device(name, attributes, words).facts());
    }
  }

  private record Device(String name, Map<String, String> attributes, List<String> words) {

    Map<String, Value> facts() {
      Map<String, Value> facts = new TreeMap<>();
      facts.put("device", Value.text(name));
      String hardware = get("address");
      if (!hardware.isEmpty() && !hardware.equals("00:00:00:00:00:00")) {
        facts.put("macaddress", Value.text(hardware));
      }
      number(facts, "mtu", get("mtu"));
      number(facts, "speed", get("speed"));
      if (!get("operstate").isEmpty()) {
        facts.put("active", Value.bool(!get("operstate").equals("down")));
      }
      facts.put("type", Value.text(TYPES.getOrDefault(get("type"), "unknown")));
      if (get("flags").startsWith("0x")) {
        facts.put(
            "promisc", Value.bool((Integer.parseInt(get("flags").substring(2), 16) & 0x100) != 0));
      }
      bridge(facts);
      bonding(facts);
      words.stream()
          .filter(word -> word.startsWith("module="))
          .forEach(word -> facts.put("module", Value.text(base(word))));
      words.stream()
          .filter(word -> word.startsWith("device="))
          .forEach(word -> facts.put("pciid", Value.text(base(word))));
      return facts;
    }

    private void bridge(Map<String, Value> facts) {
      if (words.contains("bridge")) {
        facts.put("type", Value.text("bridge"));
        facts.put(
            "interfaces",
            texts(
                words.stream()
                    .filter(word -> word.startsWith("port="))
                    .map(word -> word.substring(5))));
        facts.put("id", Value.text(get("bridge/bridge_id")));
        facts.put("stp", Value.bool(get("bridge/stp_state").equals("1")));
      }
    }

    private void bonding(Map<String, Value> facts) {
      if (!get("bonding/mode").isEmpty()) {
        facts.put("type", Value.text("bonding"));
        facts.put("slaves", texts(Report.words(get("bonding/slaves")).stream()));
        for (String key : List.of("mode", "miimon", "lacp_rate")) {
          Report.words(get("bonding/" + key)).stream()
              .findFirst()
              .ifPresent(word -> facts.put(key, Value.text(word)));
        }
        if (!get("bonding/primary").isEmpty()) {
          facts.put("primary", Value.text(get("bonding/primary")));
        }
      }
      if (!get("bonding_slave/perm_hwaddr").isEmpty()) {
        facts.put("perm_macaddress", Value.text(get("bonding_slave/perm_hwaddr")));
      }
    }

    private String get(String attribute) {
      return attributes.getOrDefault("/sys/class/net/" + name + "/" + attribute, "");
    }

    private static void number(Map<String, Value> facts, String key, String text) {
      if (text.matches("-?[0-9]+")) {
        facts.put(key, Value.number(Long.parseLong(text)));
      }
    }
  }

  private static String base(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private void route(String section, Map<String, Value> into) {
    List<String> words = report.first(section).map(Report::words).orElse(List.of());
    for (int i = 0; i + 1 < words.size(); i++) {
      String next = words.get(i + 1);
      switch (words.get(i)) {
        case "dev" -> into.put("interface", Value.text(next));
        case "src" -> into.put("address", Value.text(next));
        case "via" -> into.put("gateway", Value.text(next));
        default -> {}
      }
    }
  }

  private void addresses(List<IpAddress> addresses) {
    for (IpAddress address : addresses) {
      Map<String, Value> device =
          interfaces.computeIfAbsent(address.device(), name -> new TreeMap<>());
      if (address.six()) {
        device.merge("ipv6", Value.Seq.of(address.describe()), NetworkFacts::joined);
        if (!address.address().equals("::1")) {
          all6.add(Value.text(address.address()));
        }
      } else {
        Map<String, Value> labelled =
            interfaces.computeIfAbsent(address.label(), name -> new TreeMap<>());
        if (!address.secondary() && !labelled.containsKey("ipv4")) {
          labelled.put("ipv4", address.describe());
        } else {
          labelled.merge(
              "ipv4_secondaries", Value.Seq.of(address.describe()), NetworkFacts::joined);
          if (address.secondary() && !address.label().equals(address.device())) {
            device.merge(
                "ipv4_secondaries", Value.Seq.of(address.describe()), NetworkFacts::joined);
          }
        }
        if (!address.address().startsWith("127.")) {
          all4.add(Value.text(address.address()));
        }
      }
      complete(address.six() ? default6 : default4, address, device);
    }
  }

  private static void complete(
      Map<String, Value> route, IpAddress address, Map<String, Value> device) {
    if (Value.text(address.address()).equals(route.get("address"))) {
      address
          .describe()
          .entries()
          .forEach((key, value) -> route.put(((Value.Text) key).value(), value));
      for (String key : List.of("macaddress", "mtu", "type")) {
        Value value = device.get(key);
        if (value != null) {
          route.put(key, value);
        }
      }
      if (!address.six()) {
        route.put("alias", Value.text(address.label()));
      }
    }
  }

  /**
   * Without {@code ip} the kernel does not tell the source address: it is the interface's first.
   */
  private void firstAddressOfDefault() {
    if (default4.get("interface") instanceof Value.Text name
        && interfaces.getOrDefault(name.value(), Map.of()).get("ipv4")
            instanceof Value.Dict first) {
      first.entries().forEach((key, value) -> default4.put(((Value.Text) key).value(), value));
      for (String key : List.of("macaddress", "mtu", "type")) {
        Value value = interfaces.getOrDefault(name.value(), Map.of()).get(key);
        if (value != null) {
          default4.put(key, value);
        }
      }
      default4.put("alias", name);
    }
  }

  private static Value joined(Value before, Value more) {
    return new Value.Seq(
        Stream.concat(((Value.Seq) before).items().stream(), ((Value.Seq) more).items().stream())
            .toList());
  }

  private static Value texts(Stream<String> words) {
    return new Value.Seq(words.map(word -> (Value) Value.text(word)).toList());
  }
}
