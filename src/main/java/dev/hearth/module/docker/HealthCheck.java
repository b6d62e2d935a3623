package dev.hearth.module.docker;

import dev.hearth.module.Refusal;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a container's health is checked, as the engine takes it. */
final class HealthCheck {

  private static final Pattern PART = Pattern.compile("(\\d+)(us|ms|h|m|s)");
  private static final Map<String, Long> NANOSECONDS =
      Map.of(
          "us",
          1_000L,
          "ms",
          1_000_000L,
          "s",
          1_000_000_000L,
          "m",
          60_000_000_000L,
          "h",
          3_600_000_000_000L);

  private HealthCheck() {}

  static Value of(Map<String, Value> given) {
    Map<String, Value> check = new LinkedHashMap<>();
    Value test = given.getOrDefault("test", Value.NULL);
    check.put(
        "Test",
        switch (test) {
          case Value.Null nothing -> Value.Seq.of(Value.text("NONE"));
          case Value.Seq list when list.items().isEmpty() -> Value.Seq.of(Value.text("NONE"));
          case Value.Seq list -> list;
          case Value.Textual text when text.reveal().equals("NONE") -> Value.Seq.of(text);
          case Value.Textual text -> new Value.Seq(List.of(Value.text("CMD-SHELL"), text));
          default -> throw new Refusal("the test of a healthcheck must be a text or a list");
        });
    given.forEach(
        (key, value) -> {
          if (value instanceof Value.Null) {
            return;
          }
          switch (key) {
            case "test", "test_cli_compatible" -> {}
            case "interval" -> check.put("Interval", duration(value));
            case "timeout" -> check.put("Timeout", duration(value));
            case "start_period" -> check.put("StartPeriod", duration(value));
            case "start_interval" -> check.put("StartInterval", duration(value));
            case "retries" ->
                check.put("Retries", Value.number(Bytes.of(ContainerSettings.scalar(value))));
            default -> throw new Refusal("healthcheck has no '" + key + "'");
          }
        });
    return Value.Dict.ofTexts(check);
  }

  private static Value duration(Value written) {
    String text = ContainerSettings.scalar(written);
    Matcher part = PART.matcher(text);
    long sum = 0;
    int end = 0;
    while (part.find() && part.start() == end) {
      sum += Long.parseLong(part.group(1)) * NANOSECONDS.getOrDefault(part.group(2), 0L);
      end = part.end();
    }
    if (end == 0 || end < text.length()) {
      throw new Refusal("'" + text + "' is no duration; write such as 1m30s");
    }
    return Value.number(sum);
  }
}
