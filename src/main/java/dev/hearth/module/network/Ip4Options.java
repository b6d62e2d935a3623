package dev.hearth.module.network;

import dev.hearth.module.Arg;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a connection says about IPv4. */
public record Ip4Options(
    @Arg(doc = "Addresses, with their prefixes.") Optional<List<String>> ip4,
    @Arg(doc = "The gateway.") Optional<String> gw4,
    @Arg(doc = "Ignore routes that come from the network.", defaultsTo = "false")
        boolean gw4IgnoreAuto,
    @Arg(doc = "Routes: `192.168.3.0/24 192.168.1.1 10`.") Optional<List<String>> routes4,
    @Arg(
            doc =
                "Routes as mappings of `ip`, `next_hop`, `metric`, `table`, `tos`, `cwnd`, `mtu`,"
                    + " `onlink`.")
        Optional<List<Map<String, Value>>> routes4Extended,
    @Arg(doc = "How far its routes are, compared with others.") Optional<Integer> routeMetric4,
    @Arg(doc = "Rules of routing: `priority 5 from 192.168.3.0/24 table 45`.")
        Optional<List<String>> routingRules4,
    @Arg(doc = "Never use it for all other addresses.", defaultsTo = "false") boolean neverDefault4,
    @Arg(doc = "Name servers.") Optional<List<String>> dns4,
    @Arg(doc = "Domains to look names up in.") Optional<List<String>> dns4Search,
    @Arg(doc = "Options of the resolver.") Optional<List<String>> dns4Options,
    @Arg(doc = "Ignore name servers that come from the network.", defaultsTo = "false")
        boolean dns4IgnoreAuto,
    @Arg(
            doc = "Where addresses come from; `manual` when some are given.",
            choices = {"auto", "disabled", "link-local", "manual", "shared"})
        Optional<String> method4,
    @Arg(doc = "The connection may work without IPv4.", defaultsTo = "true") boolean mayFail4,
    @Arg(doc = "What the host calls itself to the DHCP server.") Optional<String> dhcpClientId) {}
