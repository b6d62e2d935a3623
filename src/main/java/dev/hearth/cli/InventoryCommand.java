package dev.hearth.cli;

import dev.hearth.diag.ExitCode;
import dev.hearth.inventory.Group;
import dev.hearth.inventory.Host;
import dev.hearth.inventory.HostPattern;
import dev.hearth.inventory.Inventory;
import dev.hearth.value.Value;
import dev.hearth.vars.Layers;
import dev.hearth.yaml.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code hearth inventory}: the hosts, groups and variables, as {@code ansible-inventory} tells
 * them.
 */
@Command(
    name = "inventory",
    mixinStandardHelpOptions = true,
    description = "Show hosts, groups and variables.",
    footer = {"", "Example: hearth inventory --graph"})
final class InventoryCommand implements Callable<Integer> {

  private final Environment environment;

  @Mixin private final InventoryOptions inventory = new InventoryOptions();
  @Mixin private final VaultOptions vault = new VaultOptions();
  @Mixin private final PlayOptions play = new PlayOptions();
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @ArgGroup(multiplicity = "1")
  private Action action = new Action();

  /** What to show. */
  static final class Action {
    @Option(names = "--list", description = "everything as JSON")
    private boolean list;

    @Option(names = "--graph", description = "groups and hosts as a tree")
    private boolean graph;

    @Option(names = "--host", paramLabel = "HOST", description = "one host's variables as JSON")
    private @Nullable String host;
  }

  InventoryCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Settings settings = new Settings(environment);
    try (Workbench bench =
        Workbench.open(
            environment,
            settings,
            inventory.sources(settings, environment),
            inventory.limit(),
            play.extraVars(),
            vault.secrets(settings, environment, false),
            play.resolve(settings, output.verbosity(), connection.resolve(settings, environment)),
            output)) {
      environment.out().println(bench.masker().mask(shown(bench)));
      environment.out().flush();
      return ExitCode.OK.number();
    }
  }

  private String shown(Workbench bench) {
    if (action.graph) {
      StringBuilder tree = new StringBuilder();
      graph(bench.inventory(), bench.inventory().group(Group.ALL).orElseThrow(), 0, tree);
      return tree.toString().stripTrailing();
    }
    Value data = action.host != null && !action.list ? host(bench, action.host) : list(bench);
    return Json.write(data, Json.Style.PLAIN.sort().indent(4));
  }

  private static void graph(Inventory inventory, Group group, int depth, StringBuilder tree) {
    String bars = "  |".repeat(depth);
    tree.append(depth == 0 ? "" : bars + "--").append('@').append(group.name()).append(":\n");
    group
        .children()
        .forEach(child -> graph(inventory, inventory.group(child).orElseThrow(), depth + 1, tree));
    group.hosts().stream()
        .sorted()
        .forEach(
            host -> tree.append("  |".repeat(depth + 1)).append("--").append(host).append('\n'));
  }

  private static Value host(Workbench bench, String name) {
    bench.inventory().selectSome(HostPattern.parse(name), Optional.empty());
    return variables(bench, bench.inventory().host(name).orElseThrow());
  }

  private static Value list(Workbench bench) {
    Inventory inventory = bench.inventory();
    Map<String, Value> hostVars = new TreeMap<>();
    inventory.hosts().forEach(host -> hostVars.put(host.name(), variables(bench, host)));
    Map<String, Value> all = new LinkedHashMap<>();
    all.put("_meta", Value.Dict.ofTexts(Map.of("hostvars", Value.Dict.ofTexts(hostVars))));
    for (Group group : inventory.groups()) {
      Map<String, Value> shown = new LinkedHashMap<>();
      if (!group.children().isEmpty()) {
        shown.put("children", texts(group.children()));
      }
      if (!group.hosts().isEmpty() && !group.name().equals(Group.ALL)) {
        shown.put("hosts", texts(group.hosts()));
      }
      if (!shown.isEmpty()) {
        all.put(group.name(), Value.Dict.ofTexts(shown));
      }
    }
    return Value.Dict.ofTexts(all);
  }

  private static Value variables(Workbench bench, Host host) {
    Layers layers = bench.variables(host);
    Map<String, Value> shown = new TreeMap<>();
    layers.winners().forEach((name, variable) -> shown.put(name, variable.value()));
    return Value.Dict.ofTexts(shown);
  }

  private static Value texts(List<String> texts) {
    return new Value.Seq(texts.stream().<Value>map(Value::text).toList());
  }
}
