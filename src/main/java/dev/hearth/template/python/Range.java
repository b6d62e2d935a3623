package dev.hearth.template.python;

import dev.hearth.value.Value;
import java.util.AbstractList;
import java.util.List;

/** What {@code range()} gives: numbers at equal distances, not stored. */
public final class Range implements Sequence {

  private static final long LONGEST = 100_000;

  private final long start;
  private final long step;
  private final int size;

  /** From {@code start} up to, not including, {@code stop}. */
  public Range(long start, long stop, long step) {
    if (step == 0) {
      throw new PythonError("range() needs a step that is not zero");
    }
    long distance = Math.subtractExact(stop, start);
    long count = distance / step + (distance % step == 0 ? 0 : 1);
    boolean empty = step > 0 ? distance <= 0 : distance >= 0;
    if (!empty && count > LONGEST) {
      throw new PythonError("range() makes more than " + LONGEST + " numbers");
    }
    this.start = start;
    this.step = step;
    this.size = empty ? 0 : (int) count;
  }

  @Override
  public List<Value> items() {
    return new AbstractList<>() {
      @Override
      public Value get(int index) {
        return Value.number(start + step * java.util.Objects.checkIndex(index, size));
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  /** How Python prints it. */
  String printed() {
    String text = "range(" + start + ", " + (start + step * size);
    return text + (step == 1 ? ")" : ", " + step + ")");
  }
}
