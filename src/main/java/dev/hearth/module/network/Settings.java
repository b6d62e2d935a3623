package dev.hearth.module.network;

import dev.hearth.module.Refusal;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The properties that the arguments ask for, by the kind of the connection. */
final class Settings {

  private static final Set<String> ADDRESSED =
      Set.of(
          "bond",
          "bridge",
          "dummy",
          "ethernet",
          "generic",
          "gre",
          "infiniband",
          "ipip",
          "sit",
          "team",
          "vlan",
          "wifi",
          "gsm",
          "macvlan",
          "wireguard",
          "vpn",
          "loopback",
          "ovs-interface",
          "vrf");
  private static final Set<String> WITH_MTU =
      Set.of("bond", "bond-slave", "dummy", "ethernet", "infiniband", "team-slave", "vlan");
  private static final Set<String> PORTS =
      Set.of(
          "ethernet",
          "bridge",
          "bond",
          "vlan",
          "team",
          "wifi",
          "bond-slave",
          "bridge-slave",
          "team-slave",
          "infiniband",
          "ovs-port",
          "ovs-interface");
  private static final Set<String> QUIET = Set.of("dummy", "macvlan", "wireguard");
  private static final Map<String, String> PRIVACY =
      Map.of("disabled", "0", "prefer-public-addr", "1", "prefer-temp-addr", "2", "unknown", "-1");

  private final Nmcli.Args want;
  private final String type;
  private final List<Setting> all = new ArrayList<>();

  private Settings(Nmcli.Args want, String type) {
    this.want = want;
    this.type = type;
  }

  /**
   * All of them, in order.
   *
   * @param type of the connection, {@code ethernet} or the like
   */
  static List<Setting> of(Nmcli.Args want, String type) {
    Settings settings = new Settings(want, type);
    settings.common();
    boolean port = want.master().isPresent() && !want.slaveType().equals(Optional.of("vrf"));
    if (ADDRESSED.contains(type) && !port || type.equals("ovs-interface")) {
      settings.ip4();
      settings.ip6();
    }
    new LinkSettings(want, type, settings.all).add();
    return settings.all;
  }

  private void common() {
    flag("connection.autoconnect", want.autoconnect());
    text("connection.autoconnect-priority", want.autoconnectPriority());
    text("connection.autoconnect-retries", want.autoconnectRetries());
    text("connection.zone", want.zone());
    want.mac()
        .ifPresent(
            mac ->
                all.add(
                    new Setting(
                        type.equals("bridge")
                            ? "bridge.mac-address"
                            : "802-3-ethernet.cloned-mac-address",
                        Value.text(mac),
                        Setting.Kind.MAC)));
    if (WITH_MTU.contains(type) && (want.mtu().isPresent() || want.type().isPresent())) {
      String property = (type.equals("infiniband") ? "infiniband" : "802-3-ethernet") + ".mtu";
      all.add(
          new Setting(
              property, Value.text(Integer.toString(want.mtu().orElse(0))), Setting.Kind.MTU));
    }
    if (PORTS.contains(type)) {
      text("connection.master", want.master());
      text(
          "connection.slave-type",
          want.slaveType()
              .or(
                  () ->
                      type.endsWith("-slave")
                          ? Optional.of(type.substring(0, type.indexOf('-')))
                          : type.equals("wifi") && want.master().isPresent()
                              ? Optional.of("bond")
                              : Optional.empty()));
    }
  }

  private void ip4() {
    Ip4Options ip = want.ip4();
    list("ipv4.addresses", ip.ip4().map(list -> prefixed(list, "/32")), true);
    text("ipv4.dhcp-client-id", ip.dhcpClientId());
    list("ipv4.dns", ip.dns4(), true);
    list("ipv4.dns-search", ip.dns4Search(), true);
    list("ipv4.dns-options", ip.dns4Options(), false);
    flag("ipv4.ignore-auto-dns", ip.dns4IgnoreAuto());
    text("ipv4.gateway", ip.gw4());
    flag("ipv4.ignore-auto-routes", ip.gw4IgnoreAuto());
    routes("ipv4.routes", ip.routes4(), ip.routes4Extended());
    text("ipv4.route-metric", ip.routeMetric4());
    list("ipv4.routing-rules", ip.routingRules4(), false);
    flag("ipv4.never-default", ip.neverDefault4());
    Optional<String> method = method(ip.method4(), ip.ip4());
    text("ipv4.method", method);
    if (!method.equals(Optional.of("disabled"))) {
      flag("ipv4.may-fail", ip.mayFail4());
    }
  }

