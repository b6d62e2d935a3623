package dev.hearth.module.commands;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.WhichCommand;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Verdict;
import java.util.List;

/** {@code ansible.builtin.ping}: proves that the host answers and has a usable shell. */
public final class PingModule implements Module<PingModule.Args> {

  /** The parameters. */
  public record Args(
      @Arg(doc = "What comes back; crash makes the task fail.", defaultsTo = "pong") String data) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.ping", Args.class, "Asks the host for a sign of life; no ICMP.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(new WhichCommand("sh"));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.data().equals("crash")) {
      throw new Refusal("boom");
    }
    if (host.get(new WhichCommand("sh")).isEmpty()) {
      return Verdict.rejected("the host answers, but finds no sh on its path");
    }
    return Verdict.satisfied(Result.ok().with("ping", want.data()));
  }
}
