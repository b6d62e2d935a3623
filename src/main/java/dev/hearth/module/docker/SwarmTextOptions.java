package dev.hearth.module.docker;

import dev.hearth.module.Arg;
import dev.hearth.module.Inline;
import dev.hearth.module.Refusal;
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
    @Arg(doc = "A file on the host with it; refused, use lookup('file').") Optional<String> dataSrc,
    @Arg(doc = "Make it anew in any case.", defaultsTo = "false") boolean force,
    @Arg(doc = "Labels.") Map<String, Value> labels,
    @Arg(doc = "Keep older ones under other names; refused.", defaultsTo = "false")
        boolean rollingVersions,
    @Arg(doc = "How many of those; means nothing.", defaultsTo = "5") int versionsToKeep,
    @Inline EngineOptions engine) {

  /** Refuses what is not supported. */
  public SwarmTextOptions {
    if (dataSrc.isPresent() || rollingVersions) {
      throw new Refusal(
          "data_src and rolling_versions are not supported; give data, such as lookup('file',"
              + " 'name')");
    }
  }

  /** The text of the swarm that is wanted. */
  SwarmText text(String kind) {
    return new SwarmText(kind, name, data, dataIsB64, labels, force, engine);
  }

  /** Whether it shall be there. */
  boolean present() {
    return state.equals("present");
  }
}
