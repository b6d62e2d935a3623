package dev.hearth.vault.strong;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Location;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * What one guess of a passphrase costs: Argon2id (RFC 9106) with these parameters.
 *
 * @param memory in KiB
 * @param passes over the memory
 * @param lanes that could be computed side by side
 */
public record Cost(int memory, int passes, int lanes) {

  /** What is written; older files have two passes. */
  public static final Cost USUAL = new Cost(65_536, 1, 1);

  private static final Pattern FORM =
      Pattern.compile("m=([1-9][0-9]{0,8}) t=([1-9][0-9]{0,3}) p=([1-9][0-9]{0,3})");
  private static final int LEAST_MEMORY_OF_A_LANE = 8;
  private static final int MOST_MEMORY = 1 << 20;
  private static final int MOST_PASSES = 16;
  private static final int MOST_LANES = 8;
  private static final long MOST_WORK = 4L << 20;
  private static final int KEY_BYTES = 32;

  /** As the header has it. */
  String text() {
    return "m=" + memory + " t=" + passes + " p=" + lanes;
  }

  /**
   * The cost that a header names; none if it is not written so.
   *
   * @throws dev.hearth.diag.HearthException if it is more than we do, or too little to protect
   */
  static Optional<Cost> parse(String text, Location at) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    Cost cost =
        new Cost(
            Integer.parseInt(form.group(1)),
            Integer.parseInt(form.group(2)),
            Integer.parseInt(form.group(3)));
    boolean bounded =
        cost.lanes <= MOST_LANES
            && cost.memory / cost.lanes >= LEAST_MEMORY_OF_A_LANE
            && cost.memory <= MOST_MEMORY
            && cost.passes <= MOST_PASSES
            && (long) cost.memory * cost.passes <= MOST_WORK;
    if (!bounded) {
      throw Diagnostic.error(at, "the key derivation asks for more than is done: " + text)
          .exit(ExitCode.VAULT_CORRUPT)
          .because(
              "up to 1 GiB, 16 passes, 8 lanes, and 4 GiB in all are; a lane has 8 KiB or more")
          .next("do not trust this file; restore it from version control or a backup")
          .failure();
    }
    return Optional.of(cost);
  }

  /** The key of a passphrase. */
  public byte[] key(byte[] passphrase, byte[] salt, Location at) {
    long needed = (long) memory << 10;
    long most = Runtime.getRuntime().maxMemory() / 4 * 3;
    if (needed > most) {
      throw Diagnostic.error(at, "there is not enough memory for the passphrase")
          .exit(ExitCode.FAILED)
          .because(
              "it needs %d MiB, and this process may use %d".formatted(needed >> 20, most >> 20))
          .next("give it more: JAVA_TOOL_OPTIONS=-Xmx" + (needed / 3 * 4 >> 20) + "m")
          .failure();
    }
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memory)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    byte[] key = new byte[KEY_BYTES];
    generator.generateBytes(passphrase, key);
    return key;
  }
}
