package dev.hearth.module.network;

import dev.hearth.module.Refusal;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The properties that only some kinds of connections have. */
record LinkSettings(Nmcli.Args want, String type, List<Setting> all) {

  /** Adds them. */
  void add() {
    switch (type) {
      case "bond" -> bond(want.bond());
      case "bridge" -> bridge(want.bridge());
      case "bridge-slave" -> port(want.bridge());
      case "team" -> team(want.bond());
      case "gre", "ipip", "sit" -> tunnel(want.link());
      case "vlan" -> vlan(want.link());
      case "vxlan" -> vxlan(want.link());
      case "wifi" -> {
        text("802-11-wireless.ssid", want.link().ssid());
        named("802-11-wireless.", want.link().wifi());
        named("802-11-wireless-security.", want.link().wifiSec());
      }
      case "gsm" -> named("gsm.", want.link().gsm());
      case "macvlan" -> macvlan(want.link().macvlan());
      case "wireguard" -> named("wireguard.", want.link().wireguard());
      case "vpn" -> vpn(want.link().vpn());
      case "vrf" -> text("vrf.table", want.link().table());
      case "ethernet" -> named("sriov.", want.link().sriov());
      case "infiniband" -> {
        text("infiniband.transport-mode", want.link().transportMode());
        want.link()
            .infinibandMac()
            .ifPresent(
                mac ->
                    all.add(
                        new Setting("infiniband.mac-address", Value.text(mac), Setting.Kind.MAC)));
      }
      default -> {}
    }
  }

  private void bond(BondOptions bond) {
    option("mode", Optional.of(bond.mode()));
    option("miimon", bond.miimon());
    option("downdelay", bond.downdelay());
    option("updelay", bond.updelay());
    option("arp_interval", bond.arpInterval());
    option("arp_ip_target", bond.arpIpTarget());
    option("primary", bond.primary());
    option("xmit_hash_policy", bond.xmitHashPolicy());
    option("fail_over_mac", bond.failOverMac());
  }

  private void bridge(BridgeOptions bridge) {
    text("bridge.ageing-time", Optional.of(bridge.ageingtime()));
    text("bridge.forward-delay", Optional.of(bridge.forwarddelay()));
    text("bridge.hello-time", Optional.of(bridge.hellotime()));
    text("bridge.max-age", Optional.of(bridge.maxage()));
    text("bridge.priority", Optional.of(bridge.priority()));
    flag("bridge.stp", bridge.stp());
  }

  private void port(BridgeOptions bridge) {
    text("bridge-port.path-cost", Optional.of(bridge.pathCost()));
    flag("bridge-port.hairpin-mode", bridge.hairpin());
    text("bridge-port.priority", Optional.of(bridge.slavepriority()));
  }

  private void team(BondOptions team) {
    if (team.runnerHwaddrPolicy().isPresent() && !team.runner().equals("activebackup")) {
      throw new Refusal("runner_hwaddr_policy is for the runner activebackup only");
    }
    if (team.runnerFastRate().isPresent() && !team.runner().equals("lacp")) {
      throw new Refusal("runner_fast_rate is for the runner lacp only");
    }
    text("team.runner", Optional.of(team.runner()));
    text("team.runner-hwaddr-policy", team.runnerHwaddrPolicy());
    team.runnerFastRate().ifPresent(on -> flag("team.runner-fast-rate", on));
  }

  private void tunnel(LinkOptions link) {
    text("ip-tunnel.mode", Optional.of(type));
    text("ip-tunnel.local", link.ipTunnelLocal());
    text("ip-tunnel.parent", link.ipTunnelDev());
    text("ip-tunnel.remote", link.ipTunnelRemote());
    if (type.equals("gre")) {
      link.ipTunnelInputKey()
          .ifPresent(key -> all.add(new Setting("ip-tunnel.input-key", key, Setting.Kind.TEXT)));
      link.ipTunnelOutputKey()
          .ifPresent(key -> all.add(new Setting("ip-tunnel.output-key", key, Setting.Kind.TEXT)));
    }
  }

  private void vlan(LinkOptions link) {
    text("vlan.id", link.vlanid());
    text("vlan.parent", link.vlandev());
    text("vlan.flags", link.flags());
    priorities("vlan.ingress-priority-map", link.ingress());
    priorities("vlan.egress-priority-map", link.egress());
  }

  private void priorities(String property, Optional<String> map) {
    map.ifPresent(
        text ->
            all.add(
                new Setting(
                    property,
                    Value.text(text.strip().replaceAll("[\\s,]+", ",")),
                    Setting.Kind.WORDS)));
  }

  private void vxlan(LinkOptions link) {
    text("vxlan.id", link.vxlanId());
    text("vxlan.local", link.vxlanLocal());
    text("vxlan.remote", link.vxlanRemote());
  }

  private void macvlan(Map<String, Value> macvlan) {
    if (!macvlan.containsKey("mode") || !macvlan.containsKey("parent")) {
      throw new Refusal("a connection of type macvlan needs macvlan with mode and parent");
    }
    named("macvlan.", macvlan);
  }

  private void vpn(Map<String, Value> vpn) {
    List<String> data = new ArrayList<>();
    vpn.forEach(
        (name, value) -> {
          String text = word(value);
          switch (name) {
            case "service-type" -> text("vpn.service-type", Optional.of(text));
            case "permissions" -> text("connection.permissions", Optional.of(text));
            default -> {
              if (value instanceof Value.Secret) {
                throw new Refusal(
                    "vpn."
                        + name
                        + " is a secret, and NetworkManager shows what stands there to every"
                        + " user; leave it out and set vpn.secrets on the host");
              }
              data.add(name + " = " + text);
            }
          }
        });
    if (!data.isEmpty()) {
      all.add(new Setting("vpn.data", Value.text(String.join(", ", data)), Setting.Kind.SET));
    }
  }

  /** Properties that the playbook calls by NetworkManager's names. */
  private void named(String prefix, Map<String, Value> values) {
    values.forEach(
        (name, value) -> {
          if (prefix.equals("802-11-wireless.") && name.equals("ssid")) {
            throw new Refusal("wifi has no ssid; name the network with the parameter ssid");
          }
          Settings.text(value)
              .ifPresent(
                  text ->
                      all.add(
                          new Setting(
                              prefix + name,
                              value instanceof Value.Secret secret
                                  ? secret
                                  : Value.text(word(value)),
                              value instanceof Value.Seq ? Setting.Kind.SET : Setting.Kind.TEXT)));
        });
  }

  private static String word(Value value) {
    return value instanceof Value.Bool bool
        ? bool.value() ? "yes" : "no"
        : Settings.text(value).orElse("");
  }

  private void option(String name, Optional<?> value) {
    text(Setting.BOND + name, value);
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
}
