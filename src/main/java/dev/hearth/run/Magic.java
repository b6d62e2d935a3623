package dev.hearth.run;

import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.inventory.Group;
import dev.hearth.inventory.Host;
import dev.hearth.inventory.Inventory;
import dev.hearth.playbook.Attributes;
import dev.hearth.playbook.Context;
import dev.hearth.playbook.RoleInstance;
import dev.hearth.template.LazyMapping;
import dev.hearth.template.Templar;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.vars.Layers;
import dev.hearth.vars.Level;
import dev.hearth.vars.Variable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The variables that the run itself sets, by Ansible's names, and the two spellings of facts. */
final class Magic {

  /** The release of Ansible whose behaviour is followed. */
  private static final String FOLLOWED = "2.19.11";

  private static final String ALL_HOSTS = "hostvars";
  private static final String OMITTED = "omit";
  private static final String PLAYBOOK_DIR = "playbook_dir";
  private static final Pattern ADDRESS =
      Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+|[0-9A-Fa-f:.]*:.*");
  private static final Location ORIGIN = Location.startOf(Source.of("the run", ""));

  private final CurrentInventory inventory;
  private final Templar templar;
  private final RunOptions options;
  private final Invocation invocation;
  private final Path workingDirectory;

  Magic(
      CurrentInventory inventory,
      Templar templar,
      RunOptions options,
      Invocation invocation,
      Path workingDirectory) {
    this.inventory = inventory;
    this.templar = templar;
    this.options = options;
    this.invocation = invocation;
    this.workingDirectory = workingDirectory;
  }

  /** What Ansible keeps among a host's own variables, so that stronger ones can hide it. */
  Map<String, Variable> own(Host host) {
    Map<String, Value> own = new LinkedHashMap<>();
    own.put("inventory_hostname", Value.text(host.name()));
    own.put("inventory_hostname_short", Value.text(shortName(host.name())));
    own.put(
        "group_names",
        texts(
            inventory.get().groupsOf(host).stream()
                .map(Group::name)
                .filter(name -> !name.equals(Group.ALL))
                .sorted()
                .toList()));
    if (!host.implicit()) {
      own.put("inventory_file", host.file().map(Magic::path).orElse(Value.NULL));
      own.put(
          "inventory_dir",
          host.file()
              .flatMap(file -> Optional.ofNullable(file.toAbsolutePath().getParent()))
              .map(Magic::path)
              .orElse(Value.NULL));
    }
    return Variable.all(Level.INVENTORY_HOST, ORIGIN, own);
  }

  /** What is known outside of any play. */
  Map<String, Variable> always() {
    Map<String, Value> magic = new LinkedHashMap<>(ofOptions(options));
    magic.put("groups", groups(inventory.get()));
    magic.put("ansible_inventory_sources", texts(invocation.inventorySources()));
    invocation.limit().ifPresent(limit -> magic.put("ansible_limit", Value.text(limit)));
    magic.put("ansible_config_file", invocation.configFile().map(Magic::path).orElse(Value.NULL));
    magic.put("ansible_playbook_python", path(invocation.python()));
    return variables(magic);
  }

  /** How the run goes. */
  static Map<String, Value> ofOptions(RunOptions options) {
    Map<String, Value> magic = new LinkedHashMap<>();
    magic.put("ansible_check_mode", Value.bool(options.check()));
    magic.put("ansible_diff_mode", Value.bool(options.diff()));
    magic.put("ansible_forks", Value.number(options.forks()));
    magic.put("ansible_verbosity", Value.number(options.verbosity()));
    magic.put(
        "ansible_run_tags", texts(options.tags().isEmpty() ? List.of("all") : options.tags()));
    magic.put("ansible_skip_tags", texts(options.skipTags()));
    magic.put("ansible_version", version());
    return magic;
  }

  /** What only templates of a play see. */
  Map<String, Variable> ofPlay(PlayState state, Scopes scopes) {
    Path file = state.play().file().toAbsolutePath().normalize();
    Path directory = file.getParent() == null ? workingDirectory : file.getParent();
    Map<String, Value> magic = new LinkedHashMap<>();
    magic.put(PLAYBOOK_DIR, path(directory));
    magic.put(ALL_HOSTS, new HostVars(inventory.get(), templar, scopes, path(directory)));
    magic.put(OMITTED, Value.OMIT);
    magic.put("ansible_play_name", Value.text(state.name()));
    magic.put("ansible_play_hosts_all", texts(state.allHosts()));
    magic.put("ansible_play_hosts", texts(state.present()));
    magic.put("play_hosts", texts(state.presentInBatch()));
    magic.put("ansible_play_batch", texts(state.presentInBatch()));
    List<RoleInstance> named = state.namedRoles();
    List<String> direct = named.stream().map(RoleInstance::fullName).toList();
    Set<String> needed = new LinkedHashSet<>();
    named.forEach(
        role -> role.allDependencies().forEach(dependency -> needed.add(dependency.fullName())));
    Set<String> all = new LinkedHashSet<>(needed);
    all.addAll(direct);
    magic.put("ansible_play_role_names", texts(direct));
    magic.put("role_names", texts(direct));
    magic.put("ansible_dependent_role_names", texts(needed));
    magic.put("ansible_role_names", texts(all));
    return variables(magic);
  }

