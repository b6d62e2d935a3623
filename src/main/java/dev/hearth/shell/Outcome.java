package dev.hearth.shell;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * How a script ended. There is no exit code that may be missing: an end without one is a kind of
 * its own.
 */
public sealed interface Outcome {

  /**
   * It ended by itself.
   *
   * @param code its exit status; a program killed by a signal shows as 128 + signal, as the shell
   *     tells it
   * @param stdout its standard output, bytes as they came
   * @param stderr its standard error, bytes as they came
   */
  record Exited(int code, byte[] stdout, byte[] stderr) implements Outcome {

    /** Whether the exit status is 0. */
    public boolean ok() {
      return code == 0;
    }

    /** Standard output as UTF-8, undecodable bytes replaced. */
    public String out() {
      return new String(stdout, StandardCharsets.UTF_8);
    }

    /** Standard error as UTF-8, undecodable bytes replaced. */
    public String err() {
      return new String(stderr, StandardCharsets.UTF_8);
    }

    /** An end as tests and fakes write it. */
    public static Exited of(int code, String out, String err) {
      return new Exited(
          code, out.getBytes(StandardCharsets.UTF_8), err.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
      return "Exited[" + code + "]";
    }
  }

  /** It did not end in time and was killed. */
  record TimedOut(Duration after) implements Outcome {}

  /** The way to the host broke while it ran; whether it finished is not known. */
  record ChannelLost(String reason) implements Outcome {}
}
