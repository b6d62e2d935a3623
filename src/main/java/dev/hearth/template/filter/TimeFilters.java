package dev.hearth.template.filter;

import dev.hearth.template.Call;
import dev.hearth.template.Filter;
import dev.hearth.template.python.Numbers;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.value.Value;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;

/** Dates. */
final class TimeFilters {

  private TimeFilters() {}

  static Map<String, Filter> all() {
    return Map.of(
        "strftime", Filter.of("second? utc?", TimeFilters::strftime),
        "to_datetime", Filter.of("format?", TimeFilters::parse));
  }

  private static Value strftime(Call call) {
    Clock clock = call.engine().surroundings().clock();
    ZoneId zone = call.flag("utc", false) ? ZoneOffset.UTC : clock.getZone();
    Value given = call.get("second", Value.NULL);
    double seconds;
    if (given instanceof Value.Null) {
      seconds = clock.millis() / 1000.0;
    } else {
      Double read =
          Numbers.is(given) ? (Double) Numbers.real(given) : Numbers.parseReal(Printed.str(given));
      if (read == null) {
        throw new PythonError("needs seconds since 1970 as a number");
      }
      seconds = read;
    }
    Moment moment = Moment.ofEpoch(seconds, zone);
    return Value.text(TimeFormat.write(call.inputText(), moment.time().atZone(zone)));
  }

  private static Value parse(Call call) {
    String format = call.text("format", "%Y-%m-%d %H:%M:%S");
    ZoneId zone = call.engine().surroundings().clock().getZone();
    return new Moment(TimeFormat.read(call.inputText(), format), zone);
  }
}
