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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code community.general.git_config}: a setting of git. */
public final class GitConfig implements Module<GitConfig.Args> {

  /** {@code $1}: what git runs in, then git's arguments. */
  static final String RUN =
      """
      if [ -n "$1" ]; then cd -- "$1" || exit; fi
      shift
      exec git config "$@"
      """;

  /** The parameters. */
  public record Args(
      @Arg(doc = "The setting, such as `user.email`.") String name,
      @Arg(doc = "Its value.") Optional<String> value,
      @Arg(
              doc = "Whether it is set.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Arg(
              doc = "For whom: a file, a repository, the user, all users.",
              choices = {"file", "global", "local", "system"})
          Optional<String> scope,
      @Arg(doc = "The file of scope `file`.") Optional<String> file,
      @Arg(doc = "The repository of scope `local`.") Optional<String> repo,
      @Arg(
              doc = "Whether other values are replaced.",
              choices = {"add", "replace-all"},
              defaultsTo = "replace-all")
          String addMode) {

    List<String> place() {
      return switch (scope.orElse("")) {
        case "file" ->
            List.of(
                "--file", file.orElseThrow(() -> new Refusal("scope is file but file is missing")));
        case "" -> List.of();
        default -> List.of("--" + scope.get());
      };
    }

    String directory() {
      if (scope.filter("local"::equals).isPresent()) {
        return repo.orElseThrow(() -> new Refusal("scope is local but repo is missing"));
      }
      return repo.orElse("/");
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of("community.general.git_config", Args.class, "Sets and removes settings of git.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(fact(want));
  }

  private static GitConfigFact fact(Args want) {
    return new GitConfigFact(want.directory(), want.place(), want.name());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    boolean present = want.state().equals("present");
    if (present && want.value().isEmpty()) {
      throw new Refusal("state=present needs value; read settings with a command task");
    }
    List<String> now = host.get(fact(want));
    List<String> then = new ArrayList<>();
    if (present && want.addMode().equals("add")) {
      then.addAll(now);
      if (!now.contains(want.value().get())) {
        then.add(want.value().get());
      }
    } else if (present) {
      then.add(want.value().get());
    } else if (want.value().isPresent()) {
      then.addAll(now);
      then.removeIf(want.value().get()::equals);
    }
    Result result = Result.ok().with("msg", "setting changed");
    if (then.equals(now)) {
      return Verdict.satisfied(Result.ok().with("msg", ""));
    }
    List<Step> steps = new ArrayList<>();
    boolean adds = then.size() > now.size() && !now.isEmpty();
    List<String> words = new ArrayList<>(List.of(want.directory()));
    words.addAll(want.place());
    words.addAll(
        then.isEmpty()
            ? List.of("--unset-all", want.name())
            : adds
                ? List.of("--add", want.name(), then.getLast())
                : List.of("--replace-all", want.name(), then.getFirst()));
    Undo undo = Undo.restore(host.get(new GitConfigFile(want.directory(), want.place())));
    steps.add(
        Step.change(
            "set " + want.name() + " of git", Script.of(RUN, words.toArray(String[]::new)), undo));
    return Verdict.changes(
        steps,
        List.of(new Diff.Texts("before", Value.text(lines(now)), "after", Value.text(lines(then)))),
        result.changed(true));
  }

  private static String lines(List<String> values) {
    return values.isEmpty() ? "" : String.join("\n", values) + "\n";
  }
}
