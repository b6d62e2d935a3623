package dev.hearth.template.python;

import dev.hearth.value.Value;
import java.util.Iterator;
import java.util.List;

/** The order of values: numbers with numbers, texts with texts, lists item by item. */
public final class Ordering {

  private Ordering() {}

  /**
   * Compares two values of comparable types.
   *
   * @param sign the operator, for the error
   */
  public static int compare(Value left, Value right, String sign) {
    for (Value side : List.of(left, right)) {
      if (side instanceof Value.Undefined undefined) {
        throw new UndefinedUse(undefined);
      }
    }
    if (Numbers.is(left) && Numbers.is(right)) {
      return Numbers.compare(left, right);
    }
    if (left instanceof Value.Textual a && right instanceof Value.Textual b) {
      return compareText(a.reveal(), b.reveal());
    }
    List<Value> these = Sequences.view(left);
    List<Value> those = Sequences.view(right);
    if (these != null && those != null) {
      return compareItems(these, those, sign);
    }
    if (left instanceof Ordered a && right instanceof Ordered b && a.getClass() == b.getClass()) {
      return a.compareWith(b);
    }
    throw new PythonError(
        "'%s' not supported between instances of '%s' and '%s'"
            .formatted(sign, TypeName.of(left), TypeName.of(right)));
  }

  /** An object that has an order among its kind. */
  public interface Ordered extends Value.Dynamic {
    /** Compares with another of the same class. */
    int compareWith(Ordered other);
  }

  private static int compareItems(List<Value> these, List<Value> those, String sign) {
    Iterator<Value> right = those.iterator();
    for (Value item : these) {
      if (!right.hasNext()) {
        return 1;
      }
      Value other = right.next();
      if (!Equality.equal(item, other)) {
        return compare(item, other, sign);
      }
    }
    return right.hasNext() ? -1 : 0;
  }

  /** By code points, as Python does. */
  public static int compareText(String left, String right) {
    int[] a = left.codePoints().toArray();
    int[] b = right.codePoints().toArray();
    return java.util.Arrays.compare(a, b);
  }
}
