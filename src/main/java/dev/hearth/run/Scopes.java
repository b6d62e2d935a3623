package dev.hearth.run;

import dev.hearth.inventory.Host;
import dev.hearth.inventory.Inventory;
import dev.hearth.playbook.Attributes;
import dev.hearth.playbook.Context;
import dev.hearth.playbook.RoleInstance;
import dev.hearth.playbook.VarsScope;
import dev.hearth.template.SearchPath;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.vars.Layers;
import dev.hearth.vars.Level;
import dev.hearth.vars.Variable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;

/** Puts together what a host, a play and a task can see: every level of precedence in its place. */
final class Scopes {

  private record Ground(Inventory inventory, Map<String, Value> facts, Layers layers) {}

  private final ConcurrentMap<String, Ground> grounds = new ConcurrentHashMap<>();
  private final CurrentInventory inventory;
  private final BiFunction<Host, Inventory, Layers> inventoryLayers;
  private final Map<String, Variable> extraVars;
  private final Memory memory;
  private final Magic magic;

  /**
   * @param inventoryLayers a host's variables from an inventory, group_vars and host_vars
   * @param extraVars what {@code -e} said
   */
  Scopes(
      CurrentInventory inventory,
      BiFunction<Host, Inventory, Layers> inventoryLayers,
      Map<String, Variable> extraVars,
      Memory memory,
      Magic magic) {
    this.inventory = inventory;
    this.inventoryLayers = inventoryLayers;
    this.extraVars = Map.copyOf(extraVars);
    this.memory = memory;
    this.magic = magic;
  }

  /**
   * What a host sees outside of any play: the view that {@code hostvars} gives to others. A host
   * that the inventory does not have is in no group but {@code all}.
   */
  Layers outside(String host) {
    HostMemory learnt = memory.of(host);
    return ground(host, learnt.facts())
        .with(Level.INCLUDE_VARS, learnt.included())
        .with(Level.SET_FACT, learnt.set());
  }

  /** What stays the same from task to task, until the inventory or the host's facts are others. */
  @SuppressWarnings("ReferenceEquality") // Both are immutable: another state is another object.
  private Layers ground(String host, Map<String, Value> facts) {
    Inventory now = inventory.get();
    Ground last = grounds.get(host);
    if (last != null && last.inventory() == now && last.facts() == facts) {
      return last.layers();
    }
    Host known = now.host(host).orElseGet(() -> unlisted(host));
    Layers layers =
        inventoryLayers
            .apply(known, now)
            .with(Level.INVENTORY_HOST, magic.own(known))
            .with(Level.FACTS, magic.facts(facts))
            .with(Level.EXTRA_VARS, extraVars)
            .with(Level.MAGIC, magic.always());
    grounds.put(host, new Ground(now, facts, layers));
    return layers;
  }

  /** What a host sees in a play, outside of its tasks. */
  Layers play(PlayState state, String host, Map<String, Variable> varsFiles) {
    Layers layers =
        outside(host)
            .with(Level.PLAY_VARS, Variable.all(Level.PLAY_VARS, state.vars()))
            .with(Level.PLAY_VARS_PROMPT, state.prompted())
            .with(Level.PLAY_VARS_FILES, varsFiles);
    for (RoleInstance role : state.roles().stream().filter(RoleInstance::exported).toList()) {
      layers = with(layers, Level.ROLE_DEFAULTS, List.of(role.defaults()));
      layers = with(layers, Level.ROLE_VARS, role.exportedVars());
    }
    return layers
        .with(Level.ROLE_DEFAULTS, memory.of(host).exportedDefaults())
        .with(Level.ROLE_VARS, memory.of(host).exportedVars())
        .with(Level.MAGIC, magic.ofPlay(state, this))
        .searching(new SearchPath(List.of(playbookDirectory(state))));
  }

  /** What a task of the play sees on a host, without loop variables. */
  Layers task(Layers play, Attributes attributes, Context context) {
    Layers layers = play;
    Optional<RoleInstance> role = context.role();
    if (role.isPresent()) {
      RoleInstance own = role.get();
      layers = with(layers, Level.ROLE_DEFAULTS, own.defaultsInForce());
      layers = with(layers, Level.ROLE_VARS, own.varsInForce());
      layers = with(layers, Level.ROLE_PARAMS, own.paramsInForce());
      layers =
          layers
              .with(Level.INCLUDE_PARAMS, Magic.includers(own))
              .with(Level.MAGIC, magic.ofRole(own));
    }
    int inside = attributes.scopes().size();
    for (VarsScope scope : attributes.scopes()) {
      inside--;
      Level level =
          scope.kind() == VarsScope.Kind.INCLUDE
              ? Level.INCLUDE_PARAMS
              : inside == 0 ? Level.TASK_VARS : Level.BLOCK_VARS;
      layers = layers.with(level, Variable.all(level, scope.vars()));
    }
    Layers seen =
        layers
            .with(Level.MAGIC, magic.ofTask(attributes, context))
            .searching(new SearchPath(context.searchDirectories()));
    return seen.with(Level.MAGIC, magic.vars(seen));
  }

  private static Layers with(Layers layers, Level level, List<Map<String, Located>> definitions) {
    Layers more = layers;
    for (Map<String, Located> each : definitions) {
      more = more.with(level, Variable.all(level, each));
    }
    return more;
  }

  /** The same with loop variables and the like, which beat everything but extra variables. */
  Layers locals(Layers task, Map<String, Value> locals) {
    return task.with(Level.MAGIC, Magic.variables(locals));
  }

  private static Path playbookDirectory(PlayState state) {
    Path parent = state.play().file().toAbsolutePath().getParent();
    return parent == null ? state.play().file().toAbsolutePath() : parent;
  }

  /** A host that only a task names, to do its work there. */
  private static Host unlisted(String name) {
    return new Host(name, Map.of(), Optional.empty(), Optional.empty(), false);
  }
}
