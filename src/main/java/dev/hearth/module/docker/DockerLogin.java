package dev.hearth.module.docker;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.FileText;
import dev.hearth.fact.HomeDirectory;
import dev.hearth.fact.HostPath;
import dev.hearth.module.Arg;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.JsonReader;
import dev.hearth.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code community.docker.docker_login}: who the host is to a registry. Whether the registry takes
 * the password is asked before anything is done, so also in check mode; the password goes to the
 * engine and to {@code docker login} on standard input.
 */
public final class DockerLogin implements Module<DockerLogin.Args> {

  private static final String LOGIN =
      """
      u=$1 r=$2
      [ -z "$3" ] || export DOCKER_CONFIG="$3"
      docker login --username "$u" --password-stdin -- "$r"
      """;

  private static final String LOGOUT =
      """
      [ -z "$2" ] || export DOCKER_CONFIG="$2"
      docker logout -- "$1"
      """;

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "The registry.",
              aliases = {"registry", "url"},
              defaultsTo = "https://index.docker.io/v1/")
          String registryUrl,
      @Arg(doc = "The user.") Optional<String> username,
      @Arg(doc = "Its password or token.") Optional<Value.Textual> password,
      @Arg(
              doc = "Ask the registry even if the host knows the same user and password.",
              aliases = {"reauth"},
              defaultsTo = "false")
          boolean reauthorize,
      @Arg(
              doc = "The file with the host's registries; its directory counts.",
              aliases = {"dockercfg_path"})
          Optional<String> configPath,
      @Arg(
              doc = "Whether the host is known there.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Inline EngineOptions engine) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.docker.docker_login", Args.class, "Logs the host in to a registry, or out.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(new HomeDirectory(""));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    String file = new HostPath(want.configPath().orElse("~/.docker/config.json")).on(host);
    String directory = HostPath.directory(file);
    String text = host.get(new FileText(file));
    EngineObject config =
        EngineObject.of(text.isBlank() ? Optional.empty() : Optional.of(JsonReader.read(text)))
            .orElse(new EngineObject(Value.Dict.EMPTY));
    String registry = want.registryUrl();
    String helper = config.text("credHelpers", registry);
    String store = helper.isEmpty() ? config.text("credsStore") : helper;
    Optional<StoredLogin.Login> kept =
        store.isEmpty() ? inFile(config, registry) : host.get(new StoredLogin(store, registry));
    boolean known = kept.isPresent() || config.entries("auths").containsKey(registry);
    Script logout = want.engine().script(LOGOUT, registry, directory);
    Undo forgotten = new Undo.Impossible("what the store held is not kept anywhere else");
    if (want.state().equals("absent")) {
      return known
          ? Verdict.changes(
              List.of(
                  Step.change(
                      "log out of " + registry,
                      logout,
                      store.isEmpty() ? Undo.restore(file) : forgotten)),
              List.of(),
              Result.changedNow())
          : Verdict.satisfied(Result.ok());
    }
    if (want.username().isEmpty() || want.password().isEmpty()) {
      throw new Refusal(
          "state is present but all of the following are missing: username, password");
    }
    String user = want.username().get();
    boolean same =
        kept.equals(Optional.of(new StoredLogin.Login(user, want.password().get().reveal())));
    Map<String, Value> told = new LinkedHashMap<>();
    told.put("username", Value.text(user));
    told.put("serveraddress", Value.text(registry));
    Result result = Result.ok().with("login_result", Value.Dict.ofTexts(told));
    if (same && !want.reauthorize()) {
      return Verdict.satisfied(result);
    }
    RegistryAnswer.Answer answer =
        host.get(new RegistryAnswer(registry, user, want.password().get(), want.engine()));
    if (answer.refused().isPresent()) {
      return Verdict.rejected(
          "Logging into %s for user %s failed - %s"
              .formatted(registry, user, answer.refused().get()));
    }
    Undo undo = kept.isEmpty() ? new Undo.Run("log out of " + registry, logout) : forgotten;
    Step login =
        Step.change(
            "log in to " + registry,
            want.engine()
                .script(LOGIN, user, registry, directory)
                .reading(Payload.of(want.password().get())),
            store.isEmpty() ? Undo.restore(file) : undo);
    return Verdict.changes(
        List.of(login), List.of(), Result.ok().with("login_result", answer.told()).changed(!same));
  }

  /** What stands in the file itself, as docker writes it there without a store. */
  private static Optional<StoredLogin.Login> inFile(EngineObject config, String registry) {
    try {
      byte[] pair = Base64.getDecoder().decode(config.text("auths", registry, "auth"));
      String[] parts = new String(pair, StandardCharsets.UTF_8).split(":", 2);
      return parts.length == 2
          ? Optional.of(new StoredLogin.Login(parts[0], parts[1]))
          : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
