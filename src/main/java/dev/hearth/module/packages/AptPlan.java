package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Refusal;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides what apt-get has to do. Where the lists are fetched first, what comes after is decided on
 * the host's old lists for the prediction and left to apt-get itself for the doing, because nobody
 * can know the new lists before.
 */
final class AptPlan {

  private static final Pattern NOT_FOUND =
      Pattern.compile(
          "E: Unable to locate package (\\S+)|E: Package '([^']+)' has no installation");
  private static final Pattern LISTS = Pattern.compile("(?m)^lists ([0-9]+)$");
  private static final Undo GONE = new Undo.Impossible("the former packages may be gone");
  private static final String NOTHING = "0 upgraded, 0 newly installed, 0 to remove";

  private final Apt.Args want;
  private final AptFact.Answer now;
  private final List<Step> steps = new ArrayList<>();
  private final List<Diff> diffs = new ArrayList<>();
  private final boolean stale;
  private int acting = -1;
  private boolean changes;
  private boolean messages;

  private AptPlan(Apt.Args want, AptFact.Answer now) {
    this.want = want;
    this.now = now;
    boolean asked = want.updateCache().orElse(false) || want.cacheValidTime() > 0;
    boolean old =
        now.listsTime() == 0
            || now.outdated()
            || now.listsTime() + want.cacheValidTime() < now.now();
    stale = asked && old;
    if (now.interrupted()) {
      steps.add(AptSteps.finish());
      changes = true;
    }
    if (stale) {
      steps.add(AptSteps.update(want));
    }
  }

  /** What has to be asked for this task. */
  static List<Fact<?>> facts(Apt.Args want) {
    if (want.deb().isPresent()) {
      return List.of(new DebFact(want.deb().get()), packages(want));
    }
    return List.of(packages(want));
  }

  private static AptFact packages(Apt.Args want) {
    if (want.deb().isPresent()) {
      List<String> words = AptOptions.install(want);
      words.add(want.deb().get());
      return new AptFact("command", words, List.of());
    }
    if (!upgradeMode(want).isEmpty()) {
      return new AptFact("command", AptOptions.upgrade(want, upgradeMode(want)), List.of());
    }
    List<PackageSpec> specs = want.names().stream().map(PackageSpec::of).toList();
    if (!specs.isEmpty()) {
      return switch (want.state()) {
        case "absent" ->
            new AptFact(want.purge() ? "purged" : "absent", AptOptions.remove(want), specs);
        case "latest" -> new AptFact("latest", AptOptions.install(want), specs);
        case "build-dep" -> new AptFact("build-dep", AptOptions.buildDep(want), specs);
        default -> new AptFact("present", AptOptions.install(want), specs);
      };
    }
    if (want.state().equals("fixed")) {
      return new AptFact("command", AptOptions.install(want), List.of());
    }
    String cleanup = cleanup(want);
    return cleanup.isEmpty()
        ? new AptFact("present", List.of(), List.of())
        : new AptFact("command", AptOptions.cleanup(want, cleanup), List.of());
  }

  private static String upgradeMode(Apt.Args want) {
    Optional<String> mode = want.upgrade().filter(chosen -> !chosen.equals("no"));
    if (mode.isPresent()) {
      return mode.get();
    }
    boolean all = want.names().contains("*") && want.state().equals("latest");
    if (all && want.names().size() > 1) {
      throw new Refusal(
          "unable to install additional packages when upgrading all installed packages");
    }
    return all ? "yes" : "";
  }

  private static String cleanup(Apt.Args want) {
    if (want.autoremove() && !want.autoclean()) {
      return "autoremove";
    }
    return want.autoclean() ? "autoclean" : "";
  }

  static Verdict of(Apt.Args want, Facts host) {
    AptPlan plan = new AptPlan(want, host.get(packages(want)));
    if (want.clean()) {
      plan.steps.add(
          AptSteps.run(
              "remove fetched package files", want, List.of("clean"), List.of(), Undo.refreshed()));
      plan.changes = true;
    }
    if (want.deb().isPresent()) {
      plan.install(host.get(new DebFact(want.deb().get())));
    } else if (!upgradeMode(want).isEmpty()) {
      plan.messages = true;
      plan.command("upgrade all packages", AptOptions.upgrade(want, upgradeMode(want)), GONE);
    } else if (want.state().equals("build-dep") && !want.names().isEmpty()) {
      List<String> words = AptOptions.buildDep(want);
      words.addAll(want.names());
      plan.command(
          "install what is needed to build " + String.join(" ", want.names()),
          words,
          AptSteps.installed());
    } else if (!want.names().isEmpty()) {
      plan.packages();
    } else if (want.state().equals("fixed")) {
      plan.command("mend broken dependencies", AptOptions.install(want), AptSteps.installed());
    } else if (!cleanup(want).isEmpty()) {
      String command = cleanup(want);
      plan.command("apt-get " + command, AptOptions.cleanup(want, command), GONE);
      if (want.autoclean() && want.autoremove()) {
        plan.steps.add(
            AptSteps.run(
                "apt-get autoremove",
                want,
                AptOptions.cleanup(want, "autoremove"),
                List.of(),
                new Undo.Impossible("packages that nothing needed are gone")));
      }
    } else if (want.name().isEmpty()
        && want.upgrade().isEmpty()
        && !plan.stale
        && !want.clean()
        && !updates(want)) {
      throw new Refusal(
          "nothing to do: give name, deb, upgrade, update_cache, autoremove or clean");
    }
    return plan.verdict();
  }

  private static boolean updates(Apt.Args want) {
    return want.updateCache().isPresent() || want.cacheValidTime() > 0;
  }

