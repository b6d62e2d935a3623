package dev.hearth.plan;

import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a task gives back: what {@code register} stores and the output shows.
 *
 * @param changed whether the host is different now (or would be)
 * @param failed whether it went wrong
 * @param skipped whether nothing was done because it did not apply
 * @param values all other return values, {@code msg} among them, by Ansible's names
 */
public record Result(boolean changed, boolean failed, boolean skipped, Map<String, Value> values) {

  /** Keeps its own copy, in order. */
  public Result {
    values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Nothing to do, nothing to tell. */
  public static Result ok() {
    return new Result(false, false, false, Map.of());
  }

  /** Something changed. */
  public static Result changedNow() {
    return new Result(true, false, false, Map.of());
  }

  /** It went wrong. */
  public static Result failure(String message) {
    return new Result(false, true, false, Map.of("msg", Value.text(message)));
  }

  /** It did not apply. */
  public static Result skip(String message) {
    return new Result(false, false, true, Map.of("msg", Value.text(message)));
  }

  /** The same with one more return value. */
  public Result with(String name, Value value) {
    Map<String, Value> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new Result(changed, failed, skipped, more);
  }

  /** The same with one more return value. */
  public Result with(String name, String value) {
    return with(name, Value.text(value));
  }

  /** The same with one more return value. */
  public Result with(String name, long value) {
    return with(name, Value.number(value));
  }

  /** The same with one more return value. */
  public Result with(String name, boolean value) {
    return with(name, Value.bool(value));
  }

  /** The same, marked as changed or not. */
  public Result changed(boolean now) {
    return new Result(now, failed, skipped, values);
  }

  /** The same, marked as skipped or not. */
  public Result skipped(boolean now) {
    return new Result(changed, failed, now, values);
  }

  /** The same, marked as failed or not. */
  public Result failed(boolean now) {
    return new Result(changed, now, skipped, values);
  }

  /**
   * As templates see it: all values and {@code changed}, {@code failed}, and {@code skipped} when
   * it was.
   */
  public Value.Dict toValue() {
    Map<String, Value> all = new LinkedHashMap<>(values);
    all.put("changed", Value.bool(changed));
    all.put("failed", Value.bool(failed));
    if (skipped) {
      all.put("skipped", Value.bool(true));
    }
    return Value.Dict.ofTexts(all);
  }
}
