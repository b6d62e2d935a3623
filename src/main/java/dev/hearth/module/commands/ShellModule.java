package dev.hearth.module.commands;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Inline;
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
import java.util.Optional;

/** {@code ansible.builtin.shell}: a piece of shell, as the user wrote it. */
public final class ShellModule implements Module<ShellModule.Args> {

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "What the shell shall run.",
              aliases = {"_raw_params"})
          Value.Textual cmd,
      @Inline Guards guards,
      @Arg(doc = "The shell, with its full path.", defaultsTo = "/bin/sh") String executable,
      @Arg(doc = "What the command reads.") Optional<Value.Textual> stdin,
      @Arg(doc = "End stdin with a line end.", defaultsTo = "true") boolean stdinAddNewline,
      @Arg(doc = "Leave out line ends at the end of the output.", defaultsTo = "true")
          boolean stripEmptyEnds) {}

  private static final String RUN =
      Guards.ENTER
          + """
          begin
          "$2" -c "$3"
          finish $?
          """;

  /** A command with a secret in it travels by environment, where only its own user can read it. */
  private static final String RUN_HIDDEN =
      Guards.ENTER
          + """
          begin
          HEARTH_COMMAND=$3 "$2" -c 'hearth=$HEARTH_COMMAND; unset HEARTH_COMMAND; eval "$hearth"'
          finish $?
          """;

  @Override
  public Spec<Args> spec() {
    return Spec.of(
            "ansible.builtin.shell", Args.class, "Runs a command through a shell on the host.")
        .freeForm("cmd");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return want.guards().reads();
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.cmd().reveal().isBlank()) {
      throw new Refusal("no command given");
    }
    Optional<Result> satisfied = want.guards().satisfied(host);
    if (satisfied.isPresent()) {
      return Verdict.satisfied(satisfied.get().with("cmd", want.cmd()));
    }
    boolean hidden = want.cmd() instanceof Value.Secret;
    Script script =
        Script.of(
                hidden ? RUN_HIDDEN : RUN,
                List.of(
                    Word.of(want.guards().chdir().orElse("")),
                    Word.of(want.executable()),
                    Word.of(want.cmd())))
            .reading(CommandModule.input(want.stdin(), want.stdinAddNewline()));
    return new Verdict.Changes(
        List.of(Step.unknown("run a shell command", script)),
        List.of(),
        want.guards().predicted().with("cmd", want.cmd()),
        ends ->
            Ending.nowhere(ends.getLast())
                ? Ending.nowhere(want.cmd())
                : Ending.timed(want.cmd(), want.stripEmptyEnds(), ends.getLast()),
        false);
  }
}
