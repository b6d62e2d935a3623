package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.module.textfile.TextFile;
import dev.hearth.module.textfile.TextFileFact;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code community.general.sudoers}: what somebody may do as somebody else. A rule that visudo does
 * not accept is never installed.
 */
public final class Sudoers implements Module<Sudoers.Args> {

  private static final String CHECK =
      """
      if visudo=$(PATH=$PATH:/usr/sbin:/sbin; command -v visudo); then
        "$visudo" -c -f - >/dev/null || { echo "Failed to validate sudoers rule" >&2; exit 1; }
      elif [ "$1" = required ]; then
        echo "visudo is not on this host" >&2
        exit 1
      else
        cat >/dev/null
      fi
      """;

  /** The parameters. */
  public record Args(
      @Arg(doc = "Name of the rule's file.") String name,
      @Arg(doc = "The user who may.") Optional<String> user,
      @Arg(doc = "The group that may.") Optional<String> group,
      @Arg(doc = "The commands; `ALL` for all.") List<String> commands,
      @Arg(doc = "On which host.", defaultsTo = "ALL") String host,
      @Arg(doc = "The commands may not start others.", defaultsTo = "false") boolean noexec,
      @Arg(doc = "Without a password.", defaultsTo = "true") boolean nopassword,
      @Arg(doc = "The environment may be kept.", defaultsTo = "false") boolean setenv,
      @Arg(doc = "As whom; anybody otherwise.") Optional<String> runas,
      @Arg(
              doc = "Whether there is such a rule.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "The directory of the rules.", defaultsTo = "/etc/sudoers.d") String sudoersPath,
      @Arg(
              doc = "Whether visudo checks it: if it is there, never, or always.",
              choices = {"absent", "detect", "required"},
              defaultsTo = "detect")
          String validation) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.sudoers", Args.class, "Adds and removes rules of sudo, one a file.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(new TextFileFact(path(want)));
  }

  private static String path(Args want) {
    return want.sudoersPath() + "/" + want.name();
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    TextFile file = host.get(new TextFileFact(path(want)));
    if (want.state().equals("absent")) {
      return file.exists()
          ? Verdict.changes(
              List.of(file.remove()), List.of(file.diff(Value.text(""))), Result.changedNow())
          : Verdict.satisfied(Result.ok());
    }
    if (want.user().isPresent() == want.group().isPresent()) {
      throw new Refusal("exactly one of user and group is needed");
    }
    if (want.commands().isEmpty()) {
      throw new Refusal("state is present but all of the following are missing: commands");
    }
    Value.Text rule = Value.text(rule(want));
    if (file.content().equals(rule.value()) && file.mode().equals("0440")) {
      return Verdict.satisfied(Result.ok());
    }
    List<Step> steps = new ArrayList<>();
    if (!want.validation().equals("absent")) {
      steps.add(
          Step.read(
              "check the rule", Script.of(CHECK, want.validation()).reading(Payload.of(rule))));
    }
    steps.add(file.write(rule, "0440", file.exists() ? file.owner() : "0:0"));
    return Verdict.changes(steps, List.of(file.diff(rule)), Result.changedNow());
  }

  private static String rule(Args want) {
    StringBuilder rule = new StringBuilder();
    rule.append(want.user().orElseGet(() -> "%" + want.group().orElse("")));
    rule.append(" ").append(want.host()).append("=");
    want.runas().ifPresent(whom -> rule.append("(").append(whom).append(")"));
    rule.append(want.noexec() ? "NOEXEC:" : "");
    rule.append(want.nopassword() ? "NOPASSWD:" : "");
    rule.append(want.setenv() ? "SETENV:" : "");
    return rule.append(" ").append(String.join(", ", want.commands())).append("\n").toString();
  }
}
