package dev.hearth.module.commands;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.CommandLine;
import dev.hearth.module.ControllerFile;
import dev.hearth.module.FromController;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code ansible.builtin.script}: a script of this machine runs on the host and is gone again. */
public final class ScriptModule implements Module<ScriptModule.Args> {

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "The script, a file of this machine, and its arguments.",
              aliases = {"_raw_params", "free_form"})
          @FromController(FromController.Kind.FIRST_WORD)
          ControllerFile cmd,
      @Inline Guards guards,
      @Arg(doc = "The program that runs it; without one, its first line says.")
          Optional<String> executable,
      @Arg(doc = "Decrypt an encrypted script.", defaultsTo = "true") boolean decrypt) {}

  /** The directory is the user's own (0700), so nobody can put another script in its place. */
  private static final String RUN =
      """
      work=$(umask 077 && mktemp -d) || exit 1
      trap 'rm -rf -- "$work"' EXIT
      trap 'exit 130' HUP INT TERM
      file=$work/$3
      (umask 077 && cat >"$file") && chmod 0700 "$file" || exit 1
      [ -z "$1" ] || cd -- "$1" || exit 1
      program=$2
      shift 3
      if [ -n "$program" ]; then
        $program "$file" "$@" </dev/null
      else
        "$file" "$@" </dev/null
      fi
      """;

  @Override
  public Spec<Args> spec() {
    return Spec.of(
            "ansible.builtin.script",
            Args.class,
            "Sends a script to the host, runs it there and removes it.")
        .freeForm("cmd");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return want.guards().reads();
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    Optional<String> needless = want.guards().needless(host);
    if (needless.isPresent()) {
      // Other than of a command, Ansible says of a script that has nothing to do that it was
      // skipped.
      return Verdict.satisfied(Result.skip(needless.get()));
    }
    List<String> command = CommandLine.split(want.cmd().name());
    String first = command.getFirst();
    List<String> words = new ArrayList<>();
    words.add(want.guards().chdir().orElse(""));
    words.add(want.executable().orElse(""));
    words.add(first.substring(first.lastIndexOf('/') + 1));
    words.addAll(command.subList(1, command.size()));
    return new Verdict.Changes(
        List.of(
            Step.unknown(
                "run the script " + want.cmd().path(),
                Script.of(RUN, words.toArray(String[]::new)).reading(want.cmd().content()))),
        List.of(),
        want.guards().guarded()
            ? Result.changedNow()
            : Result.skip("Check mode is not supported for this task."),
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
