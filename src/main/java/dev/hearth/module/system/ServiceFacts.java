package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.MarkedLines;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.module.Module;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code ansible.builtin.service_facts}: the services of the host and their states, as facts. */
public final class ServiceFacts implements Module<ServiceFacts.Args> {

  private static final Set<String> BAD = Set.of("failed", "masked", "not-found");

  /** It takes no parameters. */
  public record Args() {}

  /** What the host's service managers print. */
  record Listed() implements Fact<Map<String, List<String>>> {

    private static final String PROBE =
        """
        export LC_ALL=C
        PATH=$PATH:/usr/sbin:/sbin
        if command -v service >/dev/null 2>&1 && ! command -v chkconfig >/dev/null 2>&1 &&
          ! command -v rc-status >/dev/null 2>&1; then
          echo '@sysv'
          service --status-all 2>&1 | grep -E '\\[ (\\+|-) \\]'
        fi
        if command -v rc-status >/dev/null 2>&1; then
          echo '@runlevels'
          rc-update show -v 2>/dev/null | grep '|'
          echo '@openrc'
          rc-status -a -s -m 2>/dev/null | grep '^ ' | tr -d '[]'
        fi
        if [ -d /run/systemd/system ] && command -v systemctl >/dev/null 2>&1; then
          echo '@units'
          systemctl list-units --no-pager --no-legend --type service --all --plain || exit 1
          echo '@files'
          files=$(systemctl list-unit-files --no-pager --no-legend --type service --all) || exit 1
          printf '%s\\n' "$files"
          echo '@aliases'
          names=$(printf '%s\\n' "$files" | while read -r name state _; do
            case $name in *@.service) continue ;; esac
            [ "$state" != alias ] || printf '%s\\n' "$name"
          done)
          # One question for all of them; one each only where some unit has no answer.
          states=
          [ -z "$names" ] || states=$(systemctl show --property=ActiveState $names 2>/dev/null)
          set -- $names
          if [ "$(printf '%s\\n' "$states" | grep -c .)" -eq $# ]; then
            for state in $states; do
              printf '%s %s\\n' "$1" "$state"
              shift
            done
          else
            for name do
              printf '%s %s\\n' "$name" "$(systemctl show --property=ActiveState "$name" 2>/dev/null)"
            done
          fi
        fi
        exit 0
        """;

    @Override
    public String key() {
      return "services";
    }

    @Override
    public Script probe() {
      return Script.of(PROBE);
    }

    @Override
    public Map<String, List<String>> parse(Outcome.Exited answer) {
      if (!answer.ok()) {
        throw new UnreadableFact("cannot list the services: " + answer.err().strip());
      }
      return MarkedLines.of(answer.out());
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.service_facts",
        Args.class,
        "Tells the services of the host and their states, as the fact `services`.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(new Listed());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    Map<String, List<String>> parts = host.get(new Listed());
    Map<String, Value> services = new LinkedHashMap<>();
    parts.getOrDefault("sysv", List.of()).forEach(line -> sysv(line, services));
    openrc(parts, services);
    systemd(parts, services);
    if (services.isEmpty()) {
      return Verdict.satisfied(
          Result.skip(
              "Failed to find any services. This can be due to privileges or some other"
                  + " configuration issue."));
    }
    return Verdict.satisfied(
        Result.ok()
            .with(
                "ansible_facts",
                Value.Dict.ofTexts(Map.of("services", Value.Dict.ofTexts(services)))));
  }

  private static List<String> words(String line) {
    return line.isBlank() ? List.of() : List.of(line.strip().split("\\s+"));
  }

  private static void sysv(String line, Map<String, Value> services) {
    List<String> words = words(line);
    if (words.size() < 4) {
      return;
    }
    String name = String.join(" ", words.subList(3, words.size()));
    Map<String, Value> service = new LinkedHashMap<>();
    service.put("name", Value.text(name));
    service.put("state", Value.text(words.get(1).equals("+") ? "running" : "stopped"));
    service.put("source", Value.text("sysv"));
    services.put(name, Value.Dict.ofTexts(service));
  }

  private static void openrc(Map<String, List<String>> parts, Map<String, Value> services) {
    Map<String, List<Value>> runlevels = new LinkedHashMap<>();
    for (String line : parts.getOrDefault("runlevels", List.of())) {
      String[] sides = line.split("\\|", 2);
      runlevels.put(
          sides[0].strip(),
          words(sides[1]).stream().map(word -> (Value) Value.text(word)).toList());
    }
    for (String line : parts.getOrDefault("openrc", List.of())) {
      List<String> words = words(line);
      if (words.size() < 2) {
        continue;
      }
      Map<String, Value> service = new LinkedHashMap<>();
      service.put("name", Value.text(words.get(0)));
      service.put("runlevels", new Value.Seq(runlevels.getOrDefault(words.get(0), List.of())));
      service.put("state", Value.text(words.get(1)));
      service.put("source", Value.text("openrc"));
      services.put(words.get(0), Value.Dict.ofTexts(service));
    }
  }

  private static void systemd(Map<String, List<String>> parts, Map<String, Value> services) {
    Map<String, String> states = new LinkedHashMap<>();
    Map<String, String> statuses = new LinkedHashMap<>();
    for (String line : parts.getOrDefault("units", List.of())) {
      List<String> words = words(line);
      if (words.size() < 4) {
        continue;
      }
      List<String> told = words.subList(0, words.size() - 1);
      states.put(words.get(0), words.get(3).equals("running") ? "running" : "stopped");
      statuses.put(
          words.get(0), told.stream().filter(BAD::contains).findFirst().orElse(words.get(2)));
    }
    Map<String, String> aliases = new LinkedHashMap<>();
    for (String line : parts.getOrDefault("aliases", List.of())) {
      List<String> words = words(line);
      if (words.size() == 2) {
        aliases.put(words.get(0), words.get(1).replace("ActiveState=", ""));
      }
    }
    for (String line : parts.getOrDefault("files", List.of())) {
      List<String> words = words(line);
      if (words.size() < 2) {
        continue;
      }
      String name = words.get(0);
      if (!states.containsKey(name)) {
        // A unit that is not loaded cannot be active; a template is no unit and has no state.
        String usual = name.endsWith("@.service") ? "unknown" : "inactive";
        states.put(name, aliases.getOrDefault(name, usual));
        statuses.put(name, words.get(1));
      } else if (!BAD.contains(statuses.getOrDefault(name, ""))) {
        statuses.put(name, words.get(1));
      }
    }
    states.forEach(
        (name, state) -> {
          Map<String, Value> service = new LinkedHashMap<>();
          service.put("name", Value.text(name));
          service.put("state", Value.text(state));
          service.put("status", Value.text(statuses.getOrDefault(name, "unknown")));
          service.put("source", Value.text("systemd"));
          services.put(name, Value.Dict.ofTexts(service));
        });
  }
}
