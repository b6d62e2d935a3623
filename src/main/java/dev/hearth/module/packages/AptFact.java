package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How packages stand, how old the lists are, and what apt-get would do (it is asked to simulate
 * only when something is not as wanted).
 *
 * @param want {@code present}, {@code latest}, {@code absent}, {@code purged}, or {@code command}
 *     to simulate without looking at packages first
 * @param options the options and the command of apt-get, in order
 * @param packages what it is about
 */
record AptFact(String want, List<String> options, List<PackageSpec> packages)
    implements Fact<AptFact.Answer> {

  private static final List<String> ACTIONS = List.of("Inst ", "Remv ", "Purg ", "Conf ", "Del ");

  private static final String PROBE =
      """
      if ! command -v apt-get >/dev/null; then
        echo "apt-get is not on this host" >&2
        exit 1
      fi
      LC_ALL=C DEBIAN_FRONTEND=noninteractive
      export LC_ALL DEBIAN_FRONTEND
      want=$1 n=$2
      shift 2
      s=/var/lib/apt/periodic/update-success-stamp
      [ -e $s ] || s=/var/lib/apt/lists
      t=0
      for f in /var/lib/apt/lists/*Release; do
        if [ -e "$f" ]; then t=$(stat -c %Y $s); fi
        break
      done
      echo "lists $t $(date +%s)"
      if [ -n "$(find /etc/apt/sources.list /etc/apt/sources.list.d -newer $s 2>/dev/null)" ]; then
        echo outdated
      fi
      for f in /var/lib/dpkg/updates/[0-9]*; do
        if [ -e "$f" ]; then echo interrupted; fi
        break
      done
      acts=no k=0
      [ "$want" != command ] || acts=yes
      names() {
        case $1 in
          *[*?[]*)
            case $want in
              absent | purged) dpkg-query -W -f '${Package}\\n' "$1" 2>/dev/null ;;
              *) apt-cache pkgnames 2>/dev/null | while read -r p; do case $p in $1) echo "$p" ;; esac; done ;;
            esac
            ;;
          *) echo "$1" ;;
        esac
      }
      providers() {
        case $want in absent | purged) return 0 ;; esac
        dpkg-query -W -f '${db:Status-Abbrev}|${Version}|${Provides}\\n' 2>/dev/null | awk -F'|' -v n="$1" '
          $1 ~ /^.i/ {
            k = split($3, a, /, */)
            for (j = 1; j <= k; j++) { sub(/ .*/, "", a[j]); if (a[j] == n) { print "ii  " $2; exit } }
          }'
      }
      for w; do
        shift
        k=$((k + 1))
        if [ $k -le "$n" ]; then
          set -- "$@" "$w"
          continue
        fi
        name=$w op='' version=''
        case $w in
          *'>='*) name=${w%%>=*} op='>=' version=${w#*>=} ;;
          *=*) name=${w%%=*} op='=' version=${w#*=} ;;
        esac
        for p in $(set -f; names "$name"); do
          state=missing
          found=$(dpkg-query -W -f '${db:Status-Abbrev} ${Version}\\n' "$p" 2>/dev/null)
          case $found in '' | ?n*) found=$(providers "$p") ;; esac
          now=${found##* }
          case $found in
            ?i*)
              state=installed
              case $op in
                '=') case $now in $version) ;; *) state=other ;; esac ;;
                '>=') dpkg --compare-versions "$now" ge "$version" || state=other ;;
              esac
              ;;
            ?c*) state=config ;;
            ?[HUFWt]*) state=broken ;;
          esac
          echo "package $state $p$op$version $now"
          case $want/$state in
            present/installed | absent/missing | absent/config | purged/missing) ;;
            *)
              acts=yes
              case $op in '=') set -- "$@" "$p=$version" ;; *) set -- "$@" "$p" ;; esac
              ;;
          esac
        done
      done
      if [ -f /var/lib/apt/extended_states ]; then
        awk '/^Package:/ { p = $2 } /^Auto-Installed: 1/ { print "auto " p }' /var/lib/apt/extended_states
      fi
      if [ $acts = yes ]; then
        echo simulation
        apt-get -s "$@" 2>&1
        printf '\\nexit %s\\n' "$?"
      fi
      exit 0
      """;

  /**
   * The answer.
   *
   * @param states {@code installed}, {@code other} (another version), {@code config}, {@code
   *     broken} or {@code missing}, by package as it was asked for
   * @param versions installed versions, likewise
   * @param automatic packages that were installed only because others need them
   * @param listsTime when the lists were fetched last, seconds since 1970; 0 when there are none
   * @param outdated whether repositories were added or removed since then
   * @param now the host's clock
   * @param interrupted whether dpkg was interrupted and must be finished first
   * @param simulated whether apt-get was asked
   * @param code exit status of the simulation
   * @param simulation what it printed
   */
  record Answer(
      Map<String, String> states,
      Map<String, String> versions,
      Set<String> automatic,
      long listsTime,
      boolean outdated,
      long now,
      boolean interrupted,
      boolean simulated,
      int code,
      String simulation) {

    /** Whether apt-get would install, remove or configure anything. */
    boolean acts() {
      return simulation.lines().anyMatch(line -> ACTIONS.stream().anyMatch(line::startsWith));
    }
  }

  AptFact {
    options = List.copyOf(options);
    packages = List.copyOf(packages);
  }

  @Override
  public String key() {
    StringBuilder text = new StringBuilder("apt " + want);
    packages.forEach(one -> text.append(' ').append(one));
    if (packages.isEmpty()) {
      text.append(' ').append(options.isEmpty() ? "" : options.getLast());
    }
    return text.toString();
  }

  @Override
  public Script probe() {
    List<String> words = new ArrayList<>(List.of(want, Integer.toString(options.size())));
    words.addAll(options);
    packages.forEach(one -> words.add(one.toString()));
    return Script.of(PROBE, words.toArray(String[]::new));
  }

  @Override
  public Answer parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact(answer.err().strip());
    }
    Map<String, String> states = new LinkedHashMap<>();
    Map<String, String> versions = new LinkedHashMap<>();
    Set<String> automatic = new HashSet<>();
    long listsTime = 0;
    long now = 0;
    boolean interrupted = false;
    boolean outdated = false;
    String[] halves = answer.out().split("(?m)^simulation\n", 2);
    for (String line : halves[0].lines().toList()) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "lists" -> {
          listsTime = Long.parseLong(words[1]);
          now = Long.parseLong(words[2]);
        }
        case "outdated" -> outdated = true;
        case "interrupted" -> interrupted = true;
        case "auto" -> automatic.add(words[1]);
        case "package" -> {
          states.put(words[2], words[1]);
          versions.put(words[2], words.length > 3 ? words[3] : "");
        }
        default -> {}
      }
    }
    String simulation = halves.length > 1 ? halves[1] : "";
    int end = simulation.lastIndexOf("\nexit ");
    int code = end < 0 ? 0 : Integer.parseInt(simulation.substring(end + 6).strip());
    return new Answer(
        states,
        versions,
        automatic,
        listsTime,
        outdated,
        now,
        interrupted,
        halves.length > 1,
        code,
        end < 0 ? simulation : simulation.substring(0, end));
  }
}
