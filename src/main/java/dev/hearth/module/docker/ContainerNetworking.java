package dev.hearth.module.docker;

import dev.hearth.module.Arg;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a container is reached: the parameters of {@code docker_container} about the network. */
public record ContainerNetworking(
    @Arg(doc = "The address that published ports listen on when they name none.")
        Optional<String> defaultHostIp,
    @Arg(doc = "Options of its resolver.") List<String> dnsOpts,
    @Arg(doc = "Domains that its resolver tries.") List<String> dnsSearchDomains,
    @Arg(doc = "Its name servers.") List<String> dnsServers,
    @Arg(doc = "Its domain name.") Optional<String> domainname,
    @Arg(doc = "Further lines of its /etc/hosts: addresses by name.") Map<String, Value> etcHosts,
    @Arg(
            doc = "Ports that other containers may reach.",
            aliases = {"exposed", "expose"})
        List<String> exposedPorts,
    @Arg(doc = "Its host name.") Optional<String> hostname,
    @Arg(doc = "Other containers it knows by name: `container:alias`.") List<String> links,
    @Arg(doc = "Its hardware address.") Optional<String> macAddress,
    @Arg(doc = "`bridge`, `host`, `none`, `container:NAME` or a network's name.")
        Optional<String> networkMode,
    @Arg(
            doc =
                "The networks it is in: mappings with `name`, and perhaps `ipv4_address`,"
                    + " `ipv6_address`, `aliases`, `links` and `mac_address`.")
        List<Map<String, Value>> networks,
    @Arg(
            doc = "The first of `networks` is its `network_mode` when none is given.",
            defaultsTo = "true")
        boolean networksCliCompatible,
    @Arg(doc = "Publish all ports that the image exposes.") Optional<Boolean> publishAllPorts,
    @Arg(
            doc = "Ports published on the host: `80`, `8080:80`, `127.0.0.1:53:53/udp`.",
            aliases = {"ports"})
        List<String> publishedPorts,
    @Arg(doc = "Take it out of networks that are not listed.", defaultsTo = "false")
        boolean purgeNetworks) {}
