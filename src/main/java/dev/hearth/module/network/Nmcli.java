package dev.hearth.module.network;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Exclusive;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code community.general.nmcli}: connections of NetworkManager. */
public final class Nmcli implements Module<Nmcli.Args> {

  /** The parameters. */
  @Exclusive({"never_default4", "gw4"})
  @Exclusive({"routes4_extended", "routes4"})
  @Exclusive({"routes6_extended", "routes6"})
  public record Args(
      @Arg(doc = "The connection's name.") String connName,
      @Arg(
              doc =
                  "Whether it is there; `up` brings it up again even if it is, `down` takes it"
                      + " down.",
              choices = {"absent", "down", "present", "up"})
          String state,
      @Arg(
              doc = "Its kind; needed for a new one.",
              choices = {
                "bond",
                "bond-slave",
                "bridge",
                "bridge-slave",
                "dummy",
                "ethernet",
                "generic",
                "gre",
                "gsm",
                "infiniband",
                "ipip",
                "loopback",
                "macvlan",
                "ovs-bridge",
                "ovs-interface",
                "ovs-port",
                "sit",
                "team",
                "team-slave",
                "vlan",
                "vpn",
                "vrf",
                "vxlan",
                "wifi",
                "wireguard"
              })
          Optional<String> type,
      @Arg(doc = "Its interface; for a new one the connection's name otherwise.")
          Optional<String> ifname,
      @Arg(doc = "It comes up by itself.", defaultsTo = "true") boolean autoconnect,
      @Arg(doc = "Which one comes up first; the largest number.")
          Optional<Integer> autoconnectPriority,
      @Arg(doc = "How often it tries to come up.") Optional<Integer> autoconnectRetries,
      @Arg(doc = "Let NetworkManager read its files again after a change.", defaultsTo = "false")
          boolean connReload,
      @Arg(doc = "The connection or interface that it is a port of.") Optional<String> master,
      @Arg(
              doc = "What the master is.",
              choices = {"bond", "bridge", "ovs-port", "team", "vrf"})
          Optional<String> slaveType,
      @Arg(doc = "The size of its packets.") Optional<Integer> mtu,
      @Arg(doc = "The MAC address that it shows.") Optional<String> mac,
      @Arg(doc = "The zone of firewalld.") Optional<String> zone,
      @Arg(
              doc =
                  "Leave properties out that the host does not know; refused when true, for what is"
                      + " asked for would be missing without a word.",
              defaultsTo = "false")
          boolean ignoreUnsupportedSuboptions,
      @Inline Ip4Options ip4,
      @Inline Ip6Options ip6,
      @Inline BondOptions bond,
      @Inline BridgeOptions bridge,
      @Inline LinkOptions link) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.nmcli",
        Args.class,
        "Makes, changes and removes connections of NetworkManager. Only properties that differ are"
            + " changed; a connection that is up gets them when it is brought up again.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(new ConnectionFact(want.connName()));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    conditions(want);
    Optional<Connection> now = host.get(new ConnectionFact(want.connName()));
    Result result = Result.ok().with("conn_name", want.connName()).with("state", want.state());
    if (want.state().equals("present")) {
      return now.map(connection -> change(want, connection, result))
          .orElseGet(() -> add(want, result));
    }
    List<Step> steps = new ArrayList<>();
    now.ifPresent(connection -> steps.addAll(moves(want, connection)));
    if (steps.isEmpty()) {
      return Verdict.satisfied(result);
    }
    boolean active = now.orElseThrow().active();
    return Verdict.changes(
        steps,
        List.of(
            new Diff.Properties(
                Map.of("state", Value.text(active ? "up" : "down")),
                Map.of("state", Value.text(want.state())))),
        result.changed(true));
  }

  private static void conditions(Args want) {
    if (want.ignoreUnsupportedSuboptions()) {
      throw new Refusal(
          "ignore_unsupported_suboptions is not supported: what is asked for would be left out"
              + " silently; remove it, and the properties that the host does not know");
    }
    String type = want.type().orElse("");
    if (type.equals("wifi") && want.link().ssid().isEmpty()) {
      throw new Refusal("a connection of type wifi needs ssid; name the network");
    }
    boolean ofTeam = want.slaveType().equals(Optional.of("team"));
    if ((type.equals("team-slave") || ofTeam)
        && (want.master().isEmpty() || want.ifname().isEmpty())) {
      throw new Refusal("a port of a team needs master and ifname");
    }
    if (type.endsWith("-slave")) {
      String kind = type.substring(0, type.indexOf('-'));
      if (want.slaveType().isPresent() && !want.slaveType().get().equals(kind)) {
        throw new Refusal("a connection of type " + type + " has the slave_type " + kind);
      }
    } else if (want.slaveType().isPresent() && want.master().isEmpty()) {
      throw new Refusal("slave_type needs master; name the connection that it is a port of");
    }
  }

  private static List<Step> moves(Args want, Connection now) {
    List<Step> steps = new ArrayList<>();
    if (want.state().equals("absent")) {
      return List.of(NmcliSteps.delete(want.connName(), now));
    }
    if (want.state().equals("up")) {
      steps.add(NmcliSteps.up(want.connName(), now.active()));
    } else if (now.active()) {
      steps.add(NmcliSteps.down(want.connName()));
    }
    if (want.connReload() && !steps.isEmpty()) {
      steps.addFirst(NmcliSteps.reload());
    }
    return steps;
  }

  private static Verdict add(Args want, Result result) {
    String type =
        want.type()
            .orElseThrow(
                () ->
                    new Refusal(
                        "there is no connection "
                            + want.connName()
                            + " yet, and to make it its type is needed"));
    List<Setting> settings = new ArrayList<>();
    if (!type.equals("vpn") || want.ifname().isPresent()) {
      settings.add(
          new Setting(
              "connection.interface-name",
              Value.text(want.ifname().orElse(want.connName())),
              Setting.Kind.TEXT));
    }
    Settings.of(want, type).stream()
        .filter(setting -> !setting.value().reveal().isEmpty())
        .filter(setting -> setting.kind() != Setting.Kind.MTU || want.mtu().isPresent())
        .forEach(settings::add);
    List<Step> steps = new ArrayList<>();
    steps.add(NmcliSteps.add(want.connName(), type, plain(settings)));
    List<Setting> secrets = secret(settings);
    if (!secrets.isEmpty()) {
      steps.add(NmcliSteps.secrets(want.connName(), secrets, new Connection(Map.of(), "")));
    }
    if (comesUp(want, type)) {
      steps.add(NmcliSteps.up(want.connName(), false));
    }
    Map<String, Value> after = new LinkedHashMap<>();
    settings.forEach(setting -> after.put(setting.property(), shown(setting)));
    return Verdict.changes(
        steps,
        List.of(new Diff.Properties(Map.of(), after)),
        result
            .with("Connection", "Connection " + want.connName() + " of Type " + type + " is added")
            .changed(true));
  }

  /** A new connection whose packets or name servers are named is brought up at once. */
  private static boolean comesUp(Args want, String type) {
    boolean servers = want.ip4().dns4().isPresent() || want.ip6().dns6().isPresent();
    return switch (type) {
      case "bond", "dummy", "ethernet", "infiniband", "wifi" -> servers || want.mtu().isPresent();
      case "team" -> servers;
      default -> false;
    };
  }

  private static Verdict change(Args want, Connection now, Result result) {
    List<Setting> settings = new ArrayList<>();
    want.ifname()
        .ifPresent(
            name ->
                settings.add(
                    new Setting("connection.interface-name", Value.text(name), Setting.Kind.TEXT)));
    settings.addAll(Settings.of(want, want.type().orElseGet(now::type)));
    List<Setting> other =
        settings.stream().filter(setting -> !setting.is(now.value(setting.property()))).toList();
    if (other.isEmpty()) {
      return Verdict.satisfied(result.with("Exists", "the connection is as it should be"));
    }
    List<Step> steps = new ArrayList<>();
    if (!plain(other).isEmpty()) {
      steps.add(NmcliSteps.modify(want.connName(), plain(other), now));
    }
    if (!secret(other).isEmpty()) {
      steps.add(NmcliSteps.secrets(want.connName(), secret(other), now));
    }
    if (want.connReload()) {
      steps.add(NmcliSteps.reload());
    }
    Map<String, Value> before = new LinkedHashMap<>();
    Map<String, Value> after = new LinkedHashMap<>();
    for (Setting setting : other) {
      String current = now.value(setting.property()).orElse("");
      before.put(
          setting.property(), setting.secret() ? new Value.Secret(current) : Value.text(current));
      after.put(setting.property(), shown(setting));
    }
    return Verdict.changes(
        steps,
        List.of(new Diff.Properties(before, after)),
        result.with("Exists", "the connection exists and is changed").changed(true));
  }

  private static List<Setting> plain(List<Setting> settings) {
    return settings.stream().filter(setting -> !setting.secret()).toList();
  }

  private static List<Setting> secret(List<Setting> settings) {
    List<Setting> secrets = settings.stream().filter(Setting::secret).toList();
    for (Setting setting : secrets) {
      if (setting.value().reveal().contains("\n")) {
        throw new Refusal("the secret " + setting.property() + " cannot have several lines");
      }
    }
    return secrets;
  }

  private static Value shown(Setting setting) {
    return setting.secret() ? new Value.Secret(setting.value().reveal()) : setting.value();
  }
}
