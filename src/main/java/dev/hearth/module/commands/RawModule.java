package dev.hearth.module.commands;

import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code ansible.builtin.raw}: a command line, run as it is. */
public final class RawModule implements Module<RawModule.Args> {

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "The command line.",
              aliases = {"_raw_params", "cmd"})
          Value.Textual freeForm,
      @Arg(doc = "The shell that runs it, with its full path.") Optional<String> executable) {}

  private static final String RUN = "\"$1\" -c \"$2\"\n";

  /** Without a shell of its own the command never becomes an argument that others could see. */
  private static final String RUN_HERE = "eval \"$2\"\n";

  @Override
  public Spec<Args> spec() {
    return Spec.of("ansible.builtin.raw", Args.class, "Runs a command line on the host, as it is.")
        .freeForm("free_form");
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.freeForm().reveal().isBlank()) {
      throw new Refusal("no command given");
    }
    Script script =
        Script.of(
            want.executable().isPresent() ? RUN : RUN_HERE,
            List.of(Word.of(want.executable().orElse("")), Word.of(want.freeForm())));
    return new Verdict.Changes(
        List.of(Step.unknown("run a raw command", script)),
        List.of(),
        new Result(false, false, true, Map.of()),
        ends ->
            Ending.plain(
                Result.changedNow(),
                false,
                ends.getLast().code(),
                ends.getLast().out(),
                ends.getLast().err()),
        false);
  }
}
