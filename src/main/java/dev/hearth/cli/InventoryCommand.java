package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.file.WholeFile;
import dev.hearth.inventory.Group;
import dev.hearth.inventory.Host;
import dev.hearth.inventory.HostPattern;
import dev.hearth.template.Scope;
import dev.hearth.template.SearchPath;
import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code hearth inventory}: the hosts, groups and variables, as {@code ansible-inventory} tells
 * them.
 */
@Command(
    name = "inventory",
    mixinStandardHelpOptions = true,
    description = "Show hosts, groups and variables.",
    footer = {
      "",
      "Examples:",
      "  hearth inventory --graph",
      "  hearth inventory --list --yaml --export --output hosts.yml"
    })
final class InventoryCommand implements Callable<Integer> {

  /** How JSON marks what YAML has tags for: {@code !unsafe} and {@code !vault}. */
  private static final Pattern MARKED =
      Pattern.compile("(:(?=\\n)|-(?= ))\\s*__ansible_(unsafe|vault): ");

  private final Environment environment;

  @Mixin private final BenchOptions options = new BenchOptions();

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

  @Parameters(
      paramLabel = "GROUP",
      arity = "0..1",
      description = "with --graph: the group to begin with")
  private @Nullable String group;

  @Option(
      names = {"-y", "--yaml"},
      description = "write YAML instead of JSON")
  private boolean yaml;

  @Option(names = "--toml", description = "not supported")
  private boolean toml;

  @Option(names = "--vars", description = "with --graph: the variables, too")
  private boolean vars;

  @Option(
      names = "--export",
      description = "with --list: variables where they are set, to be read as an inventory again")
  private boolean export;

  @Option(names = "--output", paramLabel = "FILE", description = "write to this file")
  private @Nullable Path file;

  @Option(
      names = "--playbook-dir",
      paramLabel = "DIRECTORY",
      description = "where the playbook's group_vars and host_vars are (default: here)")
  private @Nullable Path playbookDirectory;

  InventoryCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (toml) {
      throw Diagnostic.error(ExitCode.INVALID, "--toml is not supported")
          .because("Hearth reads and writes inventories as YAML and JSON")
          .next("use --yaml")
          .failure();
    }
    Settings settings = new Settings(environment);
    try (Workbench bench = options.open(environment, settings, new PlayOptions())) {
      show(bench.masker().mask(shown(bench, settings)));
      return ExitCode.OK.number();
    }
  }

  private void show(String text) {
    if (file == null) {
      environment.out().print(text);
      environment.out().flush();
      return;
    }
    Path target = environment.workingDirectory().resolve(file);
    try {
      WholeFile.write(target, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw Diagnostic.error(ExitCode.FAILED, "cannot write " + target)
          .because(String.valueOf(failure))
          .next("name a file that you may write: --output FILE")
          .failure();
    }
  }

  private String shown(Workbench bench, Settings settings) {
    boolean exporting =
        export || settings.flag("inventory", "export", "ANSIBLE_INVENTORY_EXPORT", false);
    InventoryVariables variables =
        new InventoryVariables(bench, playbooks(settings), environment, exporting);
    if (!action.list && !action.graph) {
      Host host = host(bench, Objects.requireNonNull(action.host));
      return document(bench, InventoryVariables.dict(variables.ofHost(host)));
    }
    Optional<HostPattern> limit = options.limit(bench, environment);
    List<Host> hosts =
        limit.isPresent()
            ? bench.inventory().selectSome(HostPattern.parse(Group.ALL), limit).hosts()
            : bench.inventory().hosts();
    InventoryReport report = new InventoryReport(bench.inventory(), hosts, variables, exporting);
    if (action.graph) {
      return report.graph(start(bench), vars);
    }
    return document(bench, yaml ? report.nested() : report.flat());
  }

  private Optional<Path> playbooks(Settings settings) {
    return Optional.ofNullable(playbookDirectory)
        .map(environment.workingDirectory()::resolve)
        .or(
            () ->
                settings.paths("defaults", "playbook_dir", "ANSIBLE_PLAYBOOK_DIR", "\0").stream()
                    .findFirst());
  }

  private String document(Workbench bench, Value shown) {
    Value data = Unevaluated.marked(shown);
    if (!yaml) {
      return Json.write(data, Json.Style.PLAIN.sort().indent(4).escaped()) + "\n";
    }
    Scope scope = Scope.of(Map.of("data", data), new SearchPath(List.of()));
    Location at = Location.startOf(Source.of("to_yaml", ""));
    Value text = bench.templar().evaluate("data | to_yaml(default_flow_style=false)", at, scope);
    return MARKED.matcher(((Value.Textual) text).reveal()).replaceAll("$1 !$2 ");
  }

  private Group start(Workbench bench) {
    String name = group == null ? Group.ALL : group;
    return bench
        .inventory()
        .group(name)
        .orElseThrow(
            () ->
                Diagnostic.error(ExitCode.NO_HOSTS, "there is no group '" + name + "'")
                    .because("--graph begins with a group, not with a host or a pattern")
                    .next(bench.inventory().hint(name))
                    .failure());
  }

  private static Host host(Workbench bench, String pattern) {
    List<Host> hosts =
        bench.inventory().selectSome(HostPattern.parse(pattern), Optional.empty()).hosts();
    if (hosts.size() == 1) {
      return hosts.getFirst();
    }
    throw tooMany(pattern, hosts);
  }

  private static HearthException tooMany(String pattern, List<Host> hosts) {
    return Diagnostic.error(ExitCode.INVALID, "'" + pattern + "' means " + hosts.size() + " hosts")
        .because("--host shows the variables of one host")
        .next("name one of them, such as --host " + hosts.getFirst())
        .failure();
  }
}