  Map<String, Variable> ofRole(RoleInstance role) {
    Map<String, Value> magic = new LinkedHashMap<>();
    magic.put("role_name", Value.text(role.ownName()));
    magic.put("ansible_role_name", Value.text(role.fullName()));
    magic.put(
        "ansible_collection_name", role.collection().<Value>map(Value::text).orElse(Value.NULL));
    magic.put("role_path", path(role.path()));
    magic.put(
        "role_uuid",
        Value.text(
            UUID.nameUUIDFromBytes((role.path() + " " + role.at()).getBytes(StandardCharsets.UTF_8))
                .toString()));
    return variables(magic);
  }

  /** The roles that included a role, as parameters of the includes. */
  static Map<String, Variable> includers(RoleInstance role) {
    List<RoleInstance> includers = role.includers();
    return includers.isEmpty()
        ? Map.of()
        : Variable.all(
            Level.INCLUDE_PARAMS,
            ORIGIN,
            Map.of(
                "ansible_parent_role_names",
                texts(includers.stream().map(RoleInstance::fullName).toList()),
                "ansible_parent_role_paths",
                new Value.Seq(
                    includers.stream().map(RoleInstance::path).map(Magic::path).toList())));
  }

  /** What a task says of itself, and all that it sees as one mapping. */
  Map<String, Variable> ofTask(Attributes attributes, Context context) {
    Map<String, Value> magic = new LinkedHashMap<>();
    magic.put(
        "environment",
        new Value.Seq(attributes.environment().stream().map(Located::value).toList()));
    magic.put(
        "ansible_search_path",
        new Value.Seq(context.searchDirectories().stream().map(Magic::path).toList()));
    return variables(magic);
  }

  /** All that a task sees as one mapping. */
  Map<String, Variable> vars(Layers seen) {
    return variables(Map.of("vars", templar.view(seen)));
  }

  /** Facts in both spellings: {@code ansible_facts.x} and {@code ansible_x}. */
  Map<String, Variable> facts(Map<String, Value> facts) {
    return Variable.all(Level.FACTS, ORIGIN, FactNames.variables(facts, invocation.injectFacts()));
  }

  /** Where variables of the run come from, for messages about values that no file holds. */
  static Location place() {
    return ORIGIN;
  }

  /** Values that the run itself sets. */
  static Map<String, Variable> variables(Map<String, Value> values) {
    return Variable.all(Level.MAGIC, ORIGIN, values);
  }

  private static Value version() {
    Map<String, Value> version = new LinkedHashMap<>();
    version.put("full", Value.text(FOLLOWED));
    version.put("string", Value.text(FOLLOWED));
    version.put("major", Value.number(2));
    version.put("minor", Value.number(19));
    version.put("revision", Value.number(11));
    return Value.Dict.ofTexts(version);
  }

  /** {@code groups}: the names of the hosts of each group. */
  static Value groups(Inventory inventory) {
    Map<String, Value> groups = new LinkedHashMap<>();
    for (Group group : inventory.groups()) {
      groups.put(group.name(), texts(inventory.hostsOf(group).stream().map(Host::name).toList()));
    }
    return Value.Dict.ofTexts(groups);
  }

  private static Value path(Path path) {
    return Value.text(path.toAbsolutePath().normalize().toString());
  }

  private static String shortName(String name) {
    int dot = ADDRESS.matcher(name).matches() ? -1 : name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  private static Value texts(Collection<String> texts) {
    return new Value.Seq(texts.stream().<Value>map(Value::text).toList());
  }

  /** All hosts' variables, each computed when somebody asks for it. */
  private record HostVars(
      Inventory inventory, Templar templar, Scopes scopes, Value playbookDirectory)
      implements LazyMapping {

    @Override
    public @Nullable Value get(Value key) {
      if (!(key instanceof Value.Textual name) || inventory.host(name.reveal()).isEmpty()) {
        return null;
      }
      Map<String, Value> also =
          Map.of(PLAYBOOK_DIR, playbookDirectory, ALL_HOSTS, this, OMITTED, Value.OMIT);
      return new OneHost(
          templar.view(scopes.outside(name.reveal()).with(Level.MAGIC, variables(also))));
    }

    @Override
    public Collection<Value> keys() {
      List<Value> names = new ArrayList<>();
      inventory.hosts().forEach(host -> names.add(Value.text(host.name())));
      return names;
    }

    @Override
    public String toString() {
      return ALL_HOSTS;
    }
  }

  /** One host's variables: its templates may use these two, but they are not among them. */
  private record OneHost(LazyMapping all) implements LazyMapping {

    @Override
    public @Nullable Value get(Value key) {
      return all.get(key);
    }

    @Override
    public Collection<Value> keys() {
      List<Value> own = new ArrayList<>(all.keys());
      own.removeAll(List.of(Value.text(ALL_HOSTS), Value.text(OMITTED)));
      return own;
    }

    @Override
    public String toString() {
      return "variables of a host";
    }
  }
}
