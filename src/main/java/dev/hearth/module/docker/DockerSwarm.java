package dev.hearth.module.docker;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code community.docker.docker_swarm}: makes, joins and leaves a swarm. */
public final class DockerSwarm implements Module<DockerSwarm.Args> {

  private static final String GATEWAY = "/networks/docker_gwbridge";

  /** A swarm trusts another root when all its nodes have new certificates; some may be away. */
  private static final String AWAIT_AUTHORITY =
      """
      n=0
      while [ "$(docker swarm ca 2>/dev/null)" != "$1" ] && [ $n -lt 60 ]; do
        n=$((n + 1))
        sleep 1
      done
      """;

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "Whether the host is in a swarm; `remove` takes another node out of it.",
              choices = {"absent", "join", "present", "remove"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "The address that other nodes use.") Optional<String> advertiseAddr,
      @Arg(doc = "Where it listens.", defaultsTo = "0.0.0.0:2377") String listenAddr,
      @Arg(doc = "Managers to join.") List<String> remoteAddrs,
      @Arg(doc = "The token to join with.") Optional<Value.Textual> joinToken,
      @Arg(doc = "The address of the containers' traffic.") Optional<String> dataPathAddr,
      @Arg(doc = "Its port.") Optional<Integer> dataPathPort,
      @Arg(doc = "Addresses of the networks that will be made.") List<String> defaultAddrPool,
      @Arg(doc = "Length of their prefix.") Optional<Integer> subnetSize,
      @Arg(doc = "Make a new swarm, or leave as the last manager.", defaultsTo = "false")
          boolean force,
      @Arg(doc = "The node of `remove`.") Optional<String> nodeId,
      @Arg(doc = "A managers' key is needed after a restart.") Optional<Boolean> autolockManagers,
      @Arg(doc = "Nanoseconds between heartbeats.") Optional<Integer> dispatcherHeartbeatPeriod,
      @Arg(doc = "Raft's election tick.") Optional<Integer> electionTick,
      @Arg(doc = "Raft's heartbeat tick.") Optional<Integer> heartbeatTick,
      @Arg(doc = "Snapshots to keep.") Optional<Integer> keepOldSnapshots,
      @Arg(doc = "Log entries kept for slow followers.")
          Optional<Integer> logEntriesForSlowFollowers,
      @Arg(doc = "Entries between snapshots.") Optional<Integer> snapshotInterval,
      @Arg(doc = "Tasks that are remembered.") Optional<Integer> taskHistoryRetentionLimit,
      @Arg(doc = "Nanoseconds that certificates of nodes are good for.")
          Optional<Long> nodeCertExpiry,
      @Arg(doc = "Counts up to renew the authority.") Optional<Integer> caForceRotate,
      @Arg(doc = "The certificate of the authority that signs those, as PEM; needs its key.")
          Optional<String> signingCaCert,
      @Arg(doc = "The authority's key, as PEM.") Optional<Value.Textual> signingCaKey,
      @Arg(doc = "The swarm's name.") Optional<String> name,
      @Arg(doc = "Its labels.") Map<String, Value> labels,
      @Arg(doc = "A new token for managers.", defaultsTo = "false") boolean rotateManagerToken,
      @Arg(doc = "A new token for workers.", defaultsTo = "false") boolean rotateWorkerToken,
      @Inline EngineOptions engine) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.docker.docker_swarm", Args.class, "Makes, joins, changes and leaves a swarm.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(SwarmFacts.info(want.engine()));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.signingCaCert().isPresent() != want.signingCaKey().isPresent()) {
      throw new Refusal("signing_ca_cert and signing_ca_key are required together");
    }
    EngineObject info = SwarmFacts.info(host, want.engine());
    return switch (want.state()) {
      case "join" -> join(want, info, host);
      case "absent" -> leave(want, info);
      case "remove" -> remove(want, info, host);
      default -> SwarmFacts.manager(info) && !want.force() ? change(want, host) : init(want, host);
    };
  }

  private static Verdict join(Args want, EngineObject info, Facts host) {
    if (SwarmFacts.member(info)) {
      return Verdict.satisfied(actions("This node is already part of a swarm."));
    }
    Value.Textual token =
        want.joinToken()
            .orElseThrow(
                () ->
                    new Refusal(
                        "state is join but all of the following are missing: remote_addrs,"
                            + " join_token"));
    Map<String, Value> body = addresses(want);
    body.put("RemoteAddrs", new Value.Seq(ContainerSettings.each(want.remoteAddrs())));
    body.put("JoinToken", token);
    return one(
        "join the swarm",
        EngineCall.post("/swarm/join", want.engine()).sending(Value.Dict.ofTexts(body)),
        leaving(want, host),
        actions("New node is added to swarm cluster"));
  }

  private static Verdict leave(Args want, EngineObject info) {
    if (!SwarmFacts.member(info)) {
      return Verdict.satisfied(actions("This node is not part of a swarm."));
    }
    return one(
        "leave the swarm",
        EngineCall.post("/swarm/leave?force=" + want.force(), want.engine()),
        new Undo.Impossible("a node that left has to join anew"),
        actions("Node has left the swarm cluster"));
  }

  private static Verdict remove(Args want, EngineObject info, Facts host) {
    SwarmFacts.mustManage(info);
    String id =
        want.nodeId()
            .orElseThrow(
                () -> new Refusal("state is remove but all of the following are missing: node_id"));
    String path = "/nodes/" + EngineCall.part(id);
    if (host.get(EngineFact.of(path, want.engine())).isEmpty()) {
      return Verdict.satisfied(actions("This node is not part of a swarm."));
    }
    return one(
        "take the node " + id + " out of the swarm",
        EngineCall.delete(path + "?force=" + want.force(), want.engine()),
        new Undo.Impossible("a node that is out has to join anew"),
        actions("Node is removed from swarm cluster."));
  }

  private static Verdict init(Args want, Facts host) {
    Map<String, Value> body = addresses(want);
    want.dataPathPort().ifPresent(port -> body.put("DataPathPort", Value.number(port)));
    if (!want.defaultAddrPool().isEmpty()) {
      body.put("DefaultAddrPool", new Value.Seq(ContainerSettings.each(want.defaultAddrPool())));
    }
    want.subnetSize().ifPresent(size -> body.put("SubnetSize", Value.number(size)));
    body.put("ForceNewCluster", Value.bool(want.force()));
    body.put("Spec", new SwarmSpec(want, new EngineObject(Value.Dict.EMPTY)).wanted());
    EngineFact swarm = EngineFact.of("/swarm", want.engine());
    Step make =
        EngineCall.post("/swarm/init", want.engine())
            .sending(Value.Dict.ofTexts(body))
            .step("make a swarm", leaving(want, host));
    boolean locks = want.autolockManagers().orElse(false);
    return Verdict.changes(
            looking(make, swarm, locks, want),
            List.of(
                new Diff.Properties(
                    Map.of("state", Value.text("absent")), Map.of("state", Value.text("present")))),
            actions("New Swarm cluster created").changed(true))
        .telling(
            (end, ends) -> {
              EngineObject made = new EngineObject(facts(ends, locks));
              Map<String, Value> told = new LinkedHashMap<>();
              told.put("JoinTokens", made.at("JoinTokens"));
              told.put("UnlockKey", made.at("UnlockKey"));
              return end.with(
                      "actions",
                      Value.Seq.of(Value.text("New Swarm cluster created: " + made.text("ID"))))
                  .with("swarm_facts", Value.Dict.ofTexts(told));
            });
  }

  private static Verdict change(Args want, Facts host) {
    EngineFact fact = EngineFact.of("/swarm", want.engine());
    EngineObject now = EngineObject.of(host.get(fact)).orElseThrow();
    Value spec = new SwarmSpec(want, now).wanted();
    boolean same = Setting.part(spec, now.at("Spec"));
    if (same && !want.rotateManagerToken() && !want.rotateWorkerToken()) {
      return Verdict.satisfied(
          actions("No modification").with("swarm_facts", facts(now.description(), Value.NULL)));
    }
    String query =
        "?version="
            + ContainerSettings.scalar(now.at("Version", "Index"))
            + "&rotateManagerToken="
            + want.rotateManagerToken()
            + "&rotateWorkerToken="
            + want.rotateWorkerToken();
    Step update =
        EngineCall.post("/swarm/update" + query, want.engine())
            .sending(spec)
            .step(
                "change the swarm",
                new Undo.Impossible(
                    "the engine takes a change only with the version that the swarm has by then"));
    boolean locks =
        want.autolockManagers().orElse(false)
            && !now.flag("Spec", "EncryptionConfig", "AutoLockManagers");
    return Verdict.changes(
            looking(update, fact, locks, want),
            List.of(
                new Diff.Properties(
                    now.entries("Spec"), new EngineObject((Value.Dict) spec).entries())),
            actions("Swarm cluster updated").changed(true))
        .telling((end, ends) -> end.with("swarm_facts", facts(ends, locks)));
  }

  private static Map<String, Value> addresses(Args want) {
    Map<String, Value> body = new LinkedHashMap<>();
    body.put("ListenAddr", Value.text(want.listenAddr()));
    want.advertiseAddr().ifPresent(it -> body.put("AdvertiseAddr", Value.text(it)));
    want.dataPathAddr().ifPresent(it -> body.put("DataPathAddr", Value.text(it)));
    return body;
  }

  /** Out of the swarm, and without the network that the engine makes for it and leaves behind. */
  private static Undo leaving(Args want, Facts host) {
    // 503 is said by a node that has left already.
    Undo leave =
        EngineCall.post("/swarm/leave?force=true", want.engine())
            .fine("503")
            .undo("leave the swarm");
    if (host.get(EngineFact.of(GATEWAY, want.engine())).isPresent()) {
      return leave;
    }
    // 403 is said while containers use it.
    EngineCall remove = EngineCall.delete(GATEWAY, want.engine()).fine("403 404");
    return new Undo.Several(List.of(leave, remove.undo("remove the network docker_gwbridge")));
  }

  private static Verdict one(String what, EngineCall call, Undo undo, Result result) {
    return Verdict.changes(List.of(call.step(what, undo)), List.of(), result.changed(true));
  }

  private static Result actions(String what) {
    return Result.ok().with("actions", Value.Seq.of(Value.text(what)));
  }

  /** The change, a look at the swarm, and one at the key that unlocks it if it is locked now. */
  private static List<Step> looking(Step change, EngineFact swarm, boolean locks, Args want) {
    List<Step> steps = new ArrayList<>(List.of(change));
    want.signingCaCert()
        .ifPresent(
            certificate ->
                steps.add(
                    Step.read(
                        "wait for the authority",
                        want.engine().script(AWAIT_AUTHORITY, certificate.strip()))));
    steps.add(Step.read("look at the swarm", swarm.probe()));
    if (locks) {
      EngineFact key = EngineFact.of("/swarm/unlockkey", want.engine());
      steps.add(Step.read("look at the swarm's key", key.probe()));
    }
    return steps;
  }

  private static Value.Dict facts(List<Outcome.Exited> ends, boolean locks) {
    EngineObject swarm = answered(ends.get(ends.size() - (locks ? 2 : 1)));
    Value key = locks ? answered(ends.getLast()).at("UnlockKey") : Value.NULL;
    return facts(swarm.description(), key);
  }

  private static EngineObject answered(Outcome.Exited end) {
    return EngineObject.of(EngineFact.body(end.out())).orElse(new EngineObject(Value.Dict.EMPTY));
  }

  private static Value.Dict facts(Value.Dict swarm, Value key) {
    Map<String, Value> facts = new LinkedHashMap<>(new EngineObject(swarm).entries());
    facts.put("UnlockKey", key);
    return Value.Dict.ofTexts(facts);
  }
}
