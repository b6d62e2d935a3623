package dev.hearth.module;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * The SHA-1 of a content, hex. That of a large file is made while the host is being reached and
 * asked what it has.
 */
public final class Sha1 {

  private final CompletableFuture<String> hex;

  private Sha1(CompletableFuture<String> hex) {
    this.hex = hex;
  }

  /** Of these bytes. */
  public static Sha1 of(byte[] content) {
    return new Sha1(
        CompletableFuture.completedFuture(HexFormat.of().formatHex(digest().digest(content))));
  }

  /**
   * What the work gives, which begins at once on another thread.
   *
   * @param work gives the hex digits; what it throws, {@link #hex} throws
   */
  public static Sha1 meanwhile(Supplier<String> work) {
    return new Sha1(CompletableFuture.supplyAsync(work, Thread::startVirtualThread));
  }

  /** The hex digits; waits until they are there. */
  public String hex() {
    try {
      return hex.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException reason ? reason : failed;
    }
  }

  /** Makes SHA-1 sums; every Java has it. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException(never);
    }
  }
}
