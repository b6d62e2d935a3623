package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Packages or repositories that dnf lists.
 *
 * @param command the host's name for dnf
 * @param what {@code installed}, {@code available}, {@code upgrades}, {@code repos}, or a name or
 *     pattern of packages
 * @param options options of every call
 */
record DnfListFact(String command, String what, List<String> options) implements Fact<List<Value>> {

  private static final String PROBE =
      """
      tool=$1 what=$2
      shift 2
      # ask STATE WORD...
      ask() {
        state=$1
        shift
        all=$("$tool" -q repoquery --qf '%{name}|%{epoch}|%{version}|%{release}|%{arch}|%{repoid}\\n' "$@" </dev/null) || exit
        printf '%s\\n' "$all" | sed -n "s/..*/$state|&/p"
      }
      case $what in
        installed) ask installed "$@" --installed ;;
        available) ask available "$@" --available ;;
        updates | upgrades) ask available "$@" --upgrades ;;
        repos | repositories)
          all=$("$tool" -q repolist --enabled "$@" </dev/null) || exit
          printf '%s\\n' "$all" | awk 'NR > 1 { print "repository|" $1 }'
          ;;
        *)
          ask installed "$@" --installed -- "$what"
          ask available "$@" -- "$what"
          ;;
      esac
      """;

  DnfListFact {
    options = List.copyOf(options);
  }

  @Override
  public String key() {
    return command + " list " + what;
  }

  @Override
  public Script probe() {
    List<String> words = new ArrayList<>(List.of(command, what));
    words.addAll(options);
    return Script.of(PROBE, words.toArray(String[]::new));
  }

  @Override
  public List<Value> parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact("cannot list " + what + ": " + answer.err().strip());
    }
    return answer.out().lines().map(line -> one(line.split("\\|", -1))).toList();
  }

  private static Value one(String[] fields) {
    Map<String, Value> one = new LinkedHashMap<>();
    if (fields.length < 7) {
      put(one, "repoid", fields[1]);
      put(one, "state", "enabled");
    } else {
      String envra =
          fields[2] + ":" + fields[1] + "-" + fields[3] + "-" + fields[4] + "." + fields[5];
      put(one, "name", fields[1]);
      put(one, "arch", fields[5]);
      put(one, "epoch", fields[2]);
      put(one, "release", fields[4]);
      put(one, "version", fields[3]);
      put(one, "repo", fields[6]);
      put(one, "envra", envra);
      put(one, "nevra", envra);
      put(one, "yumstate", fields[0]);
    }
    return Value.Dict.ofTexts(one);
  }

  private static void put(Map<String, Value> one, String name, String value) {
    one.put(name, Value.text(value));
  }
}
