package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.CommandLine;
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

/** Services by whichever manager the host has: systemd, OpenRC or System V scripts. */
public final class Service implements Module<Service.Args> {

  private static final String ACT =
      """
      if command -v rc-service >/dev/null; then
        exec rc-service "$@"
      elif command -v service >/dev/null; then
        exec service "$@"
      else
        n=$1
        shift
        exec "/etc/init.d/$n" "$@"
      fi
      """;

  private static final String ENABLE =
      """
      if command -v rc-update >/dev/null; then
        if [ "$2" = enable ]; then exec rc-update add "$1" "$3"; else exec rc-update del "$1" "$3"; fi
      elif command -v update-rc.d >/dev/null; then
        case $3 in *[0-9]*) exec update-rc.d "$1" "$2" $3 ;; esac
        if [ "$2" = enable ]; then update-rc.d "$1" defaults || exit; fi
        exec update-rc.d "$1" "$2"
      elif command -v chkconfig >/dev/null; then
        switch=off
        [ "$2" = disable ] || switch=on
        case $3 in
          *[0-9]*) exec chkconfig --level "$(printf %s "$3" | tr -d ' ')" "$1" "$switch" ;;
        esac
        exec chkconfig "$1" "$switch"
      fi
      echo "neither rc-update, update-rc.d nor chkconfig is on this host" >&2
      exit 1
      """;

  /** The arguments of {@code service}. */
  public record Args(
      @Arg(doc = "The service's name.") String name,
      @Arg(
              doc = "Whether it runs. `restarted` and `reloaded` act every time.",
              choices = {"reloaded", "restarted", "started", "stopped"})
          Optional<String> state,
      @Arg(doc = "Whether it is started at boot.") Optional<Boolean> enabled,
      @Arg(doc = "Seconds to wait between stop and start of a restart; not with systemd.")
          Optional<Integer> sleep,
      @Arg(
              doc =
                  "Text that the list of processes has when the service runs, for scripts that"
                      + " cannot tell; means nothing with systemd.")
          Optional<String> pattern,
      @Arg(
              doc = "More arguments for the service's script; means nothing with systemd.",
              aliases = {"args"},
              defaultsTo = "")
          Optional<String> arguments,
      @Arg(doc = "OpenRC's runlevel in which it is enabled.", defaultsTo = "default")
          String runlevel,
      @Arg(doc = "System V's runlevels in which it is enabled or disabled.") List<String> runlevels,
      @Arg(
              doc = "The service manager to use; `auto` finds out.",
              choices = {"auto", "systemd", "service", "sysvinit", "openrc"},
              defaultsTo = "auto")
          String use,
      @Arg(
              doc = "With systemd: read unit files again first.",
              aliases = {"daemon-reload"},
              defaultsTo = "false")
          boolean daemonReload) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
            "ansible.builtin.service",
            Args.class,
            "Starts, stops, restarts and enables services by the host's own service manager.")
        .alias("ansible.builtin.sysvinit");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(manager(want), new UnitFact(want.name(), "system"));
  }

  private static ServiceFact manager(Args want) {
    return new ServiceFact(want.name(), levels(want), want.pattern().orElse(""));
  }

  private static String levels(Args want) {
    return want.runlevels().isEmpty() ? want.runlevel() : String.join(" ", want.runlevels());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.state().isEmpty() && want.enabled().isEmpty()) {
      throw new Refusal("Neither 'state' nor 'enabled' set");
    }
    ServiceFact.Answer service = host.get(manager(want));
    String use = want.use().equals("auto") ? service.manager() : want.use();
    if (!want.runlevels().isEmpty()) {
      checkRunlevels(want.runlevels(), use);
    }
    if (use.equals("systemd")) {
      return new Systemd().plan(forSystemd(want), host);
    }
    return planScripts(want, service);
  }

  private static void checkRunlevels(List<String> runlevels, String manager) {
    if (!manager.equals("sysvinit")) {
      throw new Refusal("runlevels are for System V scripts, and this host has " + manager);
    }
    if (!runlevels.stream().allMatch(level -> level.matches("[0-6]"))) {
      throw new Refusal("runlevels are digits from 0 to 6");
    }
  }

  private static Systemd.Args forSystemd(Args want) {
    return new Systemd.Args(
        Optional.of(want.name()),
        want.state(),
        want.enabled(),
        false,
        Optional.empty(),
        want.daemonReload(),
        false,
        "system",
        false);
  }

  private static Verdict planScripts(Args want, ServiceFact.Answer service) {
    String name = want.name();
    if (!service.found()) {
      throw new Refusal("Could not find the requested service " + name + ": host");
    }
    List<Step> steps = new ArrayList<>();
    Map<String, Value> before = new LinkedHashMap<>();
    Map<String, Value> after = new LinkedHashMap<>();
    Result result = Result.ok().with("name", name);
    if (want.enabled().isPresent()) {
      boolean enabled = want.enabled().get();
      result = result.with("enabled", enabled);
      boolean all = enabled && !want.runlevels().isEmpty();
      if (enabled != (all ? service.everywhere() : service.enabled())) {
        String verb = enabled ? "enable" : "disable";
        steps.add(
            Step.change(
                verb + " " + name,
                Script.of(ENABLE, name, verb, levels(want)),
                new Undo.Run(
                    (enabled ? "disable " : "enable ") + name,
                    Script.of(ENABLE, name, enabled ? "disable" : "enable", levels(want)))));
        before.put("enabled", Value.bool(!enabled));
        after.put("enabled", Value.bool(enabled));
      }
    }
    if (want.state().isPresent()) {
      String state = want.state().get();
      result = result.with("state", state.equals("stopped") ? "stopped" : "started");
      int steady = steps.size();
      switch (state) {
        case "started" -> {
          if (!service.running()) {
            steps.add(act(want, "start"));
          }
        }
        case "stopped" -> {
          if (service.running()) {
            steps.add(act(want, "stop"));
          }
        }
        case "reloaded" -> steps.add(act(want, service.running() ? "reload" : "start"));
        default -> restart(want, service, steps);
      }
      if (steps.size() > steady) {
        before.put("state", Value.text(service.running() ? "started" : "stopped"));
        after.put("state", Value.text(state));
      }
    }
    return steps.isEmpty()
        ? Verdict.satisfied(result)
        : Verdict.changes(steps, List.of(new Diff.Properties(before, after)), result.changed(true));
  }

  private static void restart(Args want, ServiceFact.Answer service, List<Step> steps) {
    if (want.sleep().isEmpty()) {
      steps.add(act(want, "restart"));
      return;
    }
    if (service.running()) {
      steps.add(act(want, "stop"));
    }
    steps.add(
        Step.change(
            "wait " + want.sleep().get() + " s",
            Script.of("sleep \"$1\"\n", want.sleep().get().toString()),
            Undo.momentary()));
    steps.add(act(want, "start"));
  }

  private static Step act(Args want, String verb) {
    Undo undo =
        switch (verb) {
          case "start" -> back(want, "stop");
          case "stop" -> back(want, "start");
          default -> Undo.momentary();
        };
    return Step.change(verb + " " + want.name(), script(want, verb), undo);
  }

  private static Undo back(Args want, String verb) {
    return new Undo.Run(verb + " " + want.name(), script(want, verb))
        .and(SystemWatches.script(want.name()));
  }

  private static Script script(Args want, String verb) {
    List<String> words = new ArrayList<>(List.of(want.name(), verb));
    words.addAll(CommandLine.split(want.arguments().orElse("")));
    return Script.of(ACT, words.toArray(String[]::new));
  }
}
