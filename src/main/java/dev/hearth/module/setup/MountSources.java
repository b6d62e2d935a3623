package dev.hearth.module.setup;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.List;

/**
 * What tables of mounts say, read as they are.
 *
 * @param names files, or {@code mount} for what the program says
 * @param program that program; empty for none
 * @param fallback asks the program also when none of the kernel's tables has anything
 * @param patience seconds that the program may take; empty for as long as it takes
 */
record MountSources(List<String> names, String program, boolean fallback, String patience)
    implements Fact<List<MountSources.Table>> {

  /** Two names of the same file are read once. The lines of one are indented by a space. */
  private static final String PROBE =
      """
      program=$1 fallback=$2 patience=$3
      shift 3
      ask() {
        command -v "$program" >/dev/null 2>&1 || { echo "$program is not on the host" >&2; exit 1; }
        echo mount
        if [ -n "$patience" ]; then
          timeout "$patience" "$program"
        else
          "$program"
        fi >"$work" || echo "late $?"
        sed 's/^/ /' "$work"
      }
      work=$(umask 077 && mktemp) || exit 1
      trap 'rm -f -- "$work"' EXIT
      seen='
      '
      for source do
        if [ "$source" = mount ]; then
          real=mount
        else
          real=$(readlink -f -- "$source") || real=$source
        fi
        case $seen in *"
      $real
      "*) continue ;; esac
        seen="$seen$real
      "
        if [ "$source" = mount ]; then
          ask
          fallback=
          continue
        fi
        [ -f "$source" ] || continue
        printf '%s\\n' "$source"
        sed 's/^/ /' "$source"
        case $source in
          /etc/mtab | /proc/mounts | /etc/mnttab) [ ! -s "$source" ] && ! grep -q . "$source" || fallback= ;;
        esac
      done
      [ -z "$fallback" ] || [ -z "$program" ] || ask
      """;

  /** Keeps its own copy. */
  MountSources {
    names = List.copyOf(names);
  }

  /**
   * One table.
   *
   * @param source its file, or {@code mount}
   * @param late whether the program did not end in time
   * @param lines what it says
   */
  record Table(String source, boolean late, List<String> lines) {}

  @Override
  public String key() {
    return "mount tables";
  }

  @Override
  public Script probe() {
    List<String> words = new ArrayList<>(List.of(program, fallback ? "yes" : "", patience));
    words.addAll(names);
    return Script.of(PROBE, words.toArray(String[]::new));
  }

  @Override
  public List<Table> parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact("cannot read the tables of mounts: " + answer.err().strip());
    }
    List<Table> tables = new ArrayList<>();
    for (String line : answer.out().lines().toList()) {
      if (line.startsWith("late ")) {
        tables.add(new Table(tables.removeLast().source(), line.equals("late 124"), List.of()));
      } else if (line.startsWith(" ")) {
        tables.getLast().lines().add(line.substring(1));
      } else {
        tables.add(new Table(line, false, new ArrayList<>()));
      }
    }
    return tables;
  }
}
