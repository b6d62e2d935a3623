package dev.hearth.template;

import dev.hearth.value.Value;
import java.util.List;

/**
 * A lookup: reads something on the controller.
 *
 * @param signature its named options; the terms are the call's input
 * @param takesUndefined whether it is run with undefined terms and options, too
 * @param body what it does
 */
public record Lookup(Signature signature, boolean takesUndefined, Body body) {

  /** What a lookup does. */
  @FunctionalInterface
  public interface Body {
    /** What it finds, one item or more for each term. */
    List<Value> find(Call call);
  }

  /** The same, that throws {@link Postponed} instead. */
  Lookup postponed(String name) {
    return new Lookup(
        signature,
        takesUndefined,
        call -> {
          throw new Postponed(name);
        });
  }

  /** The same, that says so when it was run. */
  Lookup noticed(Runnable ran) {
    return new Lookup(
        signature,
        takesUndefined,
        call -> {
          try {
            return body.find(call);
          } finally {
            ran.run();
          }
        });
  }

  /** A lookup with these options. */
  public static Lookup of(String signature, Body body) {
    return new Lookup(Signature.of(signature), false, body);
  }

  /** A lookup that is run with undefined terms and options, too. */
  public static Lookup lenient(String signature, Body body) {
    return new Lookup(Signature.of(signature), true, body);
  }
}