  private void install(DebFact.Deb deb) {
    if (!want.state().equals("present")) {
      throw new Refusal("deb only supports state=present");
    }
    if (deb.version().equals(deb.installed())) {
      return;
    }
    failed();
    List<String> words = AptOptions.install(want);
    words.add(want.deb().orElseThrow());
    act("install " + deb.name() + " " + deb.version(), words, List.of(), AptSteps.installed());
  }

  private void command(String what, List<String> words, Undo undo) {
    failed();
    if (now.acts() || stale) {
      act(what, words, List.of(), undo);
      changes = now.acts();
    }
  }

  private void packages() {
    boolean absent = want.state().equals("absent");
    boolean latest = want.state().equals("latest");
    List<String> names = new ArrayList<>();
    for (String spec : now.states().keySet()) {
      String state = now.states().getOrDefault(spec, "");
      boolean there = state.equals("installed");
      boolean acts =
          absent
              ? !(state.equals("missing") || (state.equals("config") && !want.purge()))
              : latest || !there;
      if (acts) {
        PackageSpec parsed = PackageSpec.of(spec);
        names.add(absent ? parsed.name() : parsed.forApt());
      }
    }
    if (names.isEmpty()) {
      markWanted();
      return;
    }
    failed();
    if (!absent && !latest && !now.acts() && !stale && !want.onlyUpgrade()) {
      throw new Refusal("No package matching '" + String.join(", ", unmet()) + "' is available");
    }
    if (now.acts() || (stale && !absent)) {
      String verb = absent ? "remove " : "install ";
      act(
          verb + String.join(" ", names),
          absent ? AptOptions.remove(want) : AptOptions.install(want),
          names,
          absent ? AptSteps.again(names) : AptSteps.installed());
      if (!now.acts() && now.code() == 0) {
        changes = false;
      }
    }
    markWanted();
  }

  private List<String> unmet() {
    return now.states().entrySet().stream()
        .filter(entry -> !entry.getValue().equals("installed"))
        .map(java.util.Map.Entry::getKey)
        .toList();
  }

  /** Packages that are there because others need them become ones that were asked for. */
  private void markWanted() {
    if (!want.state().equals("absent")) {
      List<String> names =
          now.states().entrySet().stream()
              .filter(entry -> entry.getValue().equals("installed"))
              .map(entry -> PackageSpec.of(entry.getKey()).name().replaceFirst(":.*", ""))
              .filter(now.automatic()::contains)
              .toList();
      if (!names.isEmpty()) {
        steps.add(AptSteps.mark(names));
      }
    }
  }

  private void act(String what, List<String> words, List<String> names, Undo undo) {
    acting = steps.size();
    steps.add(AptSteps.run(what, want, words, names, undo));
    changes = true;
    String shown =
        now.simulation()
            .lines()
            .filter(line -> line.matches("(Inst|Remv|Purg|Del) .*"))
            .reduce("", (all, line) -> all + line + "\n");
    if (!shown.isEmpty()) {
      diffs.add(new Diff.Prepared(shown));
    }
  }

  /** Refuses what apt-get refused to simulate, unless new lists or dpkg's end may change that. */
  private void failed() {
    if (now.code() == 0 || stale || now.interrupted()) {
      return;
    }
    Matcher missing = NOT_FOUND.matcher(now.simulation());
    if (missing.find()) {
      String name = missing.group(1) == null ? missing.group(2) : missing.group(1);
      throw new Refusal(
          "No package matching '"
              + name
              + "' is available"
              + (now.listsTime() == 0
                  ? "; the lists of packages were never fetched: add update_cache: true"
                  : "")
              + virtual());
    }
    String errors =
        now.simulation()
            .lines()
            .filter(line -> line.startsWith("E: ") || line.startsWith(" "))
            .reduce("", (all, line) -> all + line + "\n");
    throw new Refusal("apt-get cannot do it: " + errors.strip());
  }

  private String virtual() {
    Optional<String> providers =
        now.simulation().lines().filter(line -> line.contains("is a virtual package")).findFirst();
    return providers.isEmpty() ? "" : "; it is a virtual package, name one that provides it";
  }

  private Verdict verdict() {
    boolean onlyLists =
        acting < 0 && want.names().isEmpty() && upgradeMode(want).isEmpty() && !want.clean();
    Result known = Result.ok().with("cache_updated", stale);
    if (!stale) {
      known = known.with("cache_update_time", now.listsTime());
    }
    if (steps.isEmpty()) {
      return Verdict.satisfied(messages ? known.with("msg", now.simulation()) : known);
    }
    Result predicted = known.changed(changes || (onlyLists && stale));
    Verdict.Changes simple = Verdict.changes(steps, diffs, predicted);
    return new Verdict.Changes(
        steps, diffs, predicted, ends -> conclude(simple, ends, onlyLists), false);
  }

  private Result conclude(Verdict.Changes simple, List<Outcome.Exited> ends, boolean onlyLists) {
    Result end = simple.conclusion().of(ends);
    if (end.failed()) {
      return end;
    }
    boolean changed = now.interrupted() || want.clean();
    if (stale) {
      String out = ends.get(now.interrupted() ? 1 : 0).out();
      Matcher lists = LISTS.matcher(out);
      long time = lists.find() ? Long.parseLong(lists.group(1)) : now.listsTime();
      boolean newer = time != now.listsTime();
      end = end.with("cache_updated", newer).with("cache_update_time", time);
      changed |= onlyLists && newer;
    }
    if (acting >= 0) {
      String out = ends.get(acting).out();
      changed |=
          !out.contains(NOTHING) || out.contains("not fully installed") || out.contains("\nDel ");
      end = end.with("stdout", out).with("stderr", ends.get(acting).err());
      if (messages) {
        end = end.with("msg", out);
      }
    }
    return end.changed(changed);
  }
}
