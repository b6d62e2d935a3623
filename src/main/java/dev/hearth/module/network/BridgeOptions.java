package dev.hearth.module.network;

import dev.hearth.module.Arg;

/** What only bridges and their ports have. */
public record BridgeOptions(
    @Arg(doc = "The bridge speaks the spanning tree protocol.", defaultsTo = "true") boolean stp,
    @Arg(doc = "The bridge's priority in it.", defaultsTo = "128") int priority,
    @Arg(doc = "A port's priority in it.", defaultsTo = "32") int slavepriority,
    @Arg(doc = "Seconds before a port forwards.", defaultsTo = "15") int forwarddelay,
    @Arg(doc = "Seconds between signs of life.", defaultsTo = "2") int hellotime,
    @Arg(doc = "Seconds that a sign of life is believed.", defaultsTo = "20") int maxage,
    @Arg(doc = "Seconds that an address is remembered.", defaultsTo = "300") int ageingtime,
    @Arg(doc = "A port may send back where a packet came from.", defaultsTo = "false")
        boolean hairpin,
    @Arg(doc = "What a way through a port costs.", defaultsTo = "100") int pathCost) {}
