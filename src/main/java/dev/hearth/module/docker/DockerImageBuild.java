package dev.hearth.module.docker;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.PathFact;
import dev.hearth.module.Arg;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code community.docker.docker_image_build}: an image built by docker's own builder. */
public final class DockerImageBuild implements Module<DockerImageBuild.Args> {

  /** The parameters. */
  public record Args(
      @Arg(doc = "The image's name.") String name,
      @Arg(doc = "The tag when the name has none.", defaultsTo = "latest") String tag,
      @Arg(doc = "The directory on the host with what is built.") String path,
      @Arg(doc = "The file that says how, relative to that directory.") Optional<String> dockerfile,
      @Arg(doc = "Images whose layers are used again.") List<String> cacheFrom,
      @Arg(doc = "Pull the images that it begins with.", defaultsTo = "false") boolean pull,
      @Arg(doc = "The network while it builds.") Optional<String> network,
      @Arg(doc = "Use no layers again.", defaultsTo = "false") boolean nocache,
      @Arg(doc = "Further lines of /etc/hosts while it builds.") Map<String, Value> etcHosts,
      @Arg(doc = "Arguments of the build. Who has the image can see them with `docker history`.")
          Map<String, Value> args,
      @Arg(doc = "The stage to stop at.") Optional<String> target,
      @Arg(doc = "The platforms.") List<String> platform,
      @Arg(doc = "Size of /dev/shm while it builds.") Optional<String> shmSize,
      @Arg(doc = "Labels of the image.") Map<String, Value> labels,
      @Arg(
              doc = "Whether an image that is there is built again.",
              choices = {"always", "never"},
              defaultsTo = "never")
          String rebuild,
      @Arg(
              doc =
                  "Secrets of the build, files under /run/secrets in it: mappings with `id`,"
                      + " `type` (file, env, value) and `src`, `env` or `value`; needs Buildx.")
          List<Map<String, Value>> secrets,
      @Arg(
              doc =
                  "Where the result goes as well: mappings with `type` (local, tar, oci, docker,"
                      + " image), and `dest`, `context`, `name` and `push`; needs Buildx.")
          List<Map<String, Value>> outputs,
      @Inline EngineOptions engine) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of("community.docker.docker_image_build", Args.class, "Builds an image.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(
        ImageName.of(want.name(), want.tag()).fact(want.engine()), new PathFact(want.path()));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    ImageName name = ImageName.of(want.name(), want.tag());
    BuildParts parts = new BuildParts(want.secrets(), want.outputs(), name.toString());
    List<String> words = words(want, parts);
    Optional<Value> now = host.get(name.fact(want.engine()));
    if (now.isPresent() && want.rebuild().equals("never")) {
      return Verdict.satisfied(Result.ok().with("image", now.get()));
    }
    if (!host.get(new PathFact(want.path())).followed().directory()) {
      throw new Refusal("\"" + want.path() + "\" is not an existing directory");
    }
    List<Undo> undo = new ArrayList<>(parts.undo());
    undo.add(unnamed(name.toString(), now.isPresent(), want));
    for (String other : parts.otherNames()) {
      boolean there = host.get(ImageName.fact(other, want.engine())).isPresent();
      undo.add(unnamed(other, there, want));
    }
    Script script =
        parts.none()
            ? ImageSteps.build(want.engine(), words)
            : ImageSteps.buildx(want.engine(), words);
    Step build =
        Step.change(
            "build " + name,
            script.in(parts.environment()).in(secretArguments(want)),
            undo.size() == 1 ? undo.getFirst() : new Undo.Several(undo));
    List<String> command =
        new ArrayList<>(parts.none() ? List.of("build") : List.of("buildx", "build"));
    command.addAll(words);
    return Verdict.changes(
            List.of(build, ImageSteps.look(name.toString(), want.engine())),
            List.of(),
            Result.changedNow().with("image", Value.Dict.EMPTY))
        .telling(
            (end, ends) ->
                end.with("image", EngineFact.body(ends.getLast().out()).orElse(Value.NULL))
                    .with("command", new Value.Seq(ContainerSettings.each(command)))
                    .with("stdout", ends.getFirst().out())
                    .with("stderr", ends.getFirst().err()));
  }

  private static Undo unnamed(String name, boolean there, Args want) {
    return there
        ? new Undo.Impossible("the name belongs to the new image now")
        : ImageSteps.removal(name, want.engine());
  }

  private static List<String> words(Args want, BuildParts parts) {
    List<String> words = new ArrayList<>(parts.words());
    want.dockerfile().ifPresent(file -> words.addAll(List.of("--file", want.path() + "/" + file)));
    want.cacheFrom().forEach(image -> words.addAll(List.of("--cache-from", image)));
    if (want.pull()) {
      words.add("--pull");
    }
    if (want.nocache()) {
      words.add("--no-cache");
    }
    want.network().ifPresent(network -> words.addAll(List.of("--network", network)));
    want.target().ifPresent(stage -> words.addAll(List.of("--target", stage)));
    want.platform().forEach(platform -> words.addAll(List.of("--platform", platform)));
    want.shmSize()
        .ifPresent(size -> words.addAll(List.of("--shm-size", Long.toString(Bytes.of(size)))));
    want.args()
        .forEach(
            (key, value) -> {
              words.add("--build-arg");
              words.add(
                  value instanceof Value.Secret
                      ? key
                      : key + "=" + ContainerSettings.scalar(value));
            });
    pairs(words, "--label", "=", want.labels());
    pairs(words, "--add-host", ":", want.etcHosts());
    words.addAll(List.of("--", want.path()));
    return words;
  }

  /** The builder takes an argument without a value from its environment. */
  private static Map<String, Word> secretArguments(Args want) {
    Map<String, Word> variables = new LinkedHashMap<>();
    want.args()
        .forEach(
            (key, value) -> {
              if (value instanceof Value.Secret secret) {
                if (!key.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                  throw new Refusal("a secret argument's name is letters, digits and _: " + key);
                }
                variables.put(key, Word.of(secret));
              }
            });
    return variables;
  }

  private static void pairs(
      List<String> words, String option, String between, Map<String, Value> entries) {
    entries.forEach(
        (key, value) -> {
          if (value instanceof Value.Secret) {
            throw new Refusal(
                "'" + key + "' is a secret and would be seen in the list of processes");
          }
          words.add(option);
          words.add(key + between + ContainerSettings.scalar(value));
        });
  }
}
