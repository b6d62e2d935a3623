package dev.hearth.module.docker;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.FileText;
import dev.hearth.module.Arg;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code community.docker.docker_container}: one container. It is made anew only when a property
 * that the task gives differs and cannot be changed while it stays; the diff says which.
 */
public final class DockerContainer implements Module<DockerContainer.Args> {

  /** The parameters. */
  public record Args(
      @Arg(doc = "The container's name.") String name,
      @Arg(
              doc =
                  "Whether it is there and runs; `present` leaves open whether it runs, `healthy`"
                      + " waits for its health check.",
              choices = {"absent", "healthy", "present", "started", "stopped"},
              defaultsTo = "started")
          String state,
      @Arg(doc = "The image, perhaps with a tag or digest.") Optional<String> image,
      @Arg(
              doc = "When the image is pulled: `always`, `missing` or `never`.",
              defaultsTo = "missing")
          String pull,
      @Arg(
              doc = "Whether check mode counts a pull that may bring nothing new as a change.",
              choices = {"always", "image_not_present"},
              defaultsTo = "image_not_present")
          String pullCheckModeBehavior,
      @Arg(doc = "Remove it when it ends.") Optional<Boolean> autoRemove,
      @Arg(doc = "With `detach: false`, remove it when it has ended.", defaultsTo = "false")
          boolean cleanup,
      @Arg(
              doc =
                  "How strictly single parameters are compared: `strict`, `ignore`,"
                      + " `allow_more_present`.")
          Map<String, String> comparisons,
      @Arg(
              doc = "Defaults of long ago; what is not given is never compared here.",
              choices = {"compatibility", "no_defaults"},
              defaultsTo = "no_defaults")
          String containerDefaultBehavior,
      @Arg(doc = "Leave it running, as is usual; with `false` wait for its end.")
          Optional<Boolean> detach,
      @Arg(
              doc = "Kill it instead of stopping it.",
              aliases = {"forcekill"},
              defaultsTo = "false")
          boolean forceKill,
      @Arg(doc = "Seconds to wait until it is healthy.", defaultsTo = "300")
          double healthyWaitTimeout,
      @Arg(doc = "Another image is no difference.", defaultsTo = "false") boolean ignoreImage,
      @Arg(
              doc = "The image whose own settings count.",
              choices = {"current-image", "desired-image"},
              defaultsTo = "desired-image")
          String imageComparison,
      @Arg(
              doc = "What the image's labels mean to a strict comparison of labels.",
              choices = {"fail", "ignore"},
              defaultsTo = "ignore")
          String imageLabelMismatch,
      @Arg(
              doc = "Whether another name of the same image is a difference.",
              choices = {"ignore", "recreate"},
              defaultsTo = "recreate")
          String imageNameMismatch,
      @Arg(doc = "Keep its volumes without a name when it is removed.", defaultsTo = "true")
          boolean keepVolumes,
      @Arg(doc = "The signal of `force_kill`.") Optional<String> killSignal,
      @Arg(doc = "Labels.") Map<String, Value> labels,
      @Arg(
              doc = "With `detach: false`, write its output to the host's log, too.",
              defaultsTo = "false")
          boolean outputLogs,
      @Arg(doc = "Whether it is paused.") Optional<Boolean> paused,
      @Arg(doc = "The platform of the image, such as `linux/arm64`.") Optional<String> platform,
      @Arg(doc = "Make it anew in any case.", defaultsTo = "false") boolean recreate,
      @Arg(doc = "Seconds to wait until it is gone; the engine waits itself.")
          Optional<Double> removalWaitTimeout,
      @Arg(doc = "Restart it when it runs.", defaultsTo = "false") boolean restart,
      @Arg(
              doc = "When the engine starts it again.",
              choices = {"always", "no", "on-failure", "unless-stopped"})
          Optional<String> restartPolicy,
      @Arg(doc = "How often it does, with `on-failure`.") Optional<Integer> restartRetries,
      @Inline ContainerLimits limits,
      @Inline ContainerNetworking networking,
      @Inline ContainerProcess process,
      @Inline ContainerStorage storage,
      @Inline EngineOptions engine) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.docker.docker_container",
        Args.class,
        "Makes, changes, starts, stops and removes containers.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    List<Fact<?>> facts = new ArrayList<>(List.of(container(want)));
    if (!want.state().equals("absent")) {
      want.image().ifPresent(image -> facts.add(image(want, image)));
      want.process().envFile().ifPresent(file -> facts.add(new FileText(file)));
      facts.addAll(binding(want));
    }
    return facts;
  }

  private static EngineFact container(Args want) {
    return EngineFact.of("/containers/" + EngineCall.part(want.name()) + "/json", want.engine());
  }

  private static EngineFact image(Args want, String image) {
    return EngineFact.of("/images/" + EngineCall.part(image) + "/json", want.engine());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (!List.of("always", "missing", "never", "true", "false").contains(pull(want))) {
      throw new Refusal("pull must be always, missing or never");
    }
    Optional<EngineObject> now = EngineObject.of(host.get(container(want)));
    if (want.state().equals("absent")) {
      return new ContainerPlan(want, now, Optional.empty(), List.of()).remove();
    }
    Optional<EngineObject> image =
        want.image().flatMap(name -> EngineObject.of(host.get(image(want, name))));
    if (image.isEmpty() && want.image().isPresent() && pull(want).equals("never")) {
      throw new Refusal("Cannot find image with name " + want.image().get() + ", and pull=never");
    }
    EngineObject nothing = new EngineObject(Value.Dict.EMPTY);
    Optional<EngineObject> compared = image;
    if (now.isPresent() && (image.isEmpty() || want.imageComparison().equals("current-image"))) {
      compared = EngineObject.of(host.get(image(want, now.get().text("Image"))));
    }
    List<Setting> settings =
        new ContainerSettings(
                want,
                fileVariables(want, host),
                now.orElse(nothing),
                compared.orElse(nothing),
                name -> id(want, name, host),
                usualIp(want, host))
            .all();
    return new ContainerPlan(want, now, image, settings).keep();
  }

  /** When the image is pulled; true and false mean always and missing. */
  static String pull(Args want) {
    return switch (want.pull().toLowerCase(java.util.Locale.ROOT)) {
      case "true", "yes" -> "always";
      case "false", "no" -> "missing";
      default -> want.pull();
    };
  }

  private static String id(Args want, String name, Facts host) {
    EngineFact other =
        EngineFact.of("/containers/" + EngineCall.part(name) + "/json", want.engine());
    return EngineObject.of(host.get(other)).map(found -> found.text("Id")).orElse(name);
  }

  /** The networks that may say where published ports listen when the task does not. */
  private static List<EngineFact> binding(Args want) {
    ContainerNetworking networking = want.networking();
    return networking.publishedPorts().isEmpty() || networking.defaultHostIp().isPresent()
        ? List.of()
        : networking.networks().stream()
            .map(ContainerNetworks::name)
            .map(name -> EngineFact.of("/networks/" + EngineCall.part(name), want.engine()))
            .toList();
  }

  private static String usualIp(Args want, Facts host) {
    return binding(want).stream()
        .flatMap(fact -> EngineObject.of(host.get(fact)).stream())
        .filter(network -> network.text("Driver").equals("bridge"))
        .map(network -> network.text("Options", "com.docker.network.bridge.host_binding_ipv4"))
        .filter(address -> !address.isEmpty())
        .findFirst()
        .orElse("0.0.0.0");
  }

  private static Map<String, Value.Textual> fileVariables(Args want, Facts host) {
    Map<String, Value.Textual> variables = new LinkedHashMap<>();
    if (want.process().envFile().isEmpty()) {
      return variables;
    }
    String file = want.process().envFile().get();
    for (String line : host.get(new FileText(file)).lines().map(String::stripLeading).toList()) {
      int equals = line.indexOf('=');
      if (!line.isEmpty() && !line.startsWith("#") && equals > 0) {
        variables.put(line.substring(0, equals), Value.text(line.substring(equals + 1)));
      }
    }
    return variables;
  }
}
