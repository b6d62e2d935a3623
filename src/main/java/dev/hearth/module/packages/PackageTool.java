package dev.hearth.module.packages;

import java.util.List;
import java.util.Optional;

/**
 * A package manager that is told names and states and finds out the rest itself.
 *
 * @param name the host's command
 * @param probe says how each name stands: not there, outdated or there; {@code $1}: the command,
 *     {@code $2}: whether to look for newer versions
 * @param newer lists what a newer version of is there; {@code $1}: the command
 * @param refresh words that fetch the lists
 * @param upgrade words that upgrade everything
 * @param install words that install
 * @param latest words that upgrade what is installed
 * @param remove words that remove
 * @param list prints what is installed, a name a line
 * @param versions a shell function {@code versions} that prints what is installed with versions
 */
record PackageTool(
    String name,
    String probe,
    String newer,
    List<String> refresh,
    List<String> upgrade,
    List<String> install,
    List<String> latest,
    List<String> remove,
    String list,
    String versions) {

  /** Ends a script with status 127 where the tool, its first word, is missing. */
  static final String THERE =
      """
      if ! command -v "$1" >/dev/null; then
        echo "$1 is not on this host" >&2
        exit 127
      fi
      """;

  private static final String APK =
      """
      newest=$2
      shift 2
      for p; do
        if ! apk info -e "$p" >/dev/null 2>&1; then
          echo "missing $p"
        elif [ "$newest" = yes ] && [ -n "$(apk version -q -l '<' "$p" 2>/dev/null)" ]; then
          echo "old $p"
        else
          echo "installed $p"
        fi
      done
      """;

  private static final String PACMAN =
      """
      newest=$2
      shift 2
      for p; do
        case $p in
          *.pkg.tar* | *://*)
            n=$(pacman -Up --print-format '%n=%v' -- "$p" 2>/dev/null) || n=
            ;;
          *)
            n=$(pacman -Sgq -- "$p" 2>/dev/null) || n=
            # A repository may be named in front of a package.
            [ -n "$n" ] || n=${p##*/}
            ;;
        esac
        if [ -z "$n" ] || [ -n "$(pacman -T $n)" ]; then
          echo "missing $p"
        elif [ "$newest" = yes ] && pacman -Qqu $n >/dev/null 2>&1; then
          echo "old $p"
        else
          echo "installed $p"
        fi
      done
      """;

  /** A name may be a package, something that one provides, a version of it, a file or a group. */
  private static final String RPM =
      """
      tool=$1 newest=$2
      shift 2
      there() {
        case $1 in
          @*)
            LC_ALL=C "$tool" -q group list --installed 2>/dev/null | grep -qixF -e "  ${1#@}" -e "   ${1#@}"
            ;;
          *://* | /*.rpm)
            n=$(rpm -qp --qf '%{NAME}-%{VERSION}-%{RELEASE}' -- "$1" 2>/dev/null) && rpm -q -- "$n" >/dev/null 2>&1
            ;;
          *) rpm -q -- "$1" >/dev/null 2>&1 || rpm -q --whatprovides -- "$1" >/dev/null 2>&1 ;;
        esac
      }
      old() {
        "$tool" -q check-update -- "$1" >/dev/null 2>&1
        [ $? -eq 100 ]
      }
      for p; do
        if ! there "$p"; then
          echo "missing $p"
        elif [ "$newest" = yes ] && old "$p"; then
          echo "old $p"
        else
          echo "installed $p"
        fi
      done
      """;

  static final String RPM_LIST = "exec rpm -qa --qf '%{NAME}\\n'\n";

  static final String RPM_VERSIONS = "versions() { rpm -qa; }\n";

  static final PackageTool ALPINE =
      new PackageTool(
          "apk",
          APK,
          "apk version -q -l '<'\n",
          List.of("update"),
          List.of("upgrade"),
          List.of("add"),
          List.of("add", "--upgrade"),
          List.of("del"),
          "exec apk info --quiet\n",
          "versions() { apk info -v; }\n");

  static final PackageTool ARCH =
      new PackageTool(
          "pacman",
          PACMAN,
          "pacman -Qqu || :\n",
          List.of("--sync", "--refresh"),
          List.of("--sync", "--sysupgrade", "--noconfirm", "--noprogressbar"),
          List.of("--sync", "--needed", "--noconfirm", "--noprogressbar"),
          List.of("--sync", "--needed", "--noconfirm", "--noprogressbar"),
          List.of("--remove", "--noconfirm", "--noprogressbar"),
          "pacman -Qq || :\n",
          "versions() { pacman -Q; }\n");

  /** The package manager of Red Hat's family under the name that the host has for it. */
  static PackageTool dnf(String command) {
    return new PackageTool(
        command,
        RPM,
        "\"$1\" -q check-update | awk 'NF == 3 { print $1 }'\n",
        List.of("-y", "makecache"),
        List.of("-y", "upgrade"),
        List.of("-y", "install"),
        List.of("-y", "upgrade"),
        List.of("-y", "remove"),
        RPM_LIST,
        RPM_VERSIONS);
  }

  /** The package manager that goes by ansible-core's name. */
  static Optional<PackageTool> named(String name) {
    return switch (name) {
      case "apk" -> Optional.of(ALPINE);
      case "pacman" -> Optional.of(ARCH);
      case "zypper" -> Optional.of(ZypperTool.packages());
      case "dnf", "dnf5", "yum" -> Optional.of(dnf(name));
      default -> Optional.empty();
    };
  }
}
