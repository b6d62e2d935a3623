package dev.hearth.module.packages;

import java.util.List;

/** How {@code zypper} is told what to do, and asked for what it would do. */
final class ZypperTool {

  /**
   * A name may carry a version or say by a sign in front that it goes; zypper knows what is due.
   */
  private static final String PROBE =
      """
      newest=$2
      shift 2
      due() {
        said=$(LC_ALL=C zypper --non-interactive --xmlout install --dry-run --auto-agree-with-licenses --oldpackage --type "$type" -- "$1" </dev/null)
        e=$?
        case $said in *'<solvable '*) return 0 ;; esac
        [ "$e" -ne 0 ]
      }
      there() {
        if [ "$type" = package ]; then
          rpm -q -- "$1" >/dev/null 2>&1 || rpm -q --whatprovides -- "$1" >/dev/null 2>&1
        else
          zypper --non-interactive --quiet --disable-repositories search --match-exact --installed-only --type "$type" -- "$1" </dev/null >/dev/null 2>&1
        fi
      }
      for p; do
        case $p in
          *://* | *.rpm | *[\\<\\>=]*) if due "$p"; then s=missing; else s=installed; fi ;;
          [-~]*) if there "${p#?}"; then s=missing; else s=installed; fi ;;
          *)
            if ! there "${p#+}"; then s=missing
            elif [ "$newest" = yes ] && due "$p"; then s=old
            else s=installed
            fi
            ;;
        esac
        echo "$s $p"
      done
      """;

  private static final String NEWER =
      """
      LC_ALL=C zypper --non-interactive --xmlout "$all" --dry-run --auto-agree-with-licenses </dev/null |
        sed -n 's/.*<solvable .* name="\\([^"]*\\)".*/\\1/p' | sort -u
      """;

  /**
   * 102: it wants a restart of the host; 103: it has renewed itself and wants to be called again;
   * 107: a package is there, but a script of its failed.
   */
  private static final String ENDS =
      """
      zypper() {
        command zypper "$@"
        e=$?
        case $e in
          102) return 0 ;;
          103) command zypper "$@" ;;
          107) return "$failing" ;;
          *) return "$e" ;;
        esac
      }
      """;

  private ZypperTool() {}

  /** For packages. */
  static PackageTool packages() {
    return of("package", "update", false);
  }

  /**
   * The tool.
   *
   * @param type what the names are, one of the module's choices
   * @param all the command that brings everything up to date
   * @param skipsPostErrors whether a script of a package may fail
   */
  static PackageTool of(String type, String all, boolean skipsPostErrors) {
    return new PackageTool(
        "zypper",
        "type=" + type + "\n" + PROBE,
        "all=" + all + "\n" + NEWER,
        List.of("--non-interactive", "refresh"),
        List.of("--non-interactive", all, "--auto-agree-with-licenses"),
        List.of("--non-interactive", "install", "--type", type, "--auto-agree-with-licenses"),
        List.of("--non-interactive", "install", "--type", type, "--auto-agree-with-licenses"),
        List.of("--non-interactive", "remove", "--type", type),
        PackageTool.RPM_LIST,
        PackageTool.RPM_VERSIONS + "failing=" + (skipsPostErrors ? 0 : 107) + "\n" + ENDS);
  }
}
