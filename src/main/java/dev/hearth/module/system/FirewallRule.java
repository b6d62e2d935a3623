package dev.hearth.module.system;

import dev.hearth.module.Refusal;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One rule of a zone, as firewalld's commands take it.
 *
 * @param zone option for the zone; empty for none
 * @param kind such as {@code service}
 * @param value such as {@code ssh}; empty for switches
 * @param onlyPermanent whether it cannot be changed while firewalld runs
 */
record FirewallRule(List<String> zone, String kind, String value, boolean onlyPermanent) {

  /**
   * The one rule that the task gives.
   *
   * @throws Refusal for none or several
   */
  static FirewallRule of(Firewalld.Args want) {
    List<String> zone = want.zone().map(name -> List.of("--zone=" + name)).orElse(List.of());
    List<FirewallRule> rules = new ArrayList<>();
    want.service().ifPresent(it -> rules.add(new FirewallRule(zone, "service", it, false)));
    want.port().ifPresent(it -> rules.add(new FirewallRule(zone, "port", port(it), false)));
    want.protocol().ifPresent(it -> rules.add(new FirewallRule(zone, "protocol", it, false)));
    want.source().ifPresent(it -> rules.add(new FirewallRule(zone, "source", it, false)));
    want.interface_().ifPresent(it -> rules.add(new FirewallRule(zone, "interface", it, false)));
    want.richRule().ifPresent(it -> rules.add(new FirewallRule(zone, "rich-rule", it, false)));
    want.icmpBlock().ifPresent(it -> rules.add(new FirewallRule(zone, "icmp-block", it, false)));
    want.portForward()
        .forEach(it -> rules.add(new FirewallRule(zone, "forward-port", forward(it), false)));
    flag(rules, zone, "masquerade", want.masquerade());
    flag(rules, zone, "forward", want.forward());
    flag(rules, zone, "icmp-block-inversion", want.icmpBlockInversion());
    want.target().ifPresent(it -> rules.add(new FirewallRule(zone, "target", it, true)));
    if (rules.isEmpty() && want.zone().isPresent()) {
      return new FirewallRule(List.of(), "zone", want.zone().get(), true);
    }
    if (rules.size() != 1) {
      throw new Refusal(
          "can only operate on port, service, rich_rule, masquerade, icmp_block,"
              + " icmp_block_inversion, interface, source, protocol, forward, target or"
              + " port_forward, one at a time");
    }
    return rules.getFirst();
  }

  private static void flag(
      List<FirewallRule> rules, List<String> zone, String kind, Optional<Boolean> wanted) {
    wanted.ifPresent(
        on -> {
          if (!on) {
            throw new Refusal(
                kind.replace('-', '_') + " must be true; write state: disabled to switch it off");
          }
          rules.add(new FirewallRule(zone, kind, "", false));
        });
  }

  private static String port(String written) {
    if (!written.matches("\\d+(?:-\\d+)?/\\w+")) {
      throw new Refusal("improper port format (missing protocol?): " + written);
    }
    return written;
  }

  private static String forward(Map<String, Value> given) {
    StringBuilder text = new StringBuilder();
    given.forEach(
        (key, value) -> {
          if (!(value instanceof Value.Null)) {
            text.append(text.isEmpty() ? "" : ":").append(key).append("=");
            text.append(
                switch (value) {
                  case Value.Textual word -> word.reveal();
                  case Value.Int number -> number.value().toString();
                  default -> throw new Refusal("port_forward takes texts and numbers");
                });
          }
        });
    return text.toString();
  }

  String said() {
    return kind
        + (value.isEmpty() ? "" : " " + value)
        + zone.stream().map(it -> " of zone " + it.substring(7)).findFirst().orElse("");
  }

  List<String> query() {
    return kind.equals("zone")
        ? List.of("zone", value)
        : kind.equals("target")
            ? List.of("target", value, String.join("", zone))
            : with("--query-" + kind);
  }

  List<String> words(boolean add) {
    if (kind.equals("target")) {
      List<String> words = new ArrayList<>(zone);
      words.add("--set-target=" + (add ? value : "default"));
      return words;
    }
    if (kind.equals("zone")) {
      return List.of((add ? "--new-zone=" : "--delete-zone=") + value);
    }
    return with((add ? "--add-" : "--remove-") + kind);
  }

  private List<String> with(String option) {
    List<String> words = new ArrayList<>(zone);
    words.add(value.isEmpty() ? option : option + "=" + value);
    return words;
  }
}
