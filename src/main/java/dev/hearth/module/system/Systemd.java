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
 * Starts, stops, enables and masks systemd units. As with ansible-core, {@code daemon_reload}
 * always reloads and does not count as a change; {@code restarted} and {@code reloaded} always act.
 */
public final class Systemd implements Module<Systemd.Args> {

  private static final String SYSTEMCTL =
      UnitFact.USER_BUS + "s=$1\nshift\nexec systemctl \"--$s\" \"$@\"\n";

  /** The arguments of {@code systemd_service}. */
  public record Args(
      @Arg(
              doc = "The unit; without a suffix a service is meant.",
              aliases = {"service", "unit"})
          Optional<String> name,
      @Arg(
              doc =
                  "Whether it runs. `restarted` and `reloaded` act every time; `reloaded` starts"
                      + " what does not run.",
              choices = {"reloaded", "restarted", "started", "stopped"})
          Optional<String> state,
      @Arg(doc = "Whether it is started at boot.") Optional<Boolean> enabled,
      @Arg(doc = "Act on `enabled` even where links conflict.", defaultsTo = "false") boolean force,
      @Arg(doc = "Whether it is masked, so that nothing can start it.") Optional<Boolean> masked,
      @Arg(
              doc = "Make systemd read its unit files again before anything else.",
              aliases = {"daemon-reload"},
              defaultsTo = "false")
          boolean daemonReload,
      @Arg(
              doc = "Restart systemd itself before anything else.",
              aliases = {"daemon-reexec"},
              defaultsTo = "false")
          boolean daemonReexec,
      @Arg(
              doc = "Whose units: the system's, the connected user's, or all users'.",
              choices = {"system", "user", "global"},
              defaultsTo = "system")
          String scope,
      @Arg(doc = "Do not wait until the unit has changed its state.", defaultsTo = "false")
          boolean noBlock) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
            "ansible.builtin.systemd_service",
            Args.class,
            "Starts, stops, restarts, enables and masks systemd units.")
        .alias("ansible.builtin.systemd");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return want.name().<List<Fact<?>>>map(name -> List.of(fact(want, name))).orElse(List.of());
  }

  private static UnitFact fact(Args want, String name) {
    return new UnitFact(name, want.scope());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    List<Step> steps = new ArrayList<>();
    if (want.daemonReload()) {
      steps.add(systemctl(want, "reload systemd's unit files", Undo.momentary(), "daemon-reload"));
    }
    if (want.daemonReexec()) {
      steps.add(systemctl(want, "restart systemd itself", Undo.momentary(), "daemon-reexec"));
    }
    if (want.name().isEmpty()) {
      if (want.state().isPresent() || want.enabled().isPresent() || want.masked().isPresent()) {
        throw new Refusal("state, enabled and masked need the name of a unit: add name:");
      }
      if (steps.isEmpty()) {
        throw new Refusal("nothing to do: give a name, daemon_reload or daemon_reexec");
      }
      return Verdict.changes(steps, List.of(), Result.ok().with("status", Value.Dict.EMPTY));
    }
    String name = want.name().get();
    if (name.contains("*") || name.contains("?") || name.contains("[")) {
      throw new Refusal("'" + name + "' is a pattern; systemd units are managed one by one");
    }
    return new Plan(want, name, host.get(fact(want, name)), steps).verdict();
  }

  static Step systemctl(Args want, String what, Undo undo, String... words) {
    return Step.change(what, script(want, words), undo);
  }

  private static Script script(Args want, String... words) {
    List<String> all = new ArrayList<>(List.of(want.scope()));
    if (want.noBlock()) {
      all.add("--no-block");
    }
    if (want.force()) {
      all.add("--force");
    }
    all.addAll(List.of(words));
    return Script.of(SYSTEMCTL, all.toArray(String[]::new));
  }

  /** The decisions about one unit, in ansible-core's order: mask, enable, state. */
  private static final class Plan {
    private final Args want;
    private final String name;
    private final Unit unit;
    private final List<Step> steps;
    private final Map<String, Value> before = new LinkedHashMap<>();
    private final Map<String, Value> after = new LinkedHashMap<>();
    private boolean changed;

    Plan(Args want, String name, Unit unit, List<Step> steps) {
      this.want = want;
      this.name = name;
      this.unit = unit;
      this.steps = steps;
    }

    Verdict verdict() {
      mask();
      enable();
      state();
      Result result = Result.ok().changed(changed).with("name", name).with("status", unit.status());
      if (want.enabled().isPresent()) {
        result = result.with("enabled", want.enabled().get());
      }
      if (want.masked().isPresent()) {
        result = result.with("masked", want.masked().get());
      }
      if (want.state().isPresent()) {
        result = result.with("state", want.state().get().equals("stopped") ? "stopped" : "started");
      }
      if (steps.isEmpty()) {
        return Verdict.satisfied(result);
      }
      List<Diff> diffs = changed ? List.of(new Diff.Properties(before, after)) : List.of();
      return Verdict.changes(steps, diffs, result);
    }

    private void mask() {
      want.masked()
          .filter(masked -> masked != unit.masked())
          .ifPresent(
              masked -> {
                mustExist();
                act(masked ? "mask" : "unmask", "masked", Value.bool(!masked), Value.bool(masked));
              });
    }

    private void enable() {
      want.enabled()
          .ifPresent(
              enabled -> {
                mustExist();
                if (enabled != unit.enabled()) {
                  act(
                      enabled ? "enable" : "disable",
                      "enabled",
                      Value.bool(!enabled),
                      Value.bool(enabled));
                }
              });
    }

    private void state() {
      if (want.state().isEmpty()) {
        return;
      }
      if (want.scope().equals("global")) {
        throw new Refusal("scope: global has no state; it can only be enabled, disabled or masked");
      }
      mustExist();
      if (!unit.reachable()) {
        throw new Refusal(
            "systemd does not answer, so the state of "
                + name
                + " cannot be changed: "
                + unit.complaint());
      }
      String state = want.state().get();
      boolean running = unit.running();
      Value now = Value.text(running ? "started" : "stopped");
      switch (state) {
        case "started" -> {
          if (!running) {
            act("start", "state", now, Value.text("started"));
          }
        }
        case "stopped" -> {
          if (running || unit.stopping()) {
            act("stop", "state", now, Value.text("stopped"));
          }
        }
        case "reloaded" ->
            act(
                running ? "reload" : "start",
                "state",
                now,
                Value.text(running ? state : "started"));
        default -> act("restart", "state", now, Value.text(state));
      }
    }

    private void act(String verb, String property, Value from, Value to) {
      steps.add(systemctl(want, verb + " " + name, undo(verb), verb, "--", name));
      before.put(property, from);
      after.put(property, to);
      changed = true;
    }

    private Undo undo(String verb) {
      String opposite =
          switch (verb) {
            case "start" -> "stop";
            case "stop" -> "start";
            case "enable" -> "disable";
            case "disable" -> "enable";
            case "mask" -> "unmask";
            case "unmask" -> "mask";
            default -> "";
          };
      if (opposite.isEmpty()) {
        return Undo.momentary();
      }
      Undo back = new Undo.Run(opposite + " " + name, script(want, opposite, "--", name));
      return want.scope().equals("global")
          ? back
          : back.and(SystemWatches.unit(want.scope(), name));
    }

    private void mustExist() {
      if (!unit.found()) {
        throw new Refusal(
            "Could not find the requested service "
                + name
                + ": host"
                + (unit.complaint().isEmpty() ? "" : " (" + unit.complaint() + ")"));
      }
    }
  }
}