  private void ip6() {
    Ip6Options ip = want.ip6();
    list("ipv6.addresses", ip.ip6().map(list -> prefixed(list, "/128")), true);
    list("ipv6.dns", ip.dns6(), true);
    list("ipv6.dns-search", ip.dns6Search(), true);
    list("ipv6.dns-options", ip.dns6Options(), false);
    flag("ipv6.ignore-auto-dns", ip.dns6IgnoreAuto());
    text("ipv6.gateway", ip.gw6());
    flag("ipv6.ignore-auto-routes", ip.gw6IgnoreAuto());
    routes("ipv6.routes", ip.routes6(), ip.routes6Extended());
    text("ipv6.route-metric", ip.routeMetric6());
    text("ipv6.method", method(ip.method6(), ip.ip6()));
    text("ipv6.ip6-privacy", ip.ipPrivacy6().map(PRIVACY::get));
    text("ipv6.addr-gen-mode", ip.addrGenMode6());
  }

  private Optional<String> method(Optional<String> given, Optional<List<String>> addresses) {
    boolean any = addresses.filter(list -> !list.isEmpty()).isPresent();
    return given.or(
        () ->
            any
                ? Optional.of("manual")
                : QUIET.contains(type) ? Optional.of("disabled") : Optional.empty());
  }

  private static List<String> prefixed(List<String> addresses, String single) {
    return addresses.stream()
        .map(address -> address.contains("/") ? address : address + single)
        .toList();
  }

  private void routes(
      String property, Optional<List<String>> plain, Optional<List<Map<String, Value>>> described) {
    plain
        .or(() -> described.map(list -> list.stream().map(Settings::route).toList()))
        .ifPresent(
            list ->
                all.add(
                    new Setting(
                        property, Value.text(String.join(",", list)), Setting.Kind.ROUTES)));
  }

  private static String route(Map<String, Value> described) {
    Map<String, String> parts = new TreeMap<>();
    described.forEach((name, value) -> text(value).ifPresent(text -> parts.put(name, text)));
    String ip = parts.remove("ip");
    if (ip == null) {
      throw new Refusal("each route needs ip, the network that it leads to");
    }
    StringBuilder route = new StringBuilder(ip);
    for (String place : List.of("next_hop", "metric")) {
      String value = parts.remove(place);
      if (value != null) {
        route.append(' ').append(value);
      }
    }
    parts.forEach((name, value) -> route.append(' ').append(name).append('=').append(value));
    return route.toString();
  }

  /** A scalar in NetworkManager's words; empty for null. */
  static Optional<String> text(Value value) {
    return switch (value) {
      case Value.Null none -> Optional.empty();
      case Value.Textual text -> Optional.of(text.reveal());
      case Value.Int number -> Optional.of(number.value().toString());
      case Value.Bool bool -> Optional.of(bool.value() ? "true" : "false");
      case Value.Seq list -> {
        Map<Integer, String> items = new LinkedHashMap<>();
        list.items().forEach(item -> items.put(items.size(), text(item).orElse("")));
        yield Optional.of(String.join(",", items.values()));
      }
      default -> throw new Refusal("a property of a connection must be a text, a number or a list");
    };
  }

  private void flag(String property, boolean on) {
    all.add(new Setting(property, Value.text(on ? "yes" : "no"), Setting.Kind.TEXT));
  }

  private void text(String property, Optional<?> value) {
    value
        .map(String::valueOf)
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> all.add(new Setting(property, Value.text(text), Setting.Kind.TEXT)));
  }

  private void list(String property, Optional<List<String>> values, boolean ordered) {
    values.ifPresent(
        list ->
            all.add(
                new Setting(
                    property,
                    Value.text(String.join(",", list)),
                    ordered ? Setting.Kind.ORDERED : Setting.Kind.SET)));
  }
}
