package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A user of the host's databases and, beside it, which of some groups exist.
 *
 * @param name the user
 * @param groups groups to look up, names or numbers
 * @param home a home directory to look for; empty for the user's or, without a user, the usual one
 * @param number a number that may be another user's; empty when it does not matter
 * @param local whether only the host's own files count
 */
record AccountFact(String name, List<String> groups, String home, String number, boolean local)
    implements Fact<AccountFact.Answer> {

  /** A shell function {@code entry DATABASE NAME} that prints a line. */
  static final String ENTRY =
      """
      entry() {
        if command -v getent >/dev/null; then getent "$1" "$2"; else grep "^$2:" "/etc/$1"; fi
      }
      """;

  /**
   * A shell function {@code holder DATABASE NUMBER} that prints whose number it is, and {@code
   * tools} that prints which programs change accounts. Debian's adduser needs useradd: where that
   * is not, adduser is busybox's.
   */
  static final String FUNCTIONS =
      ENTRY
          + """
          holder() {
            if command -v getent >/dev/null; then getent "$1" "$2" | cut -d: -f1
            else awk -F: -v "n=$2" '$3 == n { print $1; exit }' "/etc/$1"; fi
          }
          tools() {
            if command -v useradd >/dev/null; then echo shadow
            elif command -v adduser >/dev/null && command -v addgroup >/dev/null; then echo busybox
            fi
          }
          memberships() {
            id -gn "$1"
            id -Gn "$1"
          }
          """;

  /** The same functions for the host's own files, whatever a directory service would say. */
  static final String LOCAL =
      """
      entry() {
        awk -F: -v "file=$1" -v "n=$2" '
          $1 == n || file == "group" && $3 == n { print; found = 1 }
          END { exit !found }' "/etc/$1"
      }
      holder() { awk -F: -v "n=$2" '$3 == n { print $1; exit }' "/etc/$1"; }
      tools() { ! command -v luseradd >/dev/null || echo libuser; }
      memberships() {
        awk -F: -v "u=$1" -v "g=$(entry passwd "$1" | cut -d: -f4)" '
          $3 == g { primary = $1 }
          { n = split($4, members, ","); for (i = 1; i <= n; i++) if (members[i] == u) all = all " " $1 }
          END { print primary; print primary all }' /etc/group
      }
      """;

  private static final String PROBE =
      """
      u=$1 h=$2 number=$3
      shift 3
      e=$(entry passwd "$u")
      printf '%s\\n@@@@\\n' "$e"
      if [ -n "$e" ]; then
        memberships "$u"
        [ -n "$h" ] || h=$(printf '%s' "$e" | cut -d: -f6)
      fi
      printf '@@@@\\n'
      # Not every getent knows the passwords.
      if [ -n "$e" ]; then entry shadow "$u" 2>/dev/null || grep "^$u:" /etc/shadow 2>/dev/null; fi
      printf '@@@@\\n'
      if [ -d "${h:-/home/$u}" ]; then echo home; fi
      tools
      [ ! -e /sys/fs/selinux/enforce ] || echo selinux
      o=
      [ -z "$number" ] || o=$(holder passwd "$number")
      if [ -n "$o" ] && [ "$o" != "$u" ]; then echo "taken $o"; fi
      if entry group "$u" >/dev/null; then echo group; fi
      printf '@@@@\\n'
      for g; do entry group "$g"; done
      exit 0
      """;

  /**
   * The answer.
   *
   * @param account the user, if there is one
   * @param tools what the host changes accounts with
   * @param holder another user that has the number already
   * @param ownGroup whether a group has the user's name
   * @param homeExists whether the home directory is there
   * @param selinux whether the kernel has SELinux
   * @param groups numbers by name of the groups that exist
   */
  record Answer(
      Optional<Account> account,
      AccountTools.Kind tools,
      Optional<String> holder,
      boolean ownGroup,
      boolean homeExists,
      boolean selinux,
      Map<String, Long> groups) {

    /** The name of a group that is given by name or number. */
    String groupName(String group) {
      return groups.containsKey(group)
          ? group
          : groups.entrySet().stream()
              .filter(entry -> entry.getValue().toString().equals(group))
              .map(Map.Entry::getKey)
              .findFirst()
              .orElse(group);
    }
  }

  AccountFact {
    groups = List.copyOf(groups);
  }

  @Override
  public String key() {
    return (local ? "local account " : "account ")
        + name
        + (groups.isEmpty() ? "" : " " + String.join(",", groups));
  }

  @Override
  public Script probe() {
    List<String> words = new ArrayList<>(List.of(name, home, number));
    words.addAll(groups);
    return Script.of(FUNCTIONS + (local ? LOCAL : "") + PROBE, words.toArray(String[]::new));
  }

  @Override
  public Answer parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact("cannot look up the user " + name + ": " + answer.err().strip());
    }
    Sections sections = Sections.of(answer.out());
    List<String> flags = sections.lines(3);
    Map<String, Long> found = new LinkedHashMap<>();
    for (String line : sections.lines(4)) {
      String[] fields = line.split(":", -1);
      if (fields.length > 2 && fields[2].matches("[0-9]+")) {
        found.put(fields[0], Long.parseLong(fields[2]));
      }
    }
    boolean home = flags.contains("home");
    return new Answer(
        account(sections, home),
        AccountTools.Kind.among(flags),
        flags.stream()
            .filter(flag -> flag.startsWith("taken "))
            .map(flag -> flag.substring("taken ".length()))
            .findFirst(),
        flags.contains("group"),
        home,
        flags.contains("selinux"),
        found);
  }

  private Optional<Account> account(Sections sections, boolean home) {
    String[] entry = sections.get(0).split(":", -1);
    if (entry.length < 7) {
      return Optional.empty();
    }
    List<String> lines = sections.lines(1);
    String primary = lines.isEmpty() ? entry[3] : lines.get(0);
    List<String> all = lines.size() < 2 ? List.of() : List.of(lines.get(1).split(" ", -1));
    String[] shadow = sections.get(2).split(":", -1);
    boolean readable = shadow.length > 7 && shadow[0].equals(name);
    return Optional.of(
        new Account(
            Long.parseLong(entry[2]),
            Long.parseLong(entry[3]),
            entry[4],
            entry[5],
            entry[6],
            primary,
            all.stream().filter(group -> !group.equals(primary)).toList(),
            readable ? Optional.of(new Value.Secret(shadow[1])) : Optional.empty(),
            readable && shadow[7].matches("[0-9]+")
                ? Optional.of(Long.parseLong(shadow[7]))
                : Optional.empty(),
            readable
                ? Optional.of(new Account.Aging(shadow[3], shadow[4], shadow[5], shadow[6]))
                : Optional.empty(),
            home));
  }
}
