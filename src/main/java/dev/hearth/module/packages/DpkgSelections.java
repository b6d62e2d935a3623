package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;

/** {@code ansible.builtin.dpkg_selections}: what dpkg is to do with a package. */
public final class DpkgSelections implements Module<DpkgSelections.Args> {

  private static final String SET = "printf '%s %s\\n' \"$1\" \"$2\" | dpkg --set-selections\n";

  /** The parameters. */
  public record Args(
      @Arg(doc = "The package.") String name,
      @Arg(
              doc = "What shall be done with it; `hold` keeps its version.",
              choices = {"deinstall", "hold", "install", "purge"})
          String selection) {}

  /**
   * The selection in force; empty when dpkg does not know the package.
   *
   * @param name of the package
   */
  record Selection(String name) implements Fact<String> {

    private static final String PROBE =
        """
        command -v dpkg >/dev/null 2>&1 || {
          echo "this host has no dpkg" >&2
          exit 1
        }
        LC_ALL=C dpkg --get-selections "$1" 2>/dev/null
        exit 0
        """;

    @Override
    public String key() {
      return "dpkg selection " + name;
    }

    @Override
    public Script probe() {
      return Script.of(PROBE, name);
    }

    @Override
    public String parse(Outcome.Exited answer) {
      if (!answer.ok()) {
        throw new UnreadableFact("cannot read the selection: " + answer.err().strip());
      }
      String[] words = answer.out().strip().split("\\s+");
      return words.length > 1 ? words[1] : "";
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.dpkg_selections",
        Args.class,
        "Holds a package at its version, or sets another selection of dpkg.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(new Selection(want.name()));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    String before = host.get(new Selection(want.name()));
    if (before.isEmpty()) {
      throw new Refusal(
          "Failed to find package '"
              + want.name()
              + "' to perform selection '"
              + want.selection()
              + "'.");
    }
    Result result = Result.ok().with("before", before).with("after", want.selection());
    if (before.equals(want.selection())) {
      return Verdict.satisfied(result);
    }
    return Verdict.changes(
        List.of(
            Step.change(
                "set the selection of " + want.name() + " to " + want.selection(),
                Script.of(SET, want.name(), want.selection()),
                new Undo.Run(
                    "set the selection of " + want.name() + " back to " + before,
                    Script.of(SET, want.name(), before)))),
        List.of(
            new Diff.Properties(
                Map.of("selection", Value.text(before)),
                Map.of("selection", Value.text(want.selection())))),
        result.changed(true));
  }
}
