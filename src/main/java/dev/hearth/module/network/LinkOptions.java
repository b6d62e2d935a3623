package dev.hearth.module.network;

import dev.hearth.module.Arg;
import dev.hearth.value.Value;
import java.util.Map;
import java.util.Optional;

/** What only VLANs, tunnels, radio and other kinds of links have. */
public record LinkOptions(
    @Arg(doc = "Number of the VLAN.") Optional<Integer> vlanid,
    @Arg(doc = "Interface that the VLAN is on.") Optional<String> vlandev,
    @Arg(doc = "Flags of the VLAN, a number.") Optional<String> flags,
    @Arg(doc = "Priorities of what comes in through the VLAN, `1:2,3:4`.") Optional<String> ingress,
    @Arg(doc = "Priorities of what goes out through the VLAN.") Optional<String> egress,
    @Arg(doc = "Number of the VXLAN.") Optional<Integer> vxlanId,
    @Arg(doc = "Own address of the VXLAN.") Optional<String> vxlanLocal,
    @Arg(doc = "Other end, or group, of the VXLAN.") Optional<String> vxlanRemote,
    @Arg(doc = "Interface that a tunnel is bound to.") Optional<String> ipTunnelDev,
    @Arg(doc = "Own address of a tunnel.") Optional<String> ipTunnelLocal,
    @Arg(doc = "Other end of a tunnel.") Optional<String> ipTunnelRemote,
    @Arg(doc = "Key of packets that come in through a GRE tunnel.")
        Optional<Value.Textual> ipTunnelInputKey,
    @Arg(doc = "Key of packets that go out through a GRE tunnel.")
        Optional<Value.Textual> ipTunnelOutputKey,
    @Arg(doc = "Name of the radio network.") Optional<String> ssid,
    @Arg(doc = "Further properties of the radio, by NetworkManager's names.")
        Map<String, Value> wifi,
    @Arg(
            doc =
                "Properties of the radio's protection, by NetworkManager's names. Keys and"
                    + " passwords never stand in a command line.")
        Map<String, Value> wifiSec,
    @Arg(doc = "Properties of a modem, by NetworkManager's names.") Map<String, Value> gsm,
    @Arg(doc = "`mode` and `parent`, perhaps `promiscuous` and `tap`, of a macvlan.")
        Map<String, Value> macvlan,
    @Arg(doc = "Properties of WireGuard, by NetworkManager's names.") Map<String, Value> wireguard,
    @Arg(
            doc =
                "`service-type`, `permissions`, and what the VPN's own plugin wants to know; no"
                    + " secrets.")
        Map<String, Value> vpn,
    @Arg(doc = "Properties of virtual functions of an interface.") Map<String, Value> sriov,
    @Arg(doc = "Routing table of a VRF.") Optional<Integer> table,
    @Arg(
            doc = "How packets travel over InfiniBand.",
            choices = {"connected", "datagram"})
        Optional<String> transportMode,
    @Arg(doc = "MAC address of the InfiniBand interface.") Optional<String> infinibandMac) {}
