package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Decides what a package manager has to do.
 *
 * @param tool the host's package manager
 * @param names the packages
 * @param state {@code present}, {@code latest} or {@code absent}
 * @param refresh whether to fetch the lists first
 * @param upgrade whether to upgrade everything
 * @param always options of every call
 * @param installing options of an installation
 * @param removing options of a removal
 */
record PackagePlan(
    PackageTool tool,
    List<String> names,
    String state,
    boolean refresh,
    boolean upgrade,
    List<String> always,
    List<String> installing,
    List<String> removing) {

  private static final String RUN = PackageTool.THERE + "exec \"$@\" </dev/null\n";

  /** Says as well whether anything is different afterwards. */
  private static final String RUN_AND_COMPARE =
      """
      before=$(versions)
      "$@" </dev/null || exit
      [ "$before" = "$(versions)" ] || echo '@@changed'
      """;

  static PackagePlan of(PackageTool tool, List<String> names, String state, boolean refresh) {
    return new PackagePlan(
        tool, names, plain(state), refresh, false, List.of(), List.of(), List.of());
  }

  /** The state under its own name. */
  static String plain(String state) {
    return switch (state) {
      case "installed" -> "present";
      case "removed" -> "absent";
      default -> state;
    };
  }

  List<Fact<?>> facts() {
    List<Fact<?>> facts = new ArrayList<>();
    if (!names.isEmpty()) {
      facts.add(fact());
    }
    if (upgrade) {
      facts.add(new UpgradableFact(tool));
    }
    return facts;
  }

  private PackageStatesFact fact() {
    return new PackageStatesFact(tool, names, state.equals("latest"));
  }

  /** The verdict; a result of success has the packages that were acted on. */
  Verdict verdict(Facts host) {
    List<Step> steps = new ArrayList<>();
    if (refresh) {
      steps.add(
          Step.change(
              "fetch the lists of packages", script(tool.refresh(), List.of()), Undo.refreshed()));
    }
    List<String> newer = upgrade ? host.get(new UpgradableFact(tool)) : List.of();
    // What is newer in lists that are fetched only now is known only then.
    if (upgrade && (refresh || !newer.isEmpty())) {
      steps.add(
          Step.change(
              "upgrade all packages",
              compared(join(tool.upgrade(), installing), List.of()),
              new Undo.Impossible("older versions may not be there any more")));
    }
    Map<String, String> states = names.isEmpty() ? Map.of() : host.get(fact());
    List<String> act = open(states);
    boolean looks = refresh && state.equals("latest");
    List<String> missing = act.stream().filter(name -> missing(states, name)).toList();
    List<String> there =
        (looks ? names : act).stream().filter(name -> !missing(states, name)).toList();
    if (state.equals("absent")) {
      if (!act.isEmpty()) {
        steps.add(remove(act));
      }
    } else {
      if (!missing.isEmpty()) {
        steps.add(install("install ", tool.install(), missing));
      }
      if (!there.isEmpty()) {
        steps.add(install("upgrade ", tool.latest(), there));
      }
    }
    List<String> all = new ArrayList<>(newer);
    all.addAll(act);
    Result result = Result.ok().with("packages", texts(all));
    if (steps.isEmpty()) {
      return Verdict.satisfied(result);
    }
    return Verdict.changes(
            steps,
            all.isEmpty()
                ? List.of()
                : List.of(
                    new Diff.Prepared(
                        (act.isEmpty() ? "latest" : state) + ": " + String.join(" ", all) + "\n")),
            result.changed(!all.isEmpty()))
        .telling(
            (end, ends) ->
                end.changed(ends.stream().anyMatch(each -> each.out().contains("@@changed"))));
  }

  private List<String> open(Map<String, String> states) {
    return names.stream()
        .filter(
            name ->
                state.equals("absent")
                    ? !missing(states, name)
                    : !"installed".equals(states.get(name)))
        .toList();
  }

  private static boolean missing(Map<String, String> states, String name) {
    return states.getOrDefault(name, "missing").equals("missing");
  }

  private Step remove(List<String> act) {
    String said = String.join(" ", act);
    return Step.change(
        "remove " + said,
        compared(join(tool.remove(), removing), act),
        new Undo.Run("install " + said, script(tool.install(), act)));
  }

  private Step install(String what, List<String> command, List<String> act) {
    List<String> words = new ArrayList<>(List.of(tool.name()));
    words.addAll(tool.remove());
    return Step.change(
        what + String.join(" ", act),
        compared(join(command, installing), act),
        new Undo.Appeared(Script.of(tool.list()), Script.of(RUN, words.toArray(String[]::new))));
  }

  private static List<String> join(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private Script compared(List<String> command, List<String> packages) {
    return Script.of(tool.versions() + RUN_AND_COMPARE, words(command, packages));
  }

  private Script script(List<String> command, List<String> packages) {
    return Script.of(RUN, words(command, packages));
  }

  private String[] words(List<String> command, List<String> packages) {
    List<String> words = new ArrayList<>(List.of(tool.name()));
    words.addAll(always);
    words.addAll(command);
    words.addAll(packages);
    return words.toArray(String[]::new);
  }

  static Value texts(List<String> texts) {
    return new Value.Seq(texts.stream().<Value>map(each -> Value.text(each)).toList());
  }
}
