package dev.hearth.module.setup;

import dev.hearth.value.Value;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The fact {@code date_time}: the host's clock at the moment of gathering, all values texts. */
final class ClockFacts {

  private ClockFacts() {}

  static Map<String, Value> of(Report report) {
    List<String> lines = report.lines("date");
    if (lines.isEmpty()) {
      return Map.of();
    }
    List<String> now = Report.fields(lines.getFirst(), "|");
    String nano = now.get(12);
    String micro = nano.matches("[0-9]{9}") ? nano.substring(0, 6) : "000000";
    Instant instant = Instant.ofEpochSecond(Long.parseLong(now.get(6)));
    String utc =
        DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT)
            .withZone(ZoneOffset.UTC)
            .format(instant);
    String day = now.get(0) + "-" + now.get(1) + "-" + now.get(2);
    String time = now.get(3) + ":" + now.get(4) + ":" + now.get(5);
    String basic = day.replace("-", "") + "T" + time.replace(":", "");
    Map<String, Value> facts = new TreeMap<>();
    put(facts, "year", now.get(0));
    put(facts, "month", now.get(1));
    put(facts, "day", now.get(2));
    put(facts, "hour", now.get(3));
    put(facts, "minute", now.get(4));
    put(facts, "second", now.get(5));
    put(facts, "epoch", now.get(6));
    put(facts, "epoch_int", now.get(6));
    put(facts, "weekday", now.get(7));
    put(facts, "weekday_number", now.get(8));
    put(facts, "weeknumber", now.get(9));
    put(facts, "date", day);
    put(facts, "time", time);
    put(facts, "iso8601", utc + "Z");
    put(facts, "iso8601_micro", utc + "." + micro + "Z");
    put(facts, "iso8601_basic", basic + micro);
    put(facts, "iso8601_basic_short", basic);
    put(facts, "tz", now.get(10));
    put(facts, "tz_offset", now.get(11));
    put(facts, "tz_dst", summerZone(now.get(10), lines.subList(1, lines.size())));
    return Map.of("date_time", Value.Dict.ofTexts(facts));
  }

  /** The zone's name while the clock is furthest ahead in this year. */
  private static String summerZone(String zone, List<String> halves) {
    String name = zone;
    int furthest = Integer.MIN_VALUE;
    for (String half : halves) {
      List<String> parts = Report.fields(half, "|");
      if (parts.size() == 2 && parts.get(1).matches("[+-][0-9]{4}")) {
        int offset = Integer.parseInt(parts.get(1));
        if (offset > furthest) {
          furthest = offset;
          name = parts.get(0);
        }
      }
    }
    return name;
  }

  private static void put(Map<String, Value> facts, String name, String value) {
    facts.put(name, Value.text(value));
  }
}
