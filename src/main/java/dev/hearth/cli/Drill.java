package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.inventory.Host;
import dev.hearth.rebuild.BackupPlan;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps a drill apart from the lab. */
final class Drill {

  private static final String THROW_AWAY = "hearth_throw_away";

  private final Environment environment;
  private final RunMixin run;

  Drill(Environment environment, RunMixin run) {
    this.environment = environment;
    this.run = run;
  }

  /**
   * Adds the drill's variables to the run.
   *
   * @return the tags that its playbook leaves out
   * @throws dev.hearth.diag.HearthException when the host is not one to throw away, or something of
   *     the lab would reach it
   */
  List<String> prepare(String name) {
    List<String> skipped = new ArrayList<>();
    run.with(
        environment,
        bench -> {
          BackupPlan plan = Backups.of(bench, environment).plan();
          BackupPlan.Drill drill =
              plan.drill()
                  .orElseThrow(
                      () ->
                          Diagnostic.error(
                                  ExitCode.INVALID,
                                  "backup.yml has no 'drill': nothing is kept apart")
                              .because("a drill must not reach the lab's tunnel, tailnet or mail")
                              .next("declare it as docs/design/rebuild.md says")
                              .failure());
          bench.requireHosts(name, Optional.empty());
          Host host = bench.inventory().host(name).orElseThrow(() -> notOne(name));
          if (!Value.Bool.TRUE.equals(value(bench, host, THROW_AWAY).orElse(Value.NULL))) {
            throw Diagnostic.error(
                    ExitCode.INVALID, host.name() + " is not declared as a host to throw away")
                .because(THROW_AWAY + " is not true for it in this inventory")
                .next("use an inventory in which the name stands for a throw-away machine: -i FILE")
                .failure();
          }
          for (String forbidden : drill.forbidden()) {
            if (value(bench, host, forbidden).filter(Drill::holds).isPresent()) {
              throw Diagnostic.error(
                      drill.at(), "'" + forbidden + "' has a value on " + host.name())
                  .because("with it the drill's host would join the real lab")
                  .next("leave it out of the drill's inventory, or set it to ''")
                  .failure();
            }
          }
          Map<String, Value> vars = new LinkedHashMap<>(bench.resolved(drill.vars(), host));
          // The real host keeps its key to the repository, and a drill makes no backups.
          vars.put("backup_exclusive", Value.bool(false));
          vars.put("backup_timer", Value.bool(false));
          Json.Style revealed = new Json.Style(false, 0, false, true);
          run.add(List.of(Json.write(Value.Dict.ofTexts(vars), revealed)), List.of());
          skipped.addAll(drill.skipTags());
          return ExitCode.OK;
        });
    return skipped;
  }

  private static RuntimeException notOne(String name) {
    return Diagnostic.error(ExitCode.INVALID, "a drill is of one host, not of '" + name + "'")
        .next("name a host of the inventory")
        .failure();
  }

  private static boolean holds(Value value) {
    return !(value instanceof Value.Null)
        && !(value instanceof Value.Textual text && text.reveal().isBlank());
  }

  private static Optional<Value> value(Workbench bench, Host host, String name) {
    return bench
        .variables(host)
        .winner(name)
        .map(
            found -> bench.resolved(Map.of(name, new Located(found.value(), found.origin())), host))
        .map(values -> values.values().iterator().next());
  }
}
