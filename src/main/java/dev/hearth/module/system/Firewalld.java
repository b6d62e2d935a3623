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
import java.util.Map;
import java.util.Optional;

/**
 * {@code ansible.posix.firewalld}: one rule of a zone of firewalld, now, after a restart, or both.
 */
public final class Firewalld implements Module<Firewalld.Args> {

  /** {@code $1}: {@code offline} for the settings alone, then the options. */
  private static final String RUN =
      """
      if [ "$1" = online ]; then
        shift
        exec firewall-cmd "$@" >/dev/null
      fi
      shift
      # There the plain option is one of an older program and knows no zones.
      for word; do
        shift
        case $word in --remove-service=*) word=--remove-service-from-zone=${word#*=} ;; esac
        set -- "$@" "$word"
      done
      exec firewall-offline-cmd "$@" >/dev/null
      """;

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "Whether the rule counts; `present` and `absent` are for zones and targets.",
              choices = {"absent", "disabled", "enabled", "present"})
          String state,
      @Arg(doc = "The zone; the default one otherwise.") Optional<String> zone,
      @Arg(doc = "A service that is let in.") Optional<String> service,
      @Arg(doc = "A port or range that is let in, `8080/tcp`.") Optional<String> port,
      @Arg(doc = "A protocol that is let in.") Optional<String> protocol,
      @Arg(doc = "Whose packets belong to the zone.") Optional<String> source,
      @Arg(doc = "An interface of the zone.") Optional<String> interface_,
      @Arg(doc = "A rule in firewalld's rich language.") Optional<String> richRule,
      @Arg(doc = "Forward ports: mappings with `port`, `proto`, `toport`, `toaddr`.")
          List<Map<String, Value>> portForward,
      @Arg(doc = "A kind of ICMP message that is blocked.") Optional<String> icmpBlock,
      @Arg(doc = "Block all ICMP messages but those.") Optional<Boolean> icmpBlockInversion,
      @Arg(doc = "Hide the addresses behind the host's.") Optional<Boolean> masquerade,
      @Arg(doc = "Forward between the zone's interfaces.") Optional<Boolean> forward,
      @Arg(
              doc = "What happens to other packets of the zone.",
              choices = {"%%REJECT%%", "ACCEPT", "DROP", "default"})
          Optional<String> target,
      @Arg(doc = "It counts after a restart.") Optional<Boolean> permanent,
      @Arg(doc = "It counts now.", defaultsTo = "false") boolean immediate,
      @Arg(doc = "Change the settings even if firewalld does not run.", defaultsTo = "false")
          boolean offline,
      @Arg(doc = "Seconds after which it counts no more.", defaultsTo = "0") int timeout) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.posix.firewalld", Args.class, "Adds and removes rules of firewalld's zones.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of();
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    FirewallRule rule = FirewallRule.of(want);
    boolean permanent = want.permanent().orElse(!want.immediate()) || rule.onlyPermanent();
    FirewallFact fact = new FirewallFact(rule.query(), permanent, want.immediate());
    FirewallFact.Answer now = host.get(fact);
    if (!now.runs() && (want.immediate() || !want.offline())) {
      throw new Refusal("firewall is not currently running, unable to perform immediate actions");
    }
    boolean wanted = want.state().equals("enabled") || want.state().equals("present");
    List<Step> steps = new ArrayList<>();
    if (want.immediate() && !rule.onlyPermanent() && now.immediate() != wanted) {
      List<String> options = new ArrayList<>();
      if (want.timeout() > 0 && wanted) {
        options.add("--timeout=" + want.timeout());
      }
      steps.add(step(rule, wanted, "online", options, "now", fact));
    }
    if (permanent && now.permanent() != wanted) {
      boolean runs = now.runs();
      steps.add(
          step(
              rule,
              wanted,
              runs ? "online" : "offline",
              runs ? List.of("--permanent") : List.of(),
              "permanently",
              fact));
    }
    String said = rule.said() + (wanted ? " is there" : " is gone");
    if (steps.isEmpty()) {
      return Verdict.satisfied(Result.ok().with("msg", said));
    }
    return Verdict.changes(
        steps,
        List.of(
            new Diff.Properties(
                Map.of(rule.said(), Value.bool(!wanted)), Map.of(rule.said(), Value.bool(wanted)))),
        Result.changedNow().with("msg", said));
  }

  /** A rule that goes by itself after some time is not looked at later. */
  private static Step step(
      FirewallRule rule,
      boolean add,
      String mode,
      List<String> options,
      String when,
      FirewallFact fact) {
    List<String> back = options.stream().filter(each -> !each.startsWith("--timeout")).toList();
    Undo undo =
        new Undo.Run(
            (add ? "remove " : "add ") + rule.said() + " " + when, script(rule, !add, mode, back));
    return Step.change(
        (add ? "add " : "remove ") + rule.said() + " " + when,
        script(rule, add, mode, options),
        back.equals(options) ? undo.and(fact.watch()) : undo);
  }

  private static Script script(FirewallRule rule, boolean add, String mode, List<String> options) {
    List<String> words = new ArrayList<>(List.of(mode));
    words.addAll(options);
    words.addAll(rule.words(add));
    return Script.of(RUN, words.toArray(String[]::new));
  }
}
