package dev.hearth.module.docker;

import dev.hearth.module.Arg;
import dev.hearth.module.Inline;
import dev.hearth.value.Value;
import java.util.Map;
import java.util.Optional;

/** What {@code docker_config} and {@code docker_secret} share. */
public record SwarmTextOptions(
    @Arg(doc = "Its name.") String name,
    @Arg(
            doc = "Whether it is there.",
            choices = {"absent", "present"},
            defaultsTo = "present")
        String state,
    @Arg(doc = "What is in it.") Optional<Value.Textual> data,
    @Arg(doc = "That is Base64.", defaultsTo = "false") boolean dataIsB64,
    @Arg(doc = "A file on the host with it.") Optional<String> dataSrc,
    @Arg(doc = "Make it anew in any case.", defaultsTo = "false") boolean force,
    @Arg(doc = "Labels.") Map<String, Value> labels,
    @Arg(doc = "Call each content `NAME_vNUMBER`, and keep some older ones.", defaultsTo = "false")
        boolean rollingVersions,
    @Arg(doc = "How many stay, with the newest; -1 for all.", defaultsTo = "5") int versionsToKeep,
    @Inline EngineOptions engine) {}
