package dev.hearth.module.packages;

import dev.hearth.fact.Facts;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Decides what apk has to do for {@code package} on Alpine. */
final class ApkPlan {

  private ApkPlan() {}

  static Verdict of(List<String> names, String state, boolean update, Facts host) {
    Map<String, String> states = host.get(new ApkFact(names, state.equals("latest")));
    List<String> act =
        names.stream()
            .filter(
                name -> {
                  String now = states.getOrDefault(name, "missing");
                  return state.equals("absent") ? !now.equals("missing") : !now.equals("installed");
                })
            .toList();
    List<Step> steps = new ArrayList<>();
    if (update) {
      steps.add(
          Step.change(
              "fetch the lists of packages", Script.of("exec apk update\n"), Undo.refreshed()));
    }
    if (!act.isEmpty()) {
      boolean absent = state.equals("absent");
      List<String> words = new ArrayList<>(absent ? List.of("del") : List.of("add"));
      if (state.equals("latest")) {
        words.add("--upgrade");
      }
      words.addAll(act);
      steps.add(
          Step.change(
              (absent ? "remove " : "install ") + String.join(" ", act),
              Script.of("exec apk \"$@\" </dev/null\n", words.toArray(String[]::new)),
              absent
                  ? new Undo.Run(
                      "install " + String.join(" ", act),
                      Script.of("exec apk add \"$@\" </dev/null\n", act.toArray(String[]::new)))
                  : new Undo.Appeared(
                      Script.of("exec apk info --quiet\n"),
                      Script.of("exec apk del \"$@\" </dev/null\n"))));
    }
    if (steps.isEmpty()) {
      return Verdict.satisfied(Result.ok());
    }
    List<Diff> diffs =
        act.isEmpty()
            ? List.of()
            : List.of(new Diff.Prepared(state + ": " + String.join(" ", act) + "\n"));
    return Verdict.changes(steps, diffs, Result.ok().changed(!act.isEmpty()));
  }
}
