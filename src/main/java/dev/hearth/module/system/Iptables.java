package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code ansible.builtin.iptables}: one rule, policy or chain of the packet filter as it is now; a
 * reboot forgets it. A flush of what is empty is no change.
 */
public final class Iptables implements Module<IptablesRule> {

  private static final String RUN =
      """
      PATH=$PATH:/usr/sbin:/sbin
      exec "$@"
      """;

  private static final Pattern POLICY = Pattern.compile("(?m)^-P \\S+ ([A-Z]+)");

  @Override
  public Spec<IptablesRule> spec() {
    return Spec.of(
        "ansible.builtin.iptables",
        IptablesRule.class,
        "Adds and removes rules of the packet filter, sets policies, makes chains. Nothing is saved"
            + " for the next boot.");
  }

  @Override
  public List<Fact<?>> reads(IptablesRule want) {
    List<Fact<?>> facts = new ArrayList<>();
    programs(want).forEach(program -> facts.add(fact(want, program)));
    return facts;
  }

  private static List<String> programs(IptablesRule want) {
    return switch (want.ipVersion()) {
      case "ipv6" -> List.of("ip6tables");
      case "both" -> List.of("iptables", "ip6tables");
      default -> List.of("iptables");
    };
  }

  private static List<String> rule(IptablesRule want, String program, Optional<String> target) {
    List<String> rule = new ArrayList<>(want.words(target));
    rule.addAll(want.ending(program.equals("ip6tables")));
    return rule;
  }

  /** What happens to packets: writing a log line has a target of its own. */
  private static Optional<String> target(IptablesRule want) {
    boolean logs = want.logPrefix().isPresent() || want.logLevel().isPresent();
    if (logs && want.jump().isPresent() && !want.jump().get().equals("LOG")) {
      throw new Refusal("Logging options can only be used with the LOG jump target.");
    }
    return logs ? Optional.of("LOG") : want.jump();
  }

  private static boolean hasRule(IptablesRule want) {
    return !want.flush()
        && want.policy().isEmpty()
        && !rule(want, "iptables", want.jump()).isEmpty();
  }

  private static IptablesFact fact(IptablesRule want, String program) {
    if (hasRule(want)) {
      return new IptablesFact(program, words(want, "-C", rule(want, program, target(want))));
    }
    return new IptablesFact(program, words(want, "-S", List.of()));
  }

  private static List<String> words(IptablesRule want, String action, List<String> rule) {
    List<String> words = new ArrayList<>(List.of("-t", want.table()));
    want.wait_().ifPresent(seconds -> words.addAll(List.of("-w", seconds)));
    words.add(action);
    want.chain().ifPresent(words::add);
    if (action.equals("-I")) {
      want.ruleNum().ifPresent(words::add);
    }
    words.addAll(rule);
    return words;
  }

  @Override
  public Verdict plan(IptablesRule want, Facts host) {
    if (!want.flush() && want.chain().isEmpty()) {
      throw new Refusal("chain is missing; only flush works on a whole table");
    }
    if (target(want).filter("tee"::equalsIgnoreCase).isPresent() && want.gateway().isEmpty()) {
      throw new Refusal("jump TEE needs gateway");
    }
    if (want.jump().isEmpty()
        && (want.setDscpMark().isPresent() || want.setDscpMarkClass().isPresent())) {
      throw new Refusal("set_dscp_mark and set_dscp_mark_class need jump: DSCP");
    }
    List<Step> steps = new ArrayList<>();
    List<Diff> diffs = new ArrayList<>();
    for (String program : programs(want)) {
      IptablesFact.Answer now = host.get(fact(want, program));
      if (want.flush()) {
        flush(want, program, now, steps, diffs);
      } else if (want.policy().isPresent()) {
        policy(want, program, now, steps, diffs);
      } else if (hasRule(want)) {
        rule(want, program, now.found(), steps, diffs);
      } else {
        chain(want, program, now.found(), steps, diffs);
      }
    }
    Result result =
        Result.ok()
            .with("ip_version", want.ipVersion())
            .with("table", want.table())
            .with("chain", want.chain().<Value>map(Value::text).orElse(Value.NULL))
            .with("flush", want.flush())
            .with("rule", String.join(" ", rule(want, programs(want).getLast(), want.jump())))
            .with("state", want.state())
            .with("chain_management", want.chainManagement())
            .with("wait", want.wait_().<Value>map(Value::text).orElse(Value.NULL));
    return steps.isEmpty()
        ? Verdict.satisfied(result)
        : Verdict.changes(steps, diffs, result.changed(true));
  }

