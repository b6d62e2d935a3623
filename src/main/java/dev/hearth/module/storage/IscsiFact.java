package dev.hearth.module.storage;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What Open-iSCSI knows: the records of its database, its sessions and their disks, and what a
 * portal offers, which is asked without writing it down.
 *
 * @param portal a name or address; empty for none
 * @param port of the portal
 * @param discover whether the portal is asked what it offers
 */
record IscsiFact(String portal, String port, boolean discover) implements Fact<IscsiFact.Answer> {

  private static final String PROBE =
      """
      PATH=$PATH:/usr/sbin:/sbin
      export LC_ALL=C
      if ! command -v iscsiadm >/dev/null; then
        echo "iscsiadm is not on this host; install open-iscsi first" >&2
        exit 127
      fi
      address=$1
      if [ -n "$1" ]; then
        address=$(getent ahosts "$1" 2>/dev/null | head -n 1)
        address=${address%% *}
        if [ -z "$address" ]; then
          echo "the portal $1 has no address that this host knows; check its name" >&2
          exit 1
        fi
        printf 'portal %s\\n' "$address"
      fi
      ask() {
        said=$(iscsiadm "$@" 2>&1)
        code=$?
        case $code:$said in
          0:*) ;;
          21:* | 255:*'o records found'*) said= ;;
          *) printf '%s\\n' "$said" >&2; exit "$code" ;;
        esac
      }
      ask --mode session
      printf '%s\\n' "$said" | while read -r kind number at target rest; do
        [ -z "$target" ] || printf 'session %s %s\\n' "$at" "$target"
      done
      ask --mode node
      printf '%s\\n' "$said" | while read -r at target; do
        [ -n "$target" ] || continue
        where=${at%,*}
        startup=$(iscsiadm --mode node --targetname "$target" --portal "$where" | sed -n 's/^node.startup = //p' | head -n 1)
        printf 'record %s %s %s\\n' "$at" "$target" "$startup"
      done
      for link in /dev/disk/by-path/*-iscsi-*; do
        case $link in *-part*) continue ;; esac
        [ ! -e "$link" ] || printf 'disk %s %s\\n' "$(readlink -f "$link")" "$link"
      done
      if [ "$3" = discover ]; then
        case $address in *:*) address=[$address] ;; esac
        ask --mode discovery --type sendtargets --portal "$address:$2" --op nonpersistent
        printf '%s\\n' "$said" | while read -r at target; do
          [ -z "$target" ] || printf 'offer %s %s\\n' "$at" "$target"
        done
      fi
      """;

  /**
   * A target at a portal.
   *
   * @param address of the portal
   * @param port of the portal
   * @param target its name
   * @param startup whether it is connected at boot, in Open-iSCSI's word; empty when not known
   */
  record Node(String address, String port, String target, String startup) {

    /** As Open-iSCSI is told a portal. */
    String portal() {
      return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
    }

    boolean automatic() {
      return startup.equals("automatic");
    }
  }

  /**
   * The answer.
   *
   * @param address of the portal; empty when none was named
   * @param records of the database
   * @param sessions what is connected
   * @param offers what the portal offers; empty when it was not asked
   * @param disks each a device and the name that tells its target
   */
  record Answer(
      Optional<String> address,
      List<Node> records,
      List<Node> sessions,
      List<Node> offers,
      List<String[]> disks) {

    /** Those of the portal that was named, or all. */
    List<Node> of(List<Node> nodes) {
      return nodes.stream()
          .filter(node -> address.isEmpty() || address.get().equals(node.address()))
          .toList();
    }

    boolean connected(String target, String port) {
      return sessions.stream()
          .filter(node -> node.target().equals(target))
          .anyMatch(
              node ->
                  address.isEmpty()
                      || address.get().equals(node.address()) && port.equals(node.port()));
    }

    /** The devices of a target, each once. */
    List<String> devices(String target) {
      return disks.stream()
          .filter(disk -> disk[1].contains(target + "-lun-"))
          .map(disk -> disk[0])
          .distinct()
          .toList();
    }
  }

  @Override
  public String key() {
    return "iscsi" + (portal.isEmpty() ? "" : " " + portal + ":" + port);
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, portal, port, discover ? "discover" : "");
  }

  @Override
  public Answer parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact(answer.err().strip());
    }
    Optional<String> address = Optional.empty();
    List<Node> records = new ArrayList<>();
    List<Node> sessions = new ArrayList<>();
    List<Node> offers = new ArrayList<>();
    List<String[]> disks = new ArrayList<>();
    for (String line : answer.out().lines().toList()) {
      String[] words = line.split(" ", -1);
      if (words.length < 2) {
        throw new UnreadableFact("iscsiadm told '" + line + "', which is not understood");
      }
      switch (words[0]) {
        case "portal" -> address = Optional.of(words[1]);
        case "record" -> records.add(node(line, words));
        case "session" -> sessions.add(node(line, words));
        case "offer" -> offers.add(node(line, words));
        default -> disks.add(new String[] {words[1], line.substring(6 + words[1].length())});
      }
    }
    return new Answer(address, records, sessions, offers, disks);
  }

  /** {@code KIND ADDRESS:PORT,GROUP TARGET [STARTUP]}. */
  private static Node node(String line, String[] words) {
    String at = words[1].replaceFirst(",-?\\d+$", "");
    int colon = at.lastIndexOf(':');
    if (colon < 0 || words.length < 3) {
      throw new UnreadableFact("iscsiadm told '" + line + "', which is not understood");
    }
    return new Node(
        at.substring(0, colon).replaceAll("[\\[\\]]", ""),
        at.substring(colon + 1),
        words[2],
        words.length > 3 ? words[3] : "");
  }
}
