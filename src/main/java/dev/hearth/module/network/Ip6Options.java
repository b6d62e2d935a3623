package dev.hearth.module.network;

import dev.hearth.module.Arg;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a connection says about IPv6. */
public record Ip6Options(
    @Arg(doc = "Addresses, with their prefixes.") Optional<List<String>> ip6,
    @Arg(doc = "The gateway.") Optional<String> gw6,
    @Arg(doc = "Ignore routes that come from the network.", defaultsTo = "false")
        boolean gw6IgnoreAuto,
    @Arg(doc = "Name servers.") Optional<List<String>> dns6,
    @Arg(doc = "Domains to look names up in.") Optional<List<String>> dns6Search,
    @Arg(doc = "Options of the resolver.") Optional<List<String>> dns6Options,
    @Arg(doc = "Ignore name servers that come from the network.", defaultsTo = "false")
        boolean dns6IgnoreAuto,
    @Arg(doc = "Routes: `fd01::/64 fd00::2 10`.") Optional<List<String>> routes6,
    @Arg(
            doc =
                "Routes as mappings of `ip`, `next_hop`, `metric`, `table`, `cwnd`, `mtu`,"
                    + " `onlink`.")
        Optional<List<Map<String, Value>>> routes6Extended,
    @Arg(doc = "How far its routes are, compared with others.") Optional<Integer> routeMetric6,
    @Arg(
            doc = "Where addresses come from; `manual` when some are given.",
            choices = {"auto", "dhcp", "disabled", "ignore", "link-local", "manual", "shared"})
        Optional<String> method6,
    @Arg(
            doc = "Whether addresses change with time.",
            choices = {"disabled", "prefer-public-addr", "prefer-temp-addr", "unknown"})
        Optional<String> ipPrivacy6,
    @Arg(
            doc = "How the host's part of addresses is made.",
            choices = {"default", "default-or-eui64", "eui64", "stable-privacy"})
        Optional<String> addrGenMode6) {}
