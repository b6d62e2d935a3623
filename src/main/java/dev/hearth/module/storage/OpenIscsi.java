package dev.hearth.module.storage;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code community.general.open_iscsi}: targets of Open-iSCSI. */
public final class OpenIscsi implements Module<OpenIscsi.Args> {

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "Name or address of the machine that has the targets.",
              aliases = {"ip"})
          Optional<String> portal,
      @Arg(doc = "Its port.", defaultsTo = "3260") String port,
      @Arg(
              doc = "The target.",
              aliases = {"name", "targetname"})
          Optional<String> target,
      @Arg(
              doc = "Whether the target is connected; without `target` all that are known.",
              aliases = {"state"})
          Optional<Boolean> login,
      @Arg(doc = "How the host proves who it is.", defaultsTo = "CHAP") String nodeAuth,
      @Arg(doc = "The host's name at the target.") Optional<String> nodeUser,
      @Arg(
              doc =
                  "The host's password at the target. It is written into the records when the"
                      + " target is being connected, and never stands in a command line.")
          Optional<Value.Textual> nodePass,
      @Arg(doc = "The target's name at the host.") Optional<String> nodeUserIn,
      @Arg(doc = "The target's password at the host.") Optional<Value.Textual> nodePassIn,
      @Arg(
              doc = "Whether the target is connected at boot.",
              aliases = {"automatic"})
          Optional<Boolean> autoNodeStartup,
      @Arg(doc = "Whether the target is connected at boot through that portal.")
          Optional<Boolean> autoPortalStartup,
      @Arg(
              doc =
                  "Ask the portal what it offers and keep a record of it. Records that are there"
                      + " keep their settings.",
              defaultsTo = "false")
          boolean discover,
      @Arg(doc = "Return the targets that are known.", defaultsTo = "false") boolean showNodes,
      @Arg(doc = "Look for new disks of what is connected.", defaultsTo = "false")
          boolean rescan) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.open_iscsi",
        Args.class,
        "Finds, connects and disconnects targets of iSCSI. Check mode asks the portal as well, and"
            + " writes nothing down.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(fact(want));
  }

  private static IscsiFact fact(Args want) {
    return new IscsiFact(want.portal().orElse(""), want.port(), want.discover());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    conditions(want);
    return new Plan(want, host.get(fact(want))).verdict();
  }

  private static void conditions(Args want) {
    together("node_user", want.nodeUser().isPresent(), "node_pass", want.nodePass().isPresent());
    together(
        "node_user_in",
        want.nodeUserIn().isPresent(),
        "node_pass_in",
        want.nodePassIn().isPresent());
    if (want.discover() && want.portal().isEmpty()) {
      throw new Refusal("discover needs portal; name the machine to ask");
    }
    if ((want.autoNodeStartup().isPresent() || want.autoPortalStartup().isPresent())
        && want.target().isEmpty()) {
      throw new Refusal("auto_node_startup and auto_portal_startup need target; name it");
    }
  }

  private static void together(String one, boolean first, String other, boolean second) {
    if (first != second) {
      throw new Refusal(one + " and " + other + " belong together; give both or none");
    }
  }

  /** One task on its way to a verdict. */
  private static final class Plan {
    private final Args want;
    private final IscsiFact.Answer now;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, Value> before = new LinkedHashMap<>();
    private final Map<String, Value> after = new LinkedHashMap<>();
    private final List<String> connecting = new ArrayList<>();
    private final List<Value> devices = new ArrayList<>();
    private Result result = Result.ok();

    Plan(Args want, IscsiFact.Answer now) {
      this.want = want;
      this.now = now;
    }

    Verdict verdict() {
      List<String> targets = targets();
      want.target()
          .filter(target -> !targets.contains(target))
          .ifPresent(
              target -> {
                throw new Refusal(
                    "the target "
                        + target
                        + " is not known; set discover, or name its portal as it is recorded");
              });
      if (want.showNodes()) {
        result = result.with("nodes", texts(targets));
      }
      want.login().ifPresent(on -> connect(on, want.target().map(List::of).orElse(targets)));
      want.autoNodeStartup().ifPresent(on -> startup("automatic_changed", Optional.empty(), on));
      want.autoPortalStartup()
          .ifPresent(
              on -> startup("automatic_portal_changed", now.address().map(this::portal), on));
      if (want.rescan()) {
        steps.add(IscsiSteps.rescan(want.target()));
      }
      if (steps.isEmpty()) {
        return Verdict.satisfied(result);
      }
      return Verdict.changes(
              steps,
              after.isEmpty() ? List.of() : List.of(new Diff.Properties(before, after)),
              result.changed(true))
          .telling(this::told);
    }

    /** The targets that are known, after the portal was asked if it is to be. */
    private List<String> targets() {
      List<String> known = names(now.of(now.records()));
      if (!want.discover()) {
        return known;
      }
      List<String> offered = names(now.of(now.offers()));
      List<String> fresh = offered.stream().filter(name -> !known.contains(name)).toList();
      List<String> gone = known.stream().filter(name -> !offered.contains(name)).toList();
      if (!fresh.isEmpty() || !gone.isEmpty()) {
        steps.add(IscsiSteps.discover(portal(now.address().orElseThrow()), fresh, gone));
        before.put("nodes", texts(known));
        after.put("nodes", texts(offered));
        result = result.with("cache_updated", true);
      }
      return offered;
    }

    private void connect(boolean on, List<String> targets) {
      boolean several = want.target().isEmpty() && targets.size() > 1;
      for (String target : targets) {
        if (now.connected(target, want.port()) == on) {
          if (on) {
            now.devices(target).forEach(device -> devices.add(Value.text(device)));
          }
          continue;
        }
        before.put(target, Value.text(on ? "disconnected" : "connected"));
        after.put(target, Value.text(on ? "connected" : "disconnected"));
        result = result.with("connection_changed", true);
        if (!on) {
          steps.add(IscsiSteps.logout(target));
          continue;
        }
        credentials(target);
        connecting.add(target);
        steps.add(IscsiSteps.login(target, now.address().map(this::portal), several));
      }
      if (on || several) {
        result = result.with("devicenodes", new Value.Seq(devices));
      }
    }

    private void credentials(String target) {
      List<String> names = new ArrayList<>();
      List<Value.Textual> values = new ArrayList<>();
      if (want.nodeUser().filter(user -> !user.isEmpty()).isPresent()) {
        names.addAll(
            List.of(
                "node.session.auth.authmethod",
                "node.session.auth.username",
                "node.session.auth.password"));
        values.addAll(
            List.of(
                Value.text(want.nodeAuth()),
                Value.text(want.nodeUser().get()),
                want.nodePass().orElseThrow()));
      }
      if (want.nodeUserIn().filter(user -> !user.isEmpty()).isPresent()) {
        names.addAll(List.of("node.session.auth.username_in", "node.session.auth.password_in"));
        values.addAll(
            List.of(Value.text(want.nodeUserIn().get()), want.nodePassIn().orElseThrow()));
      }
      if (values.stream().anyMatch(value -> value.reveal().contains("\n"))) {
        throw new Refusal("names and passwords of iSCSI cannot have several lines");
      }
      if (!names.isEmpty()) {
        steps.add(IscsiSteps.credentials(target, names, values));
      }
    }

    private void startup(String key, Optional<String> portal, boolean on) {
      String target = want.target().orElseThrow();
      boolean is =
          now.records().stream()
              .filter(node -> node.target().equals(target))
              .filter(node -> portal.isEmpty() || portal.get().equals(node.portal()))
              .findFirst()
              .filter(IscsiFact.Node::automatic)
              .isPresent();
      result = result.with(key, is != on);
      if (is != on) {
        before.put("startup", Value.text(is ? "automatic" : "manual"));
        after.put("startup", Value.text(on ? "automatic" : "manual"));
        steps.add(IscsiSteps.startup(target, portal, on));
      }
    }

    /** What the logins and the look for new disks said. */
    private Result told(Result predicted, List<Outcome.Exited> ends) {
      Result told = predicted;
      List<Value> all = new ArrayList<>(devices);
      int refused = 0;
      for (int i = 0; i < ends.size(); i++) {
        String out = ends.get(i).out();
        if (steps.get(i).what().startsWith("look for new disks")) {
          told = told.with("sessions", out);
        }
        if (out.strip().equals("refused")) {
          refused++;
        }
        out.lines()
            .filter(line -> line.startsWith("disk "))
            .forEach(line -> all.add(Value.text(line.substring(5))));
      }
      if (!connecting.isEmpty()) {
        told = told.with("devicenodes", new Value.Seq(all));
        if (refused == connecting.size()) {
          told = told.with("connection_changed", false).changed(steps.size() > refused);
        }
      }
      return told;
    }

    private String portal(String address) {
      return new IscsiFact.Node(address, want.port(), "", "").portal();
    }

    private static List<String> names(List<IscsiFact.Node> nodes) {
      return nodes.stream().map(IscsiFact.Node::target).toList();
    }

    private static Value texts(List<String> texts) {
      return new Value.Seq(texts.stream().<Value>map(Value::text).toList());
    }
  }
}
