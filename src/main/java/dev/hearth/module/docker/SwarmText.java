package dev.hearth.module.docker;

import dev.hearth.fact.Facts;
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
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A secret or a configuration of a swarm: a name with bytes that the engine never changes, so a new
 * content is a new object. What the content was is told by a label with its digest, as
 * community.docker writes it.
 *
 * @param kind {@code secret} or {@code config}
 * @param name the name
 * @param data the bytes as text; nothing to remove
 * @param base64 whether they are Base64 already
 * @param labels the labels
 * @param force make it anew in any case
 * @param engine which engine
 */
record SwarmText(
    String kind,
    String name,
    Optional<Value.Textual> data,
    boolean base64,
    Map<String, Value> labels,
    boolean force,
    EngineOptions engine) {

  private static final String DIGEST = "ansible_key";

  EngineFact fact() {
    return EngineFact.of(
        "/" + kind + "s?" + EngineCall.filters(Map.of("name", List.of(name))), engine);
  }

  Verdict plan(boolean present, Facts host) {
    Optional<EngineObject> now =
        host.get(fact()).stream()
            .flatMap(all -> all instanceof Value.Seq list ? list.items().stream() : Stream.empty())
            .map(each -> new EngineObject((Value.Dict) each))
            .filter(each -> each.text("Spec", "Name").equals(name))
            .findFirst();
    Map<String, Value> before = new LinkedHashMap<>();
    Map<String, Value> after = new LinkedHashMap<>();
    List<Step> steps = new ArrayList<>();
    if (!present) {
      if (now.isEmpty()) {
        return Verdict.satisfied(Result.ok());
      }
      before.put("exists", Value.bool(true));
      after.put("exists", Value.bool(false));
      steps.add(delete(now.get()));
      return Verdict.changes(
          steps, List.of(new Diff.Properties(before, after)), Result.changedNow());
    }
    byte[] bytes = bytes();
    Map<String, Value> all = new LinkedHashMap<>(labels);
    all.put(DIGEST, Value.text(sha224(bytes)));
    if (now.isPresent()) {
      Map<String, Value> compared = new LinkedHashMap<>(all);
      if (now.get().text("Spec", "Labels", DIGEST).isEmpty()) {
        // Nobody knows what it holds, and its content is no reason to make it anew.
        compared.remove(DIGEST);
      }
      Value wanted = ContainerSettings.texts(compared);
      Setting difference =
          new Setting(
              "labels",
              Setting.Kind.DICT,
              List.of(),
              wanted,
              wanted,
              now.get().at("Spec", "Labels"),
              false);
      if (!force && difference.matches(difference.usual())) {
        return Verdict.satisfied(told(now.get().text("ID")));
      }
      difference.tell(before, after);
      steps.add(delete(now.get()));
    } else {
      before.put("exists", Value.bool(false));
      after.put("exists", Value.bool(true));
    }
    Map<String, Value> body = new LinkedHashMap<>();
    body.put("Name", Value.text(name));
    Value.Textual given = data.orElseThrow();
    body.put("Data", given.with(Base64.getEncoder().encodeToString(bytes)));
    body.put("Labels", ContainerSettings.texts(all));
    steps.add(
        EngineCall.post("/" + kind + "s/create", engine)
            .sending(Value.Dict.ofTexts(body))
            .step(
                "make the " + kind + " " + name,
                EngineCall.delete("/" + kind + "s/" + EngineCall.part(name), engine)
                    .undo("remove the " + kind + " " + name)));
    return Verdict.changes(steps, List.of(new Diff.Properties(before, after)), Result.changedNow())
        .telling(
            (end, ends) ->
                EngineObject.of(EngineFact.body(ends.getLast().out()))
                    .map(made -> told(made.text("ID")).changed(true))
                    .orElse(end));
  }

  private Result told(String id) {
    return Result.ok().with(kind + "_id", id).with(kind + "_name", name);
  }

  private Step delete(EngineObject now) {
    Undo undo =
        kind.equals("config")
            ? EngineCall.post("/configs/create", engine)
                .sending(now.at("Spec"))
                .undo("make the config " + name + " again")
            : new Undo.Impossible("the engine never tells what a secret was");
    return EngineCall.delete("/" + kind + "s/" + EngineCall.part(now.text("ID")), engine)
        .step("remove the " + kind + " " + name, undo);
  }

  private byte[] bytes() {
    Value.Textual given =
        data.orElseThrow(
            () ->
                new Refusal(
                    "state is present but any of the following are missing: data, data_src"));
    try {
      return base64
          ? Base64.getMimeDecoder().decode(given.reveal())
          : given.reveal().getBytes(StandardCharsets.UTF_8);
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
