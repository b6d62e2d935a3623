package dev.hearth.graph;

import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Waits until a gate has passed as often in a row as it must. */
public final class Waiting {

  private Waiting() {}

  /**
   * How it ended.
   *
   * @param answer the last one
   * @param looks how often the gate was asked
   */
  public record End(Probe.Answer answer, int looks) {}

  /**
   * Looks until the gate is open or its deadline has come.
   *
   * @param host runs a script on the host
   */
  public static End forGate(Gate gate, Probe probe, Function<Script, Outcome> host)
      throws InterruptedException {
    long begin = System.nanoTime();
    int passes = 0;
    String same = "";
    for (int looks = 1; ; looks++) {
      Probe.Answer answer = probe.judge(host.apply(probe.script()));
      boolean goesOn = answer.passed() && (passes == 0 || answer.same().equals(same));
      passes = answer.passed() ? (goesOn ? passes + 1 : 1) : 0;
      same = answer.same();
      if (passes >= gate.passes()) {
        return new End(answer, looks);
      }
      Duration gone = Duration.ofNanos(System.nanoTime() - begin);
      if (gone.plus(gate.every()).compareTo(gate.deadline()) > 0) {
        return new End(answer.passed() ? notOften(answer, passes, goesOn, gate) : answer, looks);
      }
      TimeUnit.NANOSECONDS.sleep(gate.every().toNanos());
    }
  }

  private static Probe.Answer notOften(Probe.Answer answer, int passes, boolean goesOn, Gate gate) {
    String why =
        goesOn
            ? "it passed only %d of %d times in a row: ".formatted(passes, gate.passes())
            : "it did not stay so: ";
    return new Probe.Answer(false, why + answer.said(), answer.same());
  }
}