  private static void flush(
      IptablesRule want,
      String program,
      IptablesFact.Answer now,
      List<Step> steps,
      List<Diff> diffs) {
    List<String> rules = now.text().lines().filter(line -> line.startsWith("-A ")).toList();
    if (!now.found()) {
      throw new Refusal("there is no chain " + want.chain().orElse("") + " in " + want.table());
    }
    if (rules.isEmpty()) {
      return;
    }
    String where = want.chain().map(chain -> "chain " + chain + " of ").orElse("");
    String saved = "*" + want.table() + "\n" + String.join("\n", rules) + "\nCOMMIT\n";
    steps.add(
        Step.change(
            "flush " + where + "table " + want.table() + " of " + program,
            script(program, words(want, "-F", List.of())),
            new Undo.Run(
                "put back the rules that were flushed",
                script(program + "-restore", List.of("-n"))
                    .reading(Payload.of(Value.text(saved))))));
    diffs.add(lines(program, String.join("\n", rules) + "\n", ""));
  }

  private static void policy(
      IptablesRule want,
      String program,
      IptablesFact.Answer now,
      List<Step> steps,
      List<Diff> diffs) {
    String chain = want.chain().orElseThrow();
    Matcher matcher = POLICY.matcher(now.text());
    if (!now.found() || !matcher.find()) {
      throw new Refusal("Can't detect current policy");
    }
    String before = matcher.group(1);
    String after = want.policy().orElseThrow();
    if (before.equals(after)) {
      return;
    }
    steps.add(
        Step.change(
            "set the policy of " + chain + " of " + program + " to " + after,
            script(program, words(want, "-P", List.of(after))),
            new Undo.Run(
                    "set the policy of " + chain + " back to " + before,
                    script(program, words(want, "-P", List.of(before))))
                .and(
                    SystemWatches.policy(
                        program + " policy of " + chain + " of " + want.table(),
                        asking(program, words(want, "-S", List.of()))))));
    diffs.add(
        lines(program, "-P " + chain + " " + before + "\n", "-P " + chain + " " + after + "\n"));
  }

  private static void rule(
      IptablesRule want, String program, boolean found, List<Step> steps, List<Diff> diffs) {
    boolean present = want.state().equals("present");
    if (found == present) {
      return;
    }
    List<String> rule = rule(want, program, target(want));
    String line = "-A " + want.chain().orElseThrow() + " " + String.join(" ", rule) + "\n";
    Undo.Watch watch =
        SystemWatches.holds(
            program + " -t " + want.table() + " " + line.strip(),
            asking(program, words(want, "-C", rule)));
    if (present) {
      String action = want.action().equals("insert") ? "-I" : "-A";
      steps.add(
          Step.change(
              "add a rule to " + want.chain().orElseThrow() + " of " + program,
              script(program, words(want, action, rule)),
              new Undo.Run(
                      "remove the rule from " + want.chain().orElseThrow(),
                      script(program, words(want, "-D", rule)))
                  .and(watch)));
      diffs.add(lines(program, "", line));
    } else {
      steps.add(
          Step.change(
              "remove a rule from " + want.chain().orElseThrow() + " of " + program,
              script(program, words(want, "-D", rule)),
              new Undo.Impossible("the place that the rule had in its chain is not known")
                  .and(watch)));
      diffs.add(lines(program, line, ""));
    }
  }

  /** Without a rule nothing happens unless chains shall be managed, as in Ansible. */
  private static void chain(
      IptablesRule want, String program, boolean found, List<Step> steps, List<Diff> diffs) {
    boolean present = want.state().equals("present");
    if (found == present || !want.chainManagement()) {
      return;
    }
    String chain = want.chain().orElseThrow();
    Script make = script(program, words(want, "-N", List.of()));
    Script remove = script(program, words(want, "-X", List.of()));
    Undo.Watch watch =
        SystemWatches.holds(
            program + " chain " + chain + " of " + want.table(),
            asking(program, words(want, "-S", List.of())));
    steps.add(
        present
            ? Step.change(
                "make the chain " + chain + " of " + program,
                make,
                new Undo.Run("remove the chain " + chain, remove).and(watch))
            : Step.change(
                "remove the chain " + chain + " of " + program,
                remove,
                new Undo.Run("make the chain " + chain, make).and(watch)));
    String line = "-N " + chain + "\n";
    diffs.add(lines(program, present ? "" : line, present ? line : ""));
  }

  private static Diff lines(String program, String before, String after) {
    return new Diff.Texts(program, Value.text(before), program, Value.text(after));
  }

  private static Script script(String program, List<String> words) {
    return Script.of(RUN, asking(program, words).toArray(String[]::new));
  }

  private static List<String> asking(String program, List<String> words) {
    List<String> all = new ArrayList<>(List.of(program));
    all.addAll(words);
    return all;
  }
}
