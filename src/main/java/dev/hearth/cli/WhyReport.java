package dev.hearth.cli;

import dev.hearth.diag.Location;
import dev.hearth.run.Explanation;
import dev.hearth.value.Value;
import dev.hearth.vars.Level;
import dev.hearth.vars.Variable;
import dev.hearth.view.Masker;
import dev.hearth.yaml.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Explanations of variables as text for people, or as JSON. No secret is in either. */
final class WhyReport {

  private static final int LABEL = 11;

  private WhyReport() {}

  /** For people: one paragraph for each play; plays that agree share one. */
  static String text(List<Explanation> explanations) {
    Map<String, List<Explanation>> same = new LinkedHashMap<>();
    explanations.forEach(
        each -> same.computeIfAbsent(body(each), body -> new ArrayList<>()).add(each));
    StringBuilder text = new StringBuilder();
    same.forEach(
        (body, those) -> {
          text.append(text.isEmpty() ? "" : "\n");
          for (Explanation each : those) {
            each.play()
                .ifPresent(
                    play -> text.append("in play '%s' (%s):\n".formatted(play.name(), play.at())));
          }
          text.append(body);
        });
    return text.toString().stripTrailing();
  }

  private static String body(Explanation each) {
    StringBuilder text = new StringBuilder();
    text.append(each.variable()).append(" of ").append(each.host()).append(' ').append(is(each));
    text.append('\n');
    if (!each.definitions().isEmpty()) {
      Variable winner = each.definitions().getFirst();
      line(text, "set by", definition(winner.level(), winner.origin()));
      if (isTemplated(winner.value())) {
        line(text, "written", shown(winner.value()));
      }
      each.failure()
          .ifPresent(
              failure ->
                  line(
                      text,
                      "error",
                      failure.summary()
                          + failure.at().map(at -> "   " + at).orElse("")
                          + (failure.why().isEmpty() ? "" : "; " + failure.why())));
    }
    several(text, "uses", each.uses().stream().map(WhyReport::use).toList());
    several(
        text,
        "hides",
        each.definitions().stream()
            .skip(1)
            .map(
                hidden ->
                    definition(hidden.level(), hidden.origin()) + "   " + shown(hidden.value()))
            .toList());
    several(
        text, "elsewhere", each.elsewhere().stream().map(other -> elsewhere(other, each)).toList());
    return text.toString();
  }

  private static String is(Explanation each) {
    if (each.definitions().isEmpty()) {
      return "is not defined for the whole play";
    }
    return each.value().map(value -> "is " + shown(value)).orElse("cannot be evaluated");
  }

  private static String definition(Level level, Location at) {
    return "%s (level %d)   %s".formatted(level.meaning(), level.number(), at);
  }

  private static String use(Explanation.Use use) {
    return use.name()
        + use.definition()
            .map(found -> "   " + definition(found.level(), found.origin()))
            .orElse("   (not defined here)");
  }

  private static String elsewhere(Explanation.Elsewhere other, Explanation whole) {
    boolean wins =
        whole.definitions().isEmpty()
            || other.level().compareTo(whole.definitions().getFirst().level()) >= 0;
    return definition(other.level(), other.at())
        + other.written().map(value -> "   " + shown(value)).orElse("")
        + "   "
        + other.where()
        + (wins ? ", and wins" : ", and is hidden");
  }

  private static void several(StringBuilder text, String label, List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      line(text, i == 0 ? label : "", lines.get(i));
    }
  }

  private static void line(StringBuilder text, String label, String content) {
    String indent = "\n" + " ".repeat(LABEL + 2);
    text.append("  ")
        .append(label)
        .append(" ".repeat(LABEL - label.length()))
        .append(content.replace("\n", indent))
        .append('\n');
  }

  /** For programs: everything, in the same order. */
  static String json(List<Explanation> explanations) {
    List<Value> plays = new ArrayList<>();
    for (Explanation each : explanations) {
      Map<String, Value> shown = new LinkedHashMap<>();
      shown.put("play", each.play().<Value>map(play -> Value.text(play.name())).orElse(Value.NULL));
      shown.put("play_at", each.play().<Value>map(play -> place(play.at())).orElse(Value.NULL));
      shown.put("value", each.value().map(WhyReport::visible).orElse(Value.NULL));
      shown.put(
          "error",
          each.failure().<Value>map(failure -> Value.text(failure.summary())).orElse(Value.NULL));
      shown.put(
          "definitions",
          new Value.Seq(
              each.definitions().stream()
                  .map(one -> entry(one.level(), one.origin(), Optional.of(one.value()), Map.of()))
                  .toList()));
      shown.put("uses", new Value.Seq(each.uses().stream().map(WhyReport::used).toList()));
      shown.put(
          "elsewhere",
          new Value.Seq(
              each.elsewhere().stream()
                  .map(
                      one ->
                          entry(
                              one.level(),
                              one.at(),
                              one.written(),
                              Map.of("where", Value.text(one.where()))))
                  .toList()));
      plays.add(Value.Dict.ofTexts(shown));
    }
    Map<String, Value> all = new LinkedHashMap<>();
    all.put("host", Value.text(explanations.getFirst().host()));
    all.put("variable", Value.text(explanations.getFirst().variable()));
    all.put("explanations", new Value.Seq(plays));
    return Json.write(Value.Dict.ofTexts(all), Json.Style.PLAIN);
  }

  private static Value used(Explanation.Use use) {
    Map<String, Value> name = Map.of("name", Value.text(use.name()));
    return use.definition()
        .map(found -> entry(found.level(), found.origin(), Optional.of(found.value()), name))
        .orElse(Value.Dict.ofTexts(name));
  }

  private static Value entry(
      Level level, Location at, Optional<Value> written, Map<String, Value> more) {
    Map<String, Value> entry = new LinkedHashMap<>(more);
    entry.put("level", Value.number(level.number()));
    entry.put("level_name", Value.text(level.meaning()));
    entry.put("at", place(at));
    entry.put("written", written.map(WhyReport::visible).orElse(Value.NULL));
    return Value.Dict.ofTexts(entry);
  }

  private static Value place(Location at) {
    return Value.text(at.toString());
  }

  private static boolean isTemplated(Value value) {
    return switch (value) {
      case Value.Template template -> true;
      case Value.Vaulted sealed -> true;
      case Value.Seq list -> list.items().stream().anyMatch(WhyReport::isTemplated);
      case Value.Dict mapping ->
          mapping.entries().values().stream().anyMatch(WhyReport::isTemplated);
      default -> false;
    };
  }

  private static String shown(Value value) {
    return Json.write(visible(value), Json.Style.PLAIN);
  }

  /** Plain data without secrets: templates as they are written. */
  private static Value visible(Value value) {
    return switch (value) {
      case Value.Secret secret -> Value.text(Masker.MASK);
      case Value.Vaulted sealed -> Value.text(Masker.MASK);
      case Value.Template template ->
          Value.text(template.secret() ? Masker.MASK : template.source());
      case Value.Seq list -> new Value.Seq(list.items().stream().map(WhyReport::visible).toList());
      case Value.Dict mapping -> {
        Map<Value, Value> all = new LinkedHashMap<>();
        mapping.entries().forEach((key, item) -> all.put(visible(key), visible(item)));
        yield new Value.Dict(all);
      }
      case Value.Undefined unknown -> Value.text("(" + unknown.description() + ")");
      case Value.Omit omitted -> Value.text("(omit)");
      case Value.Dated date -> Value.text(date.iso());
      case Value.Dynamic dynamic -> Value.text("(computed when it is read)");
      default -> value;
    };
  }
}
