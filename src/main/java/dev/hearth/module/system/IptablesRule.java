package dev.hearth.module.system;

import dev.hearth.module.Arg;
import dev.hearth.module.Exclusive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The arguments of {@code iptables}, and the words of the rule that they mean. */
@Exclusive({"set_dscp_mark", "set_dscp_mark_class"})
@Exclusive({"flush", "policy"})
public record IptablesRule(
    @Arg(
            doc = "The table.",
            defaultsTo = "filter",
            choices = {"filter", "mangle", "nat", "raw", "security"})
        String table,
    @Arg(
            doc = "Whether the rule or chain is there.",
            defaultsTo = "present",
            choices = {"absent", "present"})
        String state,
    @Arg(
            doc = "Where a new rule goes: the end of the chain or rule_num.",
            defaultsTo = "append",
            choices = {"append", "insert"})
        String action,
    @Arg(
            doc = "Which packet filter.",
            defaultsTo = "ipv4",
            choices = {"both", "ipv4", "ipv6"})
        String ipVersion,
    @Arg(doc = "The chain; needed unless a whole table is flushed.") Optional<String> chain,
    @Arg(doc = "Where a rule is inserted; 1 when it is not given.") Optional<String> ruleNum,
    @Arg(doc = "Protocol, such as `tcp`; `!` in front means all others.") Optional<String> protocol,
    @Arg(doc = "Seconds to wait for the lock of the packet filter.") Optional<String> wait_,
    @Arg(doc = "Address or network that packets come from.") Optional<String> source,
    @Arg(doc = "New source address with jump SNAT.") Optional<String> toSource,
    @Arg(doc = "Address or network that packets go to.") Optional<String> destination,
    @Arg(doc = "New destination with jump DNAT.") Optional<String> toDestination,
    @Arg(doc = "Extensions that are loaded.") List<String> match,
    @Arg(doc = "Flags that are looked at (`flags`) and those that must be set (`flags_set`).")
        Map<String, List<String>> tcpFlags,
    @Arg(doc = "What happens to packets that match: a target or a chain.") Optional<String> jump,
    @Arg(doc = "Where copies are sent with jump TEE.") Optional<String> gateway,
    @Arg(doc = "Text in front of log lines; the target is then LOG.") Optional<String> logPrefix,
    @Arg(
            doc = "Level of log lines; the target is then LOG.",
            choices = {
              "0", "1", "2", "3", "4", "5", "6", "7", "alert", "crit", "debug", "emerg", "error",
              "info", "notice", "warning"
            })
        Optional<String> logLevel,
    @Arg(doc = "A chain to go on in without coming back.") Optional<String> goto_,
    @Arg(doc = "Interface that packets come in by.") Optional<String> inInterface,
    @Arg(doc = "Interface that packets leave by.") Optional<String> outInterface,
    @Arg(doc = "Match further fragments.") Optional<String> fragment,
    @Arg(doc = "Packet and byte counter to begin with.") Optional<String> setCounters,
    @Arg(doc = "Port or range of ports, first:last, that packets come from.")
        Optional<String> sourcePort,
    @Arg(doc = "Port or range of ports, first:last, that packets go to.")
        Optional<String> destinationPort,
    @Arg(doc = "Several ports that packets go to.") List<String> destinationPorts,
    @Arg(doc = "New ports with jump REDIRECT and the like.") Optional<String> toPorts,
    @Arg(doc = "DSCP mark as a number.") Optional<String> setDscpMark,
    @Arg(doc = "DSCP mark as a class.") Optional<String> setDscpMarkClass,
    @Arg(doc = "A comment on the rule.") Optional<String> comment,
    @Arg(doc = "States of the connection, such as ESTABLISHED.") List<String> ctstate,
    @Arg(doc = "Range of source addresses.") Optional<String> srcRange,
    @Arg(doc = "Range of destination addresses.") Optional<String> dstRange,
    @Arg(doc = "Name of a set made by ipset.") Optional<String> matchSet,
    @Arg(
            doc = "Which addresses are looked up in the set.",
            choices = {"dst", "dst,dst", "dst,src", "src", "src,dst", "src,src"})
        Optional<String> matchSetFlags,
    @Arg(doc = "How often it matches at most, such as 3/minute.") Optional<String> limit,
    @Arg(doc = "How many match before the limit holds.") Optional<String> limitBurst,
    @Arg(doc = "User that sends; `!` in front means all others.") Optional<String> uidOwner,
    @Arg(doc = "Group that sends; `!` in front means all others.") Optional<String> gidOwner,
    @Arg(doc = "What is answered; the target is then REJECT.") Optional<String> rejectWith,
    @Arg(doc = "Type of ICMP messages.") Optional<String> icmpType,
    @Arg(
            doc = "Packets that begin a connection: only those, or all others.",
            defaultsTo = "ignore",
            choices = {"ignore", "match", "negate"})
        String syn,
    @Arg(doc = "Remove all rules of the chain or table.", defaultsTo = "false") boolean flush,
    @Arg(
            doc = "What happens to packets that no rule of the chain matches.",
            choices = {"ACCEPT", "DROP", "QUEUE", "RETURN"})
        Optional<String> policy,
    @Arg(doc = "Make or remove the chain when no rule is given.", defaultsTo = "false")
        boolean chainManagement,
    @Arg(doc = "Do not resolve names; they never are.", defaultsTo = "false") boolean numeric) {

  /** The rule in iptables' words, in the order in which Ansible writes them. */
  List<String> words(Optional<String> target) {
    Words rule = new Words();
    rule.add("-p", protocol).add("-s", source).add("-d", destination);
    match.forEach(extension -> rule.add("-m", Optional.of(extension)));
    if (tcpFlags.containsKey("flags") && tcpFlags.containsKey("flags_set")) {
      rule.plain("--tcp-flags", list(tcpFlags.get("flags")), list(tcpFlags.get("flags_set")));
    }
    rule.add("-j", target);
    if (target.filter("tee"::equalsIgnoreCase).isPresent()) {
      rule.add("--gateway", gateway);
    }
    rule.add("--log-prefix", logPrefix).add("--log-level", logLevel);
    rule.add("--to-destination", toDestination);
    if (!destinationPorts.isEmpty()) {
      rule.plain("-m", "multiport", "--dports", list(destinationPorts));
    }
    rule.add("--to-source", toSource).add("-g", goto_);
    rule.add("-i", inInterface).add("-o", outInterface).add("-f", fragment);
    rule.add("-c", setCounters).add("--source-port", sourcePort);
    rule.add("--destination-port", destinationPort).add("--to-ports", toPorts);
    dscp(rule, "--set-dscp", setDscpMark, target);
    dscp(rule, "--set-dscp-class", setDscpMarkClass, target);
    switch (syn) {
      case "match" -> rule.plain("--syn");
      case "negate" -> rule.plain("!", "--syn");
      default -> {}
    }
    extensions(rule);
    if (target.isEmpty() && rejectWith.isPresent()) {
      rule.plain("-j", "REJECT");
    }
    rule.add("--reject-with", rejectWith);
    return rule.all;
  }

  private static void dscp(
      Words rule, String flag, Optional<String> mark, Optional<String> target) {
    rule.add(flag, mark);
    if (mark.isPresent() && target.filter("dscp"::equalsIgnoreCase).isEmpty()) {
      rule.plain("-j", "DSCP");
    }
  }

  private void extensions(Words rule) {
    if (!ctstate.isEmpty()) {
      boolean state = match.contains("state") && !match.contains("conntrack");
      if (!state && !match.contains("conntrack")) {
        rule.plain("-m", "conntrack");
      }
      rule.plain(state ? "--state" : "--ctstate", list(ctstate));
    }
    if (srcRange.isPresent() || dstRange.isPresent()) {
      rule.load("iprange", match);
      rule.add("--src-range", srcRange).add("--dst-range", dstRange);
    }
    if (matchSet.isPresent()) {
      rule.load("set", match);
      rule.add("--match-set", matchSet);
      matchSetFlags.ifPresent(rule::plain);
    }
    if (limit.isPresent() || limitBurst.isPresent()) {
      rule.plain("-m", "limit");
      rule.add("--limit", limit).add("--limit-burst", limitBurst);
    }
    uidOwner.ifPresent(user -> rule.plain("-m", "owner").add("--uid-owner", uidOwner));
    gidOwner.ifPresent(group -> rule.plain("-m", "owner").add("--gid-owner", gidOwner));
  }

  /** The words that only differ between the two packet filters, and the comment behind them. */
  List<String> ending(boolean six) {
    Words rule = new Words();
    rule.add(six ? "--icmpv6-type" : "--icmp-type", icmpType);
    if (comment.isPresent()) {
      rule.plain("-m", "comment").add("--comment", comment);
    }
    return rule.all;
  }

  private static String list(List<String> items) {
    return String.join(",", items);
  }

  /** Words that are gathered; a value with {@code !} in front negates its flag. */
  private static final class Words {
    final List<String> all = new ArrayList<>();

    Words add(String flag, Optional<String> value) {
      if (value.isPresent()) {
        String text = value.get();
        if (text.startsWith("!")) {
          plain("!", flag, text.substring(1).strip());
        } else {
          plain(flag, text);
        }
      }
      return this;
    }

    Words plain(String... words) {
      all.addAll(List.of(words));
      return this;
    }

    void load(String extension, List<String> loaded) {
      if (!loaded.contains(extension)) {
        plain("-m", extension);
      }
    }
  }
}
