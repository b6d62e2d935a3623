package dev.hearth.template;

/**
 * A test, as used behind {@code is}.
 *
 * @param signature its parameters behind the input
 * @param takesUndefined whether it may be asked about what is undefined
 * @param body what it checks
 */
public record Test(Signature signature, boolean takesUndefined, Body body) {

  /** What a test checks. */
  @FunctionalInterface
  public interface Body {
    /** Whether it holds. */
    boolean holds(Call call);
  }

  /** A test of defined values. */
  public static Test of(String signature, Body body) {
    return new Test(Signature.of(signature), false, body);
  }

  /** A test that may be asked about what is undefined. */
  public static Test lenient(String signature, Body body) {
    return new Test(Signature.of(signature), true, body);
  }
}
