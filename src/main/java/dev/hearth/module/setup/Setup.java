package dev.hearth.module.setup;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Glob;
import dev.hearth.module.Module;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Gathers facts. Never changes anything. Names and values are those of ansible-core 2.19; facts
 * about Python are missing because the target has none, {@code facter} and {@code ohai} are not
 * asked.
 */
public final class Setup implements Module<Setup.Args> {

  private static final Set<String> BARE = Set.of("gather_subset", "module_setup");

  /** The arguments of {@code setup}. */
  public record Args(
      @Arg(
              doc =
                  "Which groups of facts to gather. `!name` leaves one out; `min` is always in"
                      + " unless `!min` is given.",
              defaultsTo = "all")
          List<String> gatherSubset,
      @Arg(
              doc =
                  "Only return facts whose names match one of these shell patterns, with or without"
                      + " `ansible_` in front.")
          List<String> filter,
      @Arg(doc = "How many seconds one slow question to the host may take.", defaultsTo = "10")
          int gatherTimeout,
      @Arg(
              doc =
                  "The directory on the host with local facts (`*.fact`, JSON or INI, or programs"
                      + " that print JSON).",
              defaultsTo = "/etc/ansible/facts.d")
          String factPath) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
            "ansible.builtin.setup",
            Args.class,
            "Gathers facts about the host: distribution, addresses, hardware, users, local facts."
                + " All of them come from one script.")
        .alias("ansible.builtin.gather_facts");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(report(want));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    Report report = host.get(report(want));
    Map<String, Value> facts = new TreeMap<>();
    for (Collector collector : Subsets.select(want.gatherSubset())) {
      collector.read(report).forEach((name, value) -> facts.put("ansible_" + name, value));
    }
    facts.put(
        "gather_subset",
        new Value.Seq(want.gatherSubset().stream().map(name -> (Value) Value.text(name)).toList()));
    facts.put("module_setup", Value.bool(true));
    Map<String, Value> kept = new LinkedHashMap<>();
    facts.forEach(
        (name, value) -> {
          if (BARE.contains(name) || kept(name, want.filter())) {
            kept.put(name, value);
          }
        });
    return Verdict.satisfied(Result.ok().with("ansible_facts", Value.Dict.ofTexts(kept)));
  }

  private static HostReport report(Args want) {
    Set<String> parts =
        Subsets.select(want.gatherSubset()).stream()
            .map(Collector::part)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    return new HostReport(parts, want.factPath(), want.gatherTimeout());
  }

  private static boolean kept(String name, List<String> patterns) {
    List<String> given = patterns.stream().filter(pattern -> !pattern.isBlank()).toList();
    return given.isEmpty()
        || given.stream()
            .anyMatch(
                pattern -> Glob.matches(pattern, name) || Glob.matches("ansible_" + pattern, name));
  }
}
