package dev.hearth.template.filter;

import dev.hearth.template.python.Arithmetic;
import dev.hearth.template.python.Attributed;
import dev.hearth.template.python.Callable;
import dev.hearth.template.python.Ordering;
import dev.hearth.value.Value;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The time between two moments.
 *
 * @param length how long
 */
record TimeSpan(Duration length) implements Attributed, Ordering.Ordered, Arithmetic.Operand {

  private static final long DAY = 86_400;

  @Override
  public @Nullable Value attribute(String name) {
    return switch (name) {
      case "days" -> Value.number(Math.floorDiv(length.getSeconds(), DAY));
      case "seconds" -> Value.number(Math.floorMod(length.getSeconds(), DAY));
      case "microseconds" -> Value.number(length.getNano() / 1000);
      case "total_seconds" -> {
        Callable total =
            (positional, named) -> new Value.Real(length.getSeconds() + length.getNano() / 1e9);
        yield total;
      }
      default -> null;
    };
  }

  @Override
  public String typeName() {
    return "timedelta";
  }

  @Override
  public String printed() {
    long days = Math.floorDiv(length.getSeconds(), DAY);
    long rest = Math.floorMod(length.getSeconds(), DAY);
    String clock = "%d:%02d:%02d".formatted(rest / 3600, rest / 60 % 60, rest % 60);
    String fraction = length.getNano() == 0 ? "" : ".%06d".formatted(length.getNano() / 1000);
    String before = days == 0 ? "" : days + (Math.abs(days) == 1 ? " day, " : " days, ");
    return before + clock + fraction;
  }

  @Override
  public int compareWith(Ordering.Ordered other) {
    return other instanceof TimeSpan span ? length.compareTo(span.length) : 0;
  }

  @Override
  public @Nullable Value combine(String sign, Value other, boolean thisIsLeft) {
    if (other instanceof TimeSpan span && sign.equals("+")) {
      return new TimeSpan(length.plus(span.length));
    }
    if (other instanceof TimeSpan span && sign.equals("-")) {
      return new TimeSpan(thisIsLeft ? length.minus(span.length) : span.length.minus(length));
    }
    if (other instanceof Moment moment && sign.equals("+")) {
      return moment.combine(sign, this, true);
    }
    return null;
  }
}
