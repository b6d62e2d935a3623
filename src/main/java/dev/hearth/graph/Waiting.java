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
   * Looks until the gate is open or its deadline has come.
   *
   * @param host runs a script on the host
   * @return the last answer
   */
  public static Probe.Answer forGate(Gate gate, Probe probe, Function<Script, Outcome> host)
      throws InterruptedException {
    long begin = System.nanoTime();
    int passes = 0;
    String same = "";
    for (; ; ) {
      Probe.Answer answer = probe.judge(host.apply(probe.script()));
      boolean goesOn = answer.passed() && (passes == 0 || answer.same().equals(same));
      passes = answer.passed() ? (goesOn ? passes + 1 : 1) : 0;
      same = answer.same();
      if (passes >= gate.passes()) {
        return answer;
      }
      Duration gone = Duration.ofNanos(System.nanoTime() - begin);
      if (gone.plus(gate.every()).compareTo(gate.deadline()) > 0) {
        return answer.passed() ? notOften(answer, passes, goesOn, gate) : answer;
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
