package dev.hearth.module.docker;

import dev.hearth.fact.Facts;
import dev.hearth.fact.FileBytes;
import dev.hearth.fact.HostPath;
import dev.hearth.fact.PathFact;
import dev.hearth.module.Refusal;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A secret or a configuration of a swarm: a name with bytes that the engine never changes, so a new
 * content is a new object. What the content was is told by a label with its digest, as
 * community.docker writes it. With rolling versions the older objects stay for a while; each has
 * its number in its name and in a label.
 *
 * @param kind {@code secret} or {@code config}
 * @param want what the task says
 * @param templateDriver what fills in templates in it
 */
record SwarmText(String kind, SwarmTextOptions want, Optional<String> templateDriver) {

  private static final String DIGEST = "ansible_key";
  private static final String VERSION = "ansible_version";

  EngineFact fact() {
    return EngineFact.of(
        "/" + kind + "s?" + EngineCall.filters(Map.of("name", List.of(want.name()))),
        want.engine());
  }

  Verdict plan(Facts host) {
    List<EngineObject> there = there(host);
    return want.state().equals("present") ? keep(there, host) : remove(there);
  }

  /** Those that are meant, the newest last. */
  private List<EngineObject> there(Facts host) {
    return SwarmFacts.list(host.get(fact())).stream()
        .filter(
            each ->
                want.rollingVersions()
                    ? name(each).startsWith(want.name() + "_v")
                    : name(each).equals(want.name()))
        .sorted(Comparator.comparingLong(SwarmText::version))
        .toList();
  }

  private static String name(EngineObject object) {
    return object.text("Spec", "Name");
  }

  private static long version(EngineObject object) {
    String written = object.text("Spec", "Labels", VERSION);
    return written.matches("\\d{1,18}") ? Long.parseLong(written) : 0;
  }

  private Verdict remove(List<EngineObject> there) {
    return there.isEmpty()
        ? Verdict.satisfied(Result.ok())
        : Verdict.changes(
            there.stream().map(this::delete).toList(),
            List.of(
                new Diff.Properties(
                    Map.of("exists", Value.bool(true)), Map.of("exists", Value.bool(false)))),
            Result.changedNow());
  }

  private Verdict keep(List<EngineObject> there, Facts host) {
    Value.Textual data = data(host);
    Optional<EngineObject> now = there.isEmpty() ? Optional.empty() : Optional.of(there.getLast());
    Map<String, Value> labels = new LinkedHashMap<>(want.labels());
    labels.put(DIGEST, Value.text(sha224(Base64.getDecoder().decode(data.reveal()))));
    Map<String, Value> before = new LinkedHashMap<>();
    Map<String, Value> after = new LinkedHashMap<>();
    now.ifPresentOrElse(
        it -> differences(it, labels).forEach(setting -> setting.tell(before, after)),
        () -> {
          before.put("exists", Value.bool(false));
          after.put("exists", Value.bool(true));
        });
    boolean makes = want.force() || !after.isEmpty();
    List<Step> steps = new ArrayList<>();
    String name = now.map(SwarmText::name).orElse(want.name());
    if (makes && want.rollingVersions()) {
      long version = now.map(SwarmText::version).orElse(0L) + 1;
      name = want.name() + "_v" + version;
      labels.put(VERSION, Value.text(Long.toString(version)));
    } else if (makes) {
      now.ifPresent(it -> steps.add(delete(it)));
    }
    int made = steps.size();
    if (makes) {
      steps.add(create(name, data, labels));
    }
    outdated(there, makes)
        .forEach(
            each -> {
              steps.add(delete(each));
              before.put("version " + version(each), Value.bool(true));
              after.put("version " + version(each), Value.bool(false));
            });
    Result known = Result.ok().with(kind + "_name", name);
    if (!makes) {
      known = known.with(kind + "_id", now.orElseThrow().text("ID"));
    }
    if (steps.isEmpty()) {
      return Verdict.satisfied(known);
    }
    return Verdict.changes(steps, List.of(new Diff.Properties(before, after)), known.changed(true))
        .telling(
            (end, ends) ->
                !makes
                    ? end
                    : EngineObject.of(EngineFact.body(ends.get(made).out()))
                        .map(object -> end.with(kind + "_id", object.text("ID")))
                        .orElse(end));
  }

