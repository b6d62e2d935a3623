package dev.hearth.module.network;

import dev.hearth.module.Arg;
import java.util.Optional;

/** What only bonds and teams have. */
public record BondOptions(
    @Arg(
            doc = "How a bond shares the load.",
            choices = {
              "802.3ad",
              "active-backup",
              "balance-alb",
              "balance-rr",
              "balance-tlb",
              "balance-xor",
              "broadcast"
            },
            defaultsTo = "balance-rr")
        String mode,
    @Arg(doc = "Milliseconds between looks at a bond's links.") Optional<Integer> miimon,
    @Arg(doc = "Milliseconds before a link of a bond counts as down.") Optional<Integer> downdelay,
    @Arg(doc = "Milliseconds before a link of a bond counts as up.") Optional<Integer> updelay,
    @Arg(doc = "What decides which link of a bond a packet takes.") Optional<String> xmitHashPolicy,
    @Arg(
            doc = "Whose MAC address a bond has after its link changed.",
            choices = {"active", "follow", "none"})
        Optional<String> failOverMac,
    @Arg(doc = "Milliseconds between a bond's questions by ARP.") Optional<Integer> arpInterval,
    @Arg(doc = "Whom a bond asks by ARP.") Optional<String> arpIpTarget,
    @Arg(doc = "The link that a bond prefers.") Optional<String> primary,
    @Arg(
            doc = "How a team shares the load.",
            choices = {"activebackup", "broadcast", "lacp", "loadbalance", "roundrobin"},
            defaultsTo = "roundrobin")
        String runner,
    @Arg(
            doc = "Whose MAC address a team has; for `activebackup`.",
            choices = {"by_active", "only_active", "same_all"})
        Optional<String> runnerHwaddrPolicy,
    @Arg(doc = "Ask for a packet each second; for `lacp`.") Optional<Boolean> runnerFastRate) {}
