package dev.hearth.template.filter;

import dev.hearth.template.python.Arithmetic;
import dev.hearth.template.python.Attributed;
import dev.hearth.template.python.Callable;
import dev.hearth.template.python.Ordering;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.value.Value;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A date with its time, as {@code to_datetime} and {@code now()} give it.
 *
 * @param time the reading of the clock
 * @param zone the zone that {@code timestamp()} takes it to be in
 */
public record Moment(LocalDateTime time, ZoneId zone)
    implements Value.Dated, Attributed, Ordering.Ordered, Arithmetic.Operand {

  @Override
  public @Nullable Value attribute(String name) {
    return switch (name) {
      case "year" -> Value.number(time.getYear());
      case "month" -> Value.number(time.getMonthValue());
      case "day" -> Value.number(time.getDayOfMonth());
      case "hour" -> Value.number(time.getHour());
      case "minute" -> Value.number(time.getMinute());
      case "second" -> Value.number(time.getSecond());
      case "microsecond" -> Value.number(time.get(ChronoField.MICRO_OF_SECOND));
      case "isoformat" -> method(() -> Value.text(iso()));
      case "timestamp" -> method(() -> new Value.Real(seconds()));
      case "weekday" -> method(() -> Value.number(time.getDayOfWeek().getValue() - 1L));
      case "isoweekday" -> method(() -> Value.number(time.getDayOfWeek().getValue()));
      case "date" -> method(() -> Value.text(time.toLocalDate().toString()));
      case "strftime" -> strftime();
      default -> null;
    };
  }

  private interface Body {
    Value run();
  }

  private static Callable method(Body body) {
    return (positional, named) -> body.run();
  }

  private Callable strftime() {
    return (positional, named) -> {
      if (positional.size() != 1) {
        throw new PythonError("strftime() takes a format");
      }
      return Value.text(TimeFormat.write(Printed.str(positional.getFirst()), time.atZone(zone)));
    };
  }

  private double seconds() {
    return time.atZone(zone).toEpochSecond() + time.get(ChronoField.MICRO_OF_SECOND) / 1e6;
  }

  @Override
  public String represented() {
    StringJoiner numbers = new StringJoiner(", ", "datetime.datetime(", ")");
    int micros = time.get(ChronoField.MICRO_OF_SECOND);
    IntStream.of(
            time.getYear(),
            time.getMonthValue(),
            time.getDayOfMonth(),
            time.getHour(),
            time.getMinute())
        .forEach(number -> numbers.add(Integer.toString(number)));
    if (time.getSecond() != 0 || micros != 0) {
      numbers.add(Integer.toString(time.getSecond()));
    }
    if (micros != 0) {
      numbers.add(Integer.toString(micros));
    }
    return numbers.toString();
  }

  @Override
  public String iso() {
    return printed().replace(' ', 'T');
  }

  @Override
  public String printed() {
    String text = time.format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"));
    int micros = time.get(ChronoField.MICRO_OF_SECOND);
    return micros == 0 ? text : text + ".%06d".formatted(micros);
  }

  @Override
  public String typeName() {
    return "datetime";
  }

  @Override
  public int compareWith(Ordering.Ordered other) {
    return other instanceof Moment moment ? time.compareTo(moment.time) : 0;
  }

  @Override
  public @Nullable Value combine(String sign, Value other, boolean thisIsLeft) {
    if (sign.equals("-") && thisIsLeft && other instanceof Moment moment) {
      return new TimeSpan(Duration.between(moment.time, time));
    }
    if (other instanceof TimeSpan span && (sign.equals("+") || (sign.equals("-") && thisIsLeft))) {
      Duration moved = sign.equals("+") ? span.length() : span.length().negated();
      return new Moment(time.plus(moved), zone);
    }
    return null;
  }

  /** The moment of some seconds since 1970. */
  static Moment ofEpoch(double seconds, ZoneId zone) {
    long whole = (long) Math.floor(seconds);
    int nanos = (int) Math.round((seconds - whole) * 1e6) * 1000;
    ZoneOffset offset = zone.getRules().getOffset(java.time.Instant.ofEpochSecond(whole));
    return new Moment(
        LocalDateTime.ofEpochSecond(whole, Math.min(nanos, 999_999_999), offset), zone);
  }
}