  /** In what the newest one is not as the task says. */
  private List<Setting> differences(EngineObject now, Map<String, Value> labels) {
    Map<String, Value> compared = new LinkedHashMap<>(labels);
    if (now.text("Spec", "Labels", DIGEST).isEmpty()) {
      // Nobody knows what it holds, and its content is no reason to make it anew.
      compared.remove(DIGEST);
    }
    Value driver = templateDriver.<Value>map(Value::text).orElse(Value.NULL);
    return List.of(
            setting(
                "labels",
                Setting.Kind.DICT,
                ContainerSettings.texts(compared),
                now.at("Spec", "Labels")),
            setting(
                "template_driver",
                Setting.Kind.VALUE,
                driver,
                now.at("Spec", "Templating", "Name")))
        .stream()
        .filter(each -> !each.matches(each.usual()))
        .toList();
  }

  private static Setting setting(String name, Setting.Kind kind, Value wanted, Value actual) {
    return new Setting(name, kind, List.of(), wanted, wanted, actual, false);
  }

  /** Versions that are too old to be kept. */
  private List<EngineObject> outdated(List<EngineObject> there, boolean makes) {
    if (!want.rollingVersions() || want.versionsToKeep() < 0) {
      return List.of();
    }
    int surplus = there.size() + (makes ? 1 : 0) - Math.max(want.versionsToKeep(), 1);
    return there.subList(0, Math.max(surplus, 0));
  }

  private Step create(String name, Value.Textual data, Map<String, Value> labels) {
    Map<String, Value> body = new LinkedHashMap<>();
    body.put("Name", Value.text(name));
    body.put("Data", data);
    body.put("Labels", ContainerSettings.texts(labels));
    templateDriver.ifPresent(
        driver -> body.put("Templating", Value.Dict.ofTexts(Map.of("Name", Value.text(driver)))));
    return EngineCall.post("/" + kind + "s/create", want.engine())
        .sending(Value.Dict.ofTexts(body))
        .step(
            "make the " + kind + " " + name,
            EngineCall.delete("/" + kind + "s/" + EngineCall.part(name), want.engine())
                .undoInSwarm("remove the " + kind + " " + name));
  }

  private Step delete(EngineObject now) {
    Undo undo =
        kind.equals("config")
            ? EngineCall.post("/configs/create", want.engine())
                .sending(now.at("Spec"))
                .undoInSwarm("make the config " + name(now) + " again")
            : new Undo.Impossible("the engine never tells what a secret was");
    return EngineCall.delete("/" + kind + "s/" + EngineCall.part(now.text("ID")), want.engine())
        .step("remove the " + kind + " " + name(now), undo);
  }

  /** What is wanted in it, as Base64; from a file of the host's it is as secret as the kind is. */
  private Value.Textual data(Facts host) {
    if (want.data().isPresent()) {
      Value.Textual given = want.data().get();
      return given.with(Base64.getEncoder().encodeToString(bytes(given.reveal())));
    }
    String file =
        new HostPath(
                want.dataSrc()
                    .orElseThrow(
                        () ->
                            new Refusal(
                                "state is present but any of the following are missing: data,"
                                    + " data_src")))
            .on(host);
    if (!host.get(new PathFact(file)).followed().file()) {
      throw new Refusal("Error while reading " + file + ": it is no file on this host");
    }
    byte[] bytes = host.get(new FileBytes(file)).getBytes(StandardCharsets.ISO_8859_1);
    String coded = Base64.getEncoder().encodeToString(bytes);
    return kind.equals("secret") ? new Value.Secret(coded) : Value.text(coded);
  }

  private byte[] bytes(String given) {
    try {
      return want.dataIsB64()
          ? Base64.getMimeDecoder().decode(given)
          : given.getBytes(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      throw new Refusal("data_is_b64 is true but data is no Base64");
    }
  }

  private static String sha224(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-224").digest(bytes));
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException(never);
    }
  }
}
