package dev.hearth.template;

import dev.hearth.value.Value;

/**
 * A filter.
 *
 * @param signature its parameters behind the input
 * @param takesUndefined whether it is called with an undefined input or argument; otherwise the
 *     result is that undefined value
 * @param passesThrough whether it only hands on parts of its input and arguments, so that secrets
 *     among them stay what they are; otherwise all text that it makes from a secret is one
 * @param body what it does
 */
public record Filter(
    Signature signature, boolean takesUndefined, boolean passesThrough, Body body) {

  /** What a filter does. */
  @FunctionalInterface
  public interface Body {
    /** The result. */
    Value apply(Call call);
  }

  /** A filter that makes something new of its input. */
  public static Filter of(String signature, Body body) {
    return new Filter(Signature.of(signature), false, false, body);
  }

  /** A filter that hands on parts of its input and arguments. */
  public static Filter passing(String signature, Body body) {
    return new Filter(Signature.of(signature), false, true, body);
  }

  /** A filter that may be asked about what is undefined. */
  public static Filter lenient(String signature, Body body) {
    return new Filter(Signature.of(signature), true, true, body);
  }
}
