package dev.hearth.template.python;

import dev.hearth.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The arithmetic operators with Python's rules. */
public final class Arithmetic {

  private static final int LONGEST_TEXT = 10_000_000;
  private static final int MOST_BITS = 64_000;

  private Arithmetic() {}

  /** An object that takes part in arithmetic, such as a date. */
  public interface Operand extends Value.Dynamic {
    /** The result of this with the other, or null when that makes no sense. */
    @org.jspecify.annotations.Nullable Value combine(String sign, Value other, boolean thisIsLeft);
  }

  /** The result of a binary operator; {@code sign} is as it is written. */
  public static Value apply(String sign, Value left, Value right) {
    for (Value side : List.of(left, right)) {
      if (side instanceof Value.Undefined undefined) {
        throw new UndefinedUse(undefined);
      }
    }
    if (Numbers.is(left) && Numbers.is(right)) {
      return numbers(sign, left, right);
    }
    if (sign.equals("%") && left instanceof Value.Textual format) {
      return Taint.spread(
          new Value.Text(PercentFormat.format(format.reveal(), right)), left, right);
    }
    if (sign.equals("+") || sign.equals("*")) {
      Value made = sign.equals("+") ? joined(left, right) : repeated(left, right);
      if (!made.equals(Value.OMIT)) {
        return made;
      }
    }
    Value made = null;
    if (left instanceof Operand operand) {
      made = operand.combine(sign, right, true);
    } else if (right instanceof Operand operand) {
      made = operand.combine(sign, left, false);
    }
    if (made == null) {
      throw unsupported(sign, left, right);
    }
    return made;
  }

  private static PythonError unsupported(String sign, Value left, Value right) {
    if (sign.equals("+") && left instanceof Value.Textual) {
      return new PythonError(
          "can only concatenate str (not \"" + TypeName.of(right) + "\") to str");
    }
    return new PythonError(
        "unsupported operand type(s) for %s: '%s' and '%s'"
            .formatted(
                sign.equals("**") ? "** or pow()" : sign, TypeName.of(left), TypeName.of(right)));
  }

  /** The two joined, or OMIT when they cannot be. */
  private static Value joined(Value left, Value right) {
    if (left instanceof Value.Textual a && right instanceof Value.Textual b) {
      return Taint.spread(new Value.Text(a.reveal() + b.reveal()), left, right);
    }
    if (left instanceof Tuple != right instanceof Tuple) {
      return Value.OMIT;
    }
    List<Value> these = Sequences.view(left);
    List<Value> those = Sequences.view(right);
    if (these == null || those == null) {
      return Value.OMIT;
    }
    List<Value> all = new ArrayList<>(these);
    all.addAll(those);
    return left instanceof Tuple ? new Tuple(all) : new MutableList(all);
  }

  private static Value repeated(Value left, Value right) {
    BigInteger times = Numbers.whole(right);
    Value what = left;
    if (times == null) {
      times = Numbers.whole(left);
      what = right;
    }
    if (times == null) {
      return Value.OMIT;
    }
    List<Value> items = Sequences.view(what);
    if (!(what instanceof Value.Textual) && items == null) {
      return Value.OMIT;
    }
    long size = Math.max(Sequences.length(what), 1);
    BigInteger count = times.max(BigInteger.ZERO);
    if (count.multiply(BigInteger.valueOf(size)).compareTo(BigInteger.valueOf(LONGEST_TEXT)) > 0) {
      throw new PythonError("the repeated value would be too long");
    }
    if (what instanceof Value.Textual text) {
      return text.with(text.reveal().repeat(count.intValue()));
    }
    List<Value> all = new ArrayList<>();
    for (int i = 0; i < count.intValue(); i++) {
      all.addAll(items == null ? List.of() : items);
    }
    return what instanceof Tuple ? new Tuple(all) : new MutableList(all);
  }

  private static Value numbers(String sign, Value left, Value right) {
    BigInteger a = Numbers.whole(left);
    BigInteger b = Numbers.whole(right);
    if (a != null && b != null) {
      return whole(sign, a, b);
    }
    return real(sign, Numbers.real(left), Numbers.real(right));
  }

  private static Value whole(String sign, BigInteger a, BigInteger b) {
    return switch (sign) {
      case "+" -> new Value.Int(a.add(b));
      case "-" -> new Value.Int(a.subtract(b));
      case "*" -> {
        requireSmall((long) a.bitLength() + b.bitLength());
        yield new Value.Int(a.multiply(b));
      }
      case "/" -> {
        requireDivisor(b.signum() != 0, "division by zero");
        yield new Value.Real(a.doubleValue() / b.doubleValue());
      }
      case "//" -> {
        requireDivisor(b.signum() != 0, "integer division or modulo by zero");
        yield new Value.Int(floorDivide(a, b));
      }
      case "%" -> {
        requireDivisor(b.signum() != 0, "integer division or modulo by zero");
        yield new Value.Int(a.subtract(floorDivide(a, b).multiply(b)));
      }
      default -> power(a, b);
    };
  }

  private static BigInteger floorDivide(BigInteger a, BigInteger b) {
    BigInteger[] parts = a.divideAndRemainder(b);
    boolean below = parts[1].signum() != 0 && parts[1].signum() != b.signum();
    return below ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  private static Value power(BigInteger a, BigInteger b) {
    if (b.signum() < 0) {
      requireDivisor(a.signum() != 0, "0.0 cannot be raised to a negative power");
      return new Value.Real(Math.pow(a.doubleValue(), b.doubleValue()));
    }
    if (a.abs().compareTo(BigInteger.ONE) > 0) {
      requireSmall(b.bitLength() > 31 ? Long.MAX_VALUE : (long) a.bitLength() * b.intValue());
    }
    if (b.bitLength() > 31) {
      return new Value.Int(b.testBit(0) ? a : a.abs());
    }
    return new Value.Int(a.pow(b.intValue()));
  }

  private static Value real(String sign, double a, double b) {
    double result =
        switch (sign) {
          case "+" -> a + b;
          case "-" -> a - b;
          case "*" -> a * b;
          case "/" -> {
            requireDivisor(b != 0, "float division by zero");
            yield a / b;
          }
          case "//" -> {
            requireDivisor(b != 0, "float floor division by zero");
            yield Math.floor(a / b);
          }
          case "%" -> {
            requireDivisor(b != 0, "float modulo");
            double rest = a % b;
            yield rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
          }
          default -> Math.pow(a, b);
        };
    return new Value.Real(result);
  }

  private static void requireDivisor(boolean right, String otherwise) {
    if (!right) {
      throw new PythonError(otherwise);
    }
  }

  private static void requireSmall(long bits) {
    if (bits > MOST_BITS) {
      throw new PythonError("the number would be too large");
    }
  }
}
