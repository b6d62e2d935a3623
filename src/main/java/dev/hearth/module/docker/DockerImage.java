package dev.hearth.module.docker;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.PathFact;
import dev.hearth.module.Arg;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code community.docker.docker_image}: an image, wherever it comes from. */
public final class DockerImage implements Module<DockerImage.Args> {

  /** The parameters. */
  public record Args(
      @Arg(doc = "The image's name, perhaps with a tag, or its id.") String name,
      @Arg(doc = "The tag when the name has none.", defaultsTo = "latest") String tag,
      @Arg(
              doc = "Whether it is there.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Arg(
              doc = "Where it comes from when it is not there.",
              choices = {"build", "load", "local", "pull"})
          Optional<String> source,
      @Arg(
              doc =
                  "How it is built: `path`, `dockerfile`, `args`, `cache_from`, `nocache`, `pull`,"
                      + " `network`, `target`, `platform`, `labels`, `etc_hosts`, `shm_size`.")
          Map<String, Value> build,
      @Arg(doc = "How it is pulled: `platform`.") Map<String, Value> pull,
      @Arg(doc = "The archive that it is loaded from.") Optional<String> loadPath,
      @Arg(doc = "The archive that it is saved to.") Optional<String> archivePath,
      @Arg(doc = "Bring it even if it is there.", defaultsTo = "false") boolean forceSource,
      @Arg(doc = "Remove it even if containers use it.", defaultsTo = "false") boolean forceAbsent,
      @Arg(doc = "Give the name to this image even if another has it.", defaultsTo = "false")
          boolean forceTag,
      @Arg(doc = "A further name for it.") Optional<String> repository,
      @Arg(doc = "Push it to its registry.", defaultsTo = "false") boolean push,
      @Inline EngineOptions engine) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.docker.docker_image",
        Args.class,
        "Pulls, builds, loads, names, saves, pushes and removes images.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    List<Fact<?>> facts = new ArrayList<>(List.of(ImageName.fact(name(want), want.engine())));
    want.repository()
        .ifPresent(other -> facts.add(ImageName.of(other, want.tag()).fact(want.engine())));
    want.archivePath().ifPresent(path -> facts.add(new ImageArchive(path).fact()));
    return facts;
  }

  private static String name(Args want) {
    return ImageName.id(want.name())
        ? want.name()
        : ImageName.of(want.name(), want.tag()).toString();
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    String name = name(want);
    Optional<EngineObject> now = EngineObject.of(host.get(ImageName.fact(name, want.engine())));
    List<Step> steps = new ArrayList<>();
    if (want.state().equals("absent")) {
      if (now.isEmpty()) {
        return Verdict.satisfied(Result.ok().with("image", Value.Dict.EMPTY));
      }
      return Verdict.changes(
          List.of(ImageSteps.remove(name, want.forceAbsent(), want.engine())),
          List.of(exists(true, false)),
          Result.changedNow()
              .with("image", Value.Dict.ofTexts(Map.of("state", Value.text("Deleted")))));
    }
    boolean brings = now.isEmpty() || want.forceSource();
    boolean builds = brings && want.source().equals(Optional.of("build"));
    if (brings) {
      bring(want, name, now.isPresent(), steps, host);
    }
    boolean more = further(want, name, now, brings, steps, host);
    if (steps.isEmpty()) {
      return Verdict.satisfied(Result.ok().with("image", now.orElseThrow().description()));
    }
    steps.add(ImageSteps.look(name, want.engine()));
    boolean sure = now.isEmpty() || more || want.push();
    return Verdict.changes(
            steps,
            sure ? List.of(exists(now.isPresent(), true)) : List.of(),
            Result.ok().changed(sure).with("image", Value.Dict.EMPTY))
        .telling(
            (end, ends) ->
                EngineObject.of(EngineFact.body(ends.getLast().out()))
                    .map(
                        then ->
                            end.with("image", then.description())
                                .changed(
                                    more
                                        || now.isEmpty()
                                        || want.push() && pushed(ends.get(ends.size() - 2))
                                        || !then.text("Id").equals(now.get().text("Id"))))
                    .map(told -> builds ? told.with("stdout", said(ends.getFirst())) : told)
                    .orElse(end));
  }

  /** Whether a registry lacked anything of an image, as the engine tells it. */
  private static boolean pushed(Outcome.Exited push) {
    return push.out().lines().anyMatch(line -> line.endsWith(": Pushed"));
  }

  /** What a build said: Buildx says all of it on its standard error. */
  private static String said(Outcome.Exited build) {
    return (build.out().isBlank() ? build.err() : build.out()).strip();
  }

  private static Diff exists(boolean before, boolean after) {
    return new Diff.Properties(
        Map.of("exists", Value.bool(before)), Map.of("exists", Value.bool(after)));
  }

  /** Brings it. */
  private static void bring(Args want, String name, boolean there, List<Step> steps, Facts host) {
    String source =
        want.source()
            .orElseThrow(
                () -> new Refusal("state is present but all of the following are missing: source"));
    switch (source) {
      case "pull" -> {
        if (ImageName.id(want.name())) {
          throw new Refusal("Cannot pull an image by ID");
        }
        Optional<String> platform =
            Optional.ofNullable(want.pull().get("platform"))
                .map(ContainerSettings::scalar)
                .filter(it -> !it.isEmpty());
        steps.add(ImageSteps.pull(name, platform, there, want.engine()));
      }
      case "build" -> {
        Verdict built = new DockerImageBuild().plan(building(want), host);
        if (built instanceof Verdict.Changes changes) {
          steps.add(changes.steps().getFirst());
        }
      }
      case "load" -> {
        String archive =
            want.loadPath().orElseThrow(() -> new Refusal("source=load needs load_path"));
        if (!host.get(new PathFact(archive)).followed().file()) {
          throw new Refusal("Error opening archive " + archive + ": there is no such file");
        }
        steps.add(
            Step.change(
                "load " + name + " from " + archive,
                LoadedImages.script(archive, name, want.engine()),
                there
                    ? new Undo.Impossible("the name belongs to the new image now")
                    : ImageSteps.removal(name, want.engine())));
      }
      default -> {
        if (!there) {
          throw new Refusal("Cannot find the image " + name + " locally.");
        }
      }
    }
  }

  private static DockerImageBuild.Args building(Args want) {
    Map<String, Value> build = want.build();
    List<String> known =
        List.of(
            "path",
            "dockerfile",
            "args",
            "cache_from",
            "nocache",
            "pull",
            "network",
            "target",
            "platform",
            "labels",
            "etc_hosts",
            "shm_size",
            "rm",
            "http_timeout");
    build
        .keySet()
        .forEach(
            key -> {
              if (!known.contains(key)) {
                throw new Refusal(
                    "'" + key + "' of build is not supported; use docker_image_build");
              }
            });
    return new DockerImageBuild.Args(
        want.name(),
        want.tag(),
        text(build, "path").orElseThrow(() -> new Refusal("build needs path")),
        text(build, "dockerfile"),
        texts(build, "cache_from"),
        flag(build, "pull"),
        text(build, "network"),
        flag(build, "nocache"),
        new EngineObject(Value.Dict.ofTexts(build)).entries("etc_hosts"),
        new EngineObject(Value.Dict.ofTexts(build)).entries("args"),
        text(build, "target"),
        texts(build, "platform"),
        text(build, "shm_size"),
        new EngineObject(Value.Dict.ofTexts(build)).entries("labels"),
        "always",
        List.of(),
        List.of(),
        want.engine());
  }

  private static Optional<String> text(Map<String, Value> from, String key) {
    return Optional.ofNullable(from.get(key))
        .map(ContainerSettings::scalar)
        .filter(text -> !text.isEmpty());
  }

  private static List<String> texts(Map<String, Value> from, String key) {
    return from.get(key) instanceof Value.Seq list
        ? list.items().stream().map(ContainerSettings::scalar).toList()
        : text(from, key).map(List::of).orElse(List.of());
  }

  private static boolean flag(Map<String, Value> from, String key) {
    return text(from, key).filter(word -> List.of("true", "yes").contains(word)).isPresent();
  }

  /** A further name, an archive, a push; whether the first two are surely a change. */
  private static boolean further(
      Args want,
      String name,
      Optional<EngineObject> now,
      boolean brings,
      List<Step> steps,
      Facts host) {
    boolean changes = false;
    String pushed = name;
    if (want.repository().isPresent()) {
      ImageName other = ImageName.of(want.repository().get(), want.tag());
      pushed = other.toString();
      Optional<EngineObject> there = EngineObject.of(host.get(other.fact(want.engine())));
      boolean same =
          there.isPresent()
              && now.isPresent()
              && there.get().text("Id").equals(now.get().text("Id"));
      if (there.isEmpty() || !same && want.forceTag()) {
        steps.add(ImageSteps.tag(name, pushed, want.engine()));
        changes = true;
      }
    }
    if (want.archivePath().isPresent()) {
      ImageArchive archive = new ImageArchive(want.archivePath().get());
      boolean held = now.filter(image -> archive.holds(name, image.text("Id"), host)).isPresent();
      if (brings || !held) {
        steps.add(archive.save(name, want.engine(), host));
        changes |= !held;
      }
    }
    if (want.push()) {
      steps.add(
          Step.change(
              "push " + pushed,
              ImageSteps.docker(want.engine(), "image", "push", "--", pushed),
              new Undo.Impossible("what a registry has is not the host's")));
    }
    return changes;
  }
}
