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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The firewall ufw. Whether a rule is there is decided by ufw itself, pretending; state, policies
 * and logging by its files.
 */
public final class Ufw implements Module<Ufw.Args> {

  private static final String RUN =
      """
      LC_ALL=C
      export LC_ALL
      exec ufw "$@" </dev/null
      """;

  /** The arguments of {@code ufw}. */
  public record Args(
      @Arg(
              doc = "Whether the firewall is on; `reloaded` and `reset` act every time.",
              choices = {"disabled", "enabled", "reloaded", "reset"})
          Optional<String> state,
      @Arg(
              name = "default",
              doc = "What happens to packets that no rule is about.",
              aliases = {"policy"},
              choices = {"allow", "deny", "reject"})
          Optional<String> defaultPolicy,
      @Arg(
              doc = "How much is logged.",
              choices = {"full", "high", "low", "medium", "off", "on"})
          Optional<String> logging,
      @Arg(
              doc = "Which way packets go.",
              choices = {"in", "incoming", "out", "outgoing", "routed"})
          Optional<String> direction,
      @Arg(doc = "Remove the rule.", defaultsTo = "false") boolean delete,
      @Arg(doc = "The rule is about packets that are routed.", defaultsTo = "false") boolean route,
      @Arg(doc = "Put the rule at this place.") Optional<Integer> insert,
      @Arg(
              doc = "What `insert` counts from; only `zero` is supported.",
              choices = {"first-ipv4", "first-ipv6", "last-ipv4", "last-ipv6", "zero"},
              defaultsTo = "zero")
          String insertRelativeTo,
      @Arg(
              doc = "The rule.",
              choices = {"allow", "deny", "limit", "reject"})
          Optional<String> rule,
      @Arg(
              name = "interface",
              doc = "The interface; needs `direction`.",
              aliases = {"if"})
          Optional<String> interfaceName,
      @Arg(
              doc = "The interface that packets come in by.",
              aliases = {"if_in"})
          Optional<String> interfaceIn,
      @Arg(
              doc = "The interface that packets go out by.",
              aliases = {"if_out"})
          Optional<String> interfaceOut,
      @Arg(doc = "Log new connections that the rule is about.", defaultsTo = "false") boolean log,
      @Arg(
              doc = "Where packets come from.",
              aliases = {"from", "src"},
              defaultsTo = "any")
          String fromIp,
      @Arg(doc = "The port that packets come from.") Optional<String> fromPort,
      @Arg(
              doc = "Where packets go to.",
              aliases = {"dest", "to"},
              defaultsTo = "any")
          String toIp,
      @Arg(
              doc = "The port that packets go to.",
              aliases = {"port"})
          Optional<String> toPort,
      @Arg(
              doc = "The protocol.",
              aliases = {"protocol"},
              choices = {"ah", "any", "esp", "gre", "igmp", "ipv6", "tcp", "udp", "vrrp"})
          Optional<String> proto,
      @Arg(
              doc = "A profile of /etc/ufw/applications.d.",
              aliases = {"app"})
          Optional<String> name,
      @Arg(doc = "A remark at the rule.") Optional<String> comment) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.ufw",
        Args.class,
        "Manages the firewall ufw: whether it is on, its policies and its rules.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    List<Fact<?>> facts = new ArrayList<>(List.of(new UfwState()));
    if (want.rule().isPresent()) {
      facts.add(new UfwRule(words(want)));
    }
    return facts;
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    check(want);
    UfwState.Answer now = host.get(new UfwState());
    Changes changes = new Changes(now.enabled());
    want.state().ifPresent(state -> state(state, now, changes));
    want.defaultPolicy()
        .ifPresent(
            policy -> {
              String direction = want.direction().orElse("incoming");
              if (!now.policy(direction).equals(policy)) {
                changes.add(
                    "default (" + direction + ")",
                    now.policy(direction),
                    policy,
                    "default",
                    policy,
                    direction);
              }
            });
    if (want.rule().isPresent() && host.get(new UfwRule(words(want)))) {
      List<String> words = words(want);
      boolean removed = want.delete();
      changes.add(
          "rule " + String.join(" ", words),
          removed ? "present" : "absent",
          removed ? "absent" : "present",
          words.toArray(String[]::new));
    }
    want.logging()
        .filter(level -> !(level.equals(now.logging()) || on(level, now.logging())))
        .ifPresent(level -> changes.add("logging", now.logging(), level, "logging", level));
    List<Value> commands = new ArrayList<>();
    changes.commands.forEach(words -> commands.add(Value.text("ufw " + String.join(" ", words))));
    Result result = Result.ok().with("commands", new Value.Seq(commands));
    return changes.steps.isEmpty()
        ? Verdict.satisfied(result)
        : Verdict.changes(
            changes.steps,
            List.of(new Diff.Properties(changes.before, changes.after)),
            result.changed(true));
  }

  private static boolean on(String level, String now) {
    return level.equals("on") && !now.equals("off");
  }

  private static void state(String state, UfwState.Answer now, Changes changes) {
    String before = now.enabled() ? "enabled" : "disabled";
    switch (state) {
      case "enabled" -> {
        if (!now.enabled()) {
          changes.add("state", before, state, "--force", "enable");
        }
      }
      case "disabled" -> {
        if (now.enabled()) {
          changes.add("state", before, state, "--force", "disable");
        }
      }
      case "reloaded" -> changes.add("state", before, state, "--force", "reload");
      default -> changes.add("state", before, state, "--force", "reset");
    }
  }

  private static void check(Args want) {
    boolean any =
        want.state().isPresent()
            || want.defaultPolicy().isPresent()
            || want.rule().isPresent()
            || want.logging().isPresent();
    if (!any) {
      throw new Refusal("give one of state, default, rule and logging");
    }
    String direction = want.direction().orElse("");
    if (want.rule().isPresent() && !direction.matches("|in|out")) {
      throw new Refusal("for rules, direction must be in or out, not " + direction);
    }
    if (want.defaultPolicy().isPresent() && !direction.matches("|incoming|outgoing|routed")) {
      throw new Refusal(
          "for default, direction must be incoming, outgoing or routed, not " + direction);
    }
    if (want.interfaceName().isPresent() && want.direction().isEmpty()) {
      throw new Refusal("interface needs direction: add direction: in or out");
    }
    boolean bothWays = want.interfaceIn().isPresent() && want.interfaceOut().isPresent();
    if (!want.route() && bothWays) {
      throw new Refusal("Only route rules can combine interface_in and interface_out");
    }
    boolean oneWay = want.interfaceIn().isPresent() || want.interfaceOut().isPresent();
    if (oneWay && want.direction().isPresent()) {
      throw new Refusal("direction excludes interface_in and interface_out");
    }
    if (want.name().isPresent() && want.proto().isPresent()) {
      throw new Refusal("name and proto exclude each other; the profile says the protocol");
    }
    if (want.insert().isPresent() && !want.insertRelativeTo().equals("zero")) {
      throw new Refusal("insert_relative_to is supported as zero only");
    }
  }

  /** The rule in ufw's long form. */
  static List<String> words(Args want) {
    List<String> words = new ArrayList<>();
    if (want.route()) {
      words.add("route");
    }
    if (want.delete()) {
      words.add("delete");
    } else {
      add(words, "insert", want.insert().map(Object::toString));
    }
    words.add(want.rule().orElseThrow());
    want.direction().ifPresent(words::add);
    add(words, "on", want.interfaceName());
    want.interfaceIn().ifPresent(name -> words.addAll(List.of("in", "on", name)));
    want.interfaceOut().ifPresent(name -> words.addAll(List.of("out", "on", name)));
    if (want.log()) {
      words.add("log");
    }
    words.addAll(List.of("from", want.fromIp()));
    add(words, "port", want.fromPort());
    words.addAll(List.of("to", want.toIp()));
    add(words, "port", want.toPort());
    add(words, "proto", want.proto());
    add(words, "app", want.name());
    add(words, "comment", want.comment());
    return words;
  }

  private static void add(List<String> words, String keyword, Optional<String> value) {
    value.ifPresent(text -> words.addAll(List.of(keyword, text)));
  }

  /** What has to be done so far. */
  private static final class Changes {
    private final Undo undo;
    private final List<Step> steps = new ArrayList<>();
    private final List<List<String>> commands = new ArrayList<>();
    private final Map<String, Value> before = new LinkedHashMap<>();
    private final Map<String, Value> after = new LinkedHashMap<>();

    Changes(boolean enabled) {
      String[] words = {"--force", enabled ? "reload" : "disable"};
      undo =
          new Undo.Several(
              List.of(
                  Undo.restore(
                      "/etc/ufw/ufw.conf",
                      "/etc/ufw/user.rules",
                      "/etc/ufw/user6.rules",
                      "/etc/default/ufw"),
                  new Undo.Run("ufw " + String.join(" ", words), Script.of(RUN, words))));
    }

    void add(String what, String from, String to, String... words) {
      steps.add(Step.change("ufw " + String.join(" ", words), Script.of(RUN, words), undo));
      commands.add(List.of(words));
      before.put(what, Value.text(from));
      after.put(what, Value.text(to));
    }
  }
}
