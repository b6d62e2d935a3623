package dev.hearth.run;

import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.inventory.Group;
import dev.hearth.inventory.Host;
import dev.hearth.inventory.Inventory;
import dev.hearth.playbook.RoleInstance;
import dev.hearth.template.LazyMapping;
import dev.hearth.template.Templar;
import dev.hearth.value.Value;
import dev.hearth.vars.Level;
import dev.hearth.vars.Variable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables that the run itself sets, by Ansible's names, and the two spellings of facts. */
final class Magic {

  /** The release of Ansible whose behaviour is followed. */
  private static final String FOLLOWED = "2.19.0";

  private static final Location ORIGIN = Location.startOf(Source.of("the run", ""));

  private final CurrentInventory inventory;
  private final Templar templar;
  private final RunOptions options;
  private final Path workingDirectory;

  Magic(CurrentInventory inventory, Templar templar, RunOptions options, Path workingDirectory) {
    this.inventory = inventory;
    this.templar = templar;
    this.options = options;
    this.workingDirectory = workingDirectory;
  }

  Map<String, Variable> ofHost(Host host, Scopes scopes) {
    Inventory now = inventory.get();
    Map<String, Value> magic = new LinkedHashMap<>();
    magic.put("inventory_hostname", Value.text(host.name()));
    magic.put("inventory_hostname_short", Value.text(shortName(host.name())));
    List<String> groups =
        now.groupsOf(host).stream()
            .map(Group::name)
            .filter(name -> !name.equals(Group.ALL))
            .sorted()
            .toList();
    magic.put("group_names", texts(groups));
    magic.put("groups", groups(now));
    magic.put("hostvars", new HostVars(now, templar, scopes));
    magic.put("omit", Value.OMIT);
    magic.put("ansible_check_mode", Value.bool(options.check()));
    magic.put("ansible_diff_mode", Value.bool(options.diff()));
    magic.put("ansible_forks", Value.number(options.forks()));
    magic.put("ansible_verbosity", Value.number(options.verbosity()));
    magic.put(
        "ansible_run_tags", texts(options.tags().isEmpty() ? List.of("all") : options.tags()));
    magic.put("ansible_skip_tags", texts(options.skipTags()));
    magic.put("ansible_version", version());
    if (!now.directories().isEmpty()) {
      magic.put(
          "inventory_dir",
          Value.text(now.directories().getFirst().toAbsolutePath().normalize().toString()));
    }
    return variables(magic);
  }

  Map<String, Variable> ofPlay(PlayState state) {
    Path file = state.play().file().toAbsolutePath().normalize();
    Path directory = file.getParent() == null ? workingDirectory : file.getParent();
    Map<String, Value> magic = new LinkedHashMap<>();
    magic.put("playbook_dir", Value.text(directory.toString()));
    magic.put("ansible_play_name", Value.text(state.name()));
    magic.put("ansible_play_hosts_all", texts(state.allHosts()));
    magic.put("ansible_play_hosts", texts(state.healthy()));
    magic.put("play_hosts", texts(state.healthy()));
    magic.put("ansible_play_batch", texts(state.active()));
    List<String> roles = state.roles().stream().map(RoleInstance::name).distinct().toList();
    magic.put("ansible_play_role_names", texts(roles));
    magic.put("ansible_role_names", texts(roles));
    magic.put("role_names", texts(roles));
    return variables(magic);
  }

  Map<String, Variable> ofRole(RoleInstance role) {
    Map<String, Value> magic = new LinkedHashMap<>();
    magic.put("role_name", Value.text(role.name()));
    magic.put("ansible_role_name", Value.text(role.name()));
    magic.put("role_path", Value.text(role.path().toAbsolutePath().normalize().toString()));
    magic.put(
        "ansible_parent_role_names",
        texts(role.parents().reversed().stream().map(RoleInstance::name).toList()));
    return variables(magic);
  }

  /** Facts in both spellings: {@code ansible_facts.x} and {@code ansible_x}. */
  static Map<String, Variable> facts(Map<String, Value> facts) {
    Map<String, Value> both = new LinkedHashMap<>();
    facts.forEach(
        (name, value) -> both.put(name.startsWith("ansible_") ? name : "ansible_" + name, value));
    both.put("ansible_facts", Value.Dict.ofTexts(facts));
    return Variable.all(Level.FACTS, ORIGIN, both);
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
    version.put("revision", Value.number(0));
    return Value.Dict.ofTexts(version);
  }

  private static Value groups(Inventory inventory) {
    Map<String, Value> groups = new LinkedHashMap<>();
    for (Group group : inventory.groups()) {
      groups.put(group.name(), texts(inventory.hostsOf(group).stream().map(Host::name).toList()));
    }
    return Value.Dict.ofTexts(groups);
  }

  private static String shortName(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  private static Value texts(Collection<String> texts) {
    return new Value.Seq(texts.stream().<Value>map(Value::text).toList());
  }

  /** All hosts' variables, each computed when somebody asks for it. */
  private record HostVars(Inventory inventory, Templar templar, Scopes scopes)
      implements LazyMapping {

    @Override
    public @Nullable Value get(Value key) {
      if (!(key instanceof Value.Textual name) || inventory.host(name.reveal()).isEmpty()) {
        return null;
      }
      return templar.view(scopes.outside(name.reveal()));
    }

    @Override
    public Collection<Value> keys() {
      List<Value> names = new ArrayList<>();
      inventory.hosts().forEach(host -> names.add(Value.text(host.name())));
      return names;
    }

    @Override
    public String toString() {
      return "hostvars";
    }
  }
}
