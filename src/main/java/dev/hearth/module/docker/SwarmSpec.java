package dev.hearth.module.docker;

import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a swarm.
 *
 * @param want what the task says
 * @param now the swarm; an empty description when there is none
 */
record SwarmSpec(DockerSwarm.Args want, EngineObject now) {

  /** What the swarm has, with what the task says on top. */
  Value wanted() {
    Map<String, Value> spec = new LinkedHashMap<>(now.entries("Spec"));
    want.name().ifPresent(it -> spec.put("Name", Value.text(it)));
    if (!want.labels().isEmpty()) {
      spec.put("Labels", ContainerSettings.texts(want.labels()));
    }
    put(spec, "Orchestration", "TaskHistoryRetentionLimit", want.taskHistoryRetentionLimit());
    put(spec, "Dispatcher", "HeartbeatPeriod", want.dispatcherHeartbeatPeriod());
    put(spec, "CAConfig", "NodeCertExpiry", want.nodeCertExpiry());
    put(spec, "CAConfig", "ForceRotate", want.caForceRotate());
    put(spec, "Raft", "ElectionTick", want.electionTick());
    put(spec, "Raft", "HeartbeatTick", want.heartbeatTick());
    put(spec, "Raft", "KeepOldSnapshots", want.keepOldSnapshots());
    put(spec, "Raft", "LogEntriesForSlowFollowers", want.logEntriesForSlowFollowers());
    put(spec, "Raft", "SnapshotInterval", want.snapshotInterval());
    authority(spec);
    if (want.autolockManagers().isPresent()) {
      spec.put(
          "EncryptionConfig",
          Value.Dict.ofTexts(
              Map.of("AutoLockManagers", Value.bool(want.autolockManagers().get()))));
    }
    return Value.Dict.ofTexts(spec);
  }

  private void put(
      Map<String, Value> spec, String group, String key, Optional<? extends Number> wanted) {
    wanted.ifPresent(number -> put(spec, group, Map.of(key, Value.number(number.longValue()))));
  }

  private void put(Map<String, Value> spec, String group, Map<String, Value> more) {
    Map<String, Value> entries =
        new LinkedHashMap<>(
            spec.get(group) instanceof Value.Dict known
                ? new EngineObject(known).entries()
                : now.entries("Spec", group));
    entries.putAll(more);
    spec.put(group, Value.Dict.ofTexts(entries));
  }

  /** The engine never tells certificate and key, but the root that the swarm trusts. */
  private void authority(Map<String, Value> spec) {
    if (want.signingCaCert().isEmpty()
        || want.signingCaCert().get().strip().equals(now.text("TLSInfo", "TrustRoot").strip())) {
      return;
    }
    Map<String, Value> authority = new LinkedHashMap<>();
    authority.put("SigningCACert", Value.text(want.signingCaCert().get()));
    authority.put("SigningCAKey", new Value.Secret(want.signingCaKey().orElseThrow().reveal()));
    put(spec, "CAConfig", authority);
  }
}
