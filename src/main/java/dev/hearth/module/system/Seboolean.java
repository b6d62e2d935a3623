package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;

/** {@code ansible.posix.seboolean}: a switch of SELinux. */
public final class Seboolean implements Module<Seboolean.Args> {

  private static final String SET = "PATH=$PATH:/usr/sbin:/sbin\nexec setsebool \"$@\"\n";

  /** The parameters. */
  public record Args(
      @Arg(doc = "The switch.") String name,
      @Arg(doc = "Whether it is on.") boolean state,
      @Arg(doc = "Keep it so over restarts.", defaultsTo = "false") boolean persistent,
      @Arg(doc = "Set it where SELinux is off too.", defaultsTo = "false")
          boolean ignoreSelinuxState) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of("ansible.posix.seboolean", Args.class, "Sets a switch of SELinux.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(new SebooleanFact(want.name()));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    SebooleanFact.Answer now = host.get(new SebooleanFact(want.name()));
    if (!now.enabled() && !want.ignoreSelinuxState()) {
      throw new Refusal("SELinux is disabled on this host.");
    }
    Result result =
        Result.ok()
            .with("name", want.name())
            .with("persistent", want.persistent())
            .with("state", want.state());
    boolean same =
        now.current() == want.state() && (!want.persistent() || now.pending() == want.state());
    if (same) {
      return Verdict.satisfied(result);
    }
    Step step =
        Step.change(
            "set " + want.name(),
            script(want.persistent(), want.name(), want.state()),
            new Undo.Run(
                "put back " + want.name(), script(want.persistent(), want.name(), now.current())));
    return Verdict.changes(
        List.of(step),
        List.of(
            new Diff.Properties(
                Map.of(want.name(), Value.bool(now.current())),
                Map.of(want.name(), Value.bool(want.state())))),
        result.changed(true));
  }

  private static Script script(boolean persistent, String name, boolean on) {
    return persistent
        ? Script.of(SET, "-P", name, on ? "on" : "off")
        : Script.of(SET, name, on ? "on" : "off");
  }
}
