package dev.hearth.receipt;

/**
 * The shell text that keeps, compares and puts back what is on a host. A directory for each step,
 * {@code former/RUN/STEP} in the user's state directory ({@code /var/lib/hearth} for root), holds
 * what was there before it; only its owner can read it.
 */
final class HostScripts {

  /** Nothing was done, because what was there before could not be kept. */
  static final int NOT_KEPT = 121;

  /** So many KiB of a file or tree are kept; a larger one is not, and that is told. */
  private static final String MOST = "262144";

  /** Takes place, run and step from the words; leaves the step's directory. */
  static final String PLACE =
      Place.OF_USER
          + """
          _h_p=$_h_b/former/$1/$2
          shift 2
          """;

  /** Goes behind it: a step that has no directory there has one apart. */
  static final String APART =
      """
      [ -d "$_h_p" ] || _h_p=$_h_a/${_h_p#"$_h_b"/}
      """;

  /** Runs the script of something that is watched, and prints its one line. */
  static final String WATCHED =
      """
      watched() {
        [ -f "$1" ] || set -- /dev/null 'the host no longer keeps how to look at it'
        line=$(sh "$1" </dev/null 2>/dev/null) && [ -n "$line" ] || line=${2:-cannot be told}
        printf '%s' "$line" | tr '\\n' ' ' | tr -d '[:cntrl:]'
        echo
      }
      """;

  /** What is at a path, on one line; large files are told by size and time. */
  static final String STATE =
      """
      sum() { sha256sum | cut -c1-64; }
      state() {
        if [ -L "$1" ]; then
          printf 'link %s %s\\n' "$(stat -c '%u %g' -- "$1")" "$(readlink -- "$1" | sum)"
        elif [ -f "$1" ]; then
          set -- "$1" "$(stat -c '%s' -- "$1")"
          if [ "$2" -gt 16777216 ]; then
            printf 'file %s\\n' "$(stat -c '%a %u %g %s:%Y' -- "$1")"
          else
            printf 'file %s %s\\n' "$(stat -c '%a %u %g' -- "$1")" "$(
              # Also reading nothing would be an access.
              if [ "$2" -eq 0 ]; then sum </dev/null; else sum <"$1"; fi
            )"
          fi
        elif [ -d "$1" ]; then
          printf 'directory %s\\n' "$(stat -c '%a %u %g' -- "$1")"
        elif [ -e "$1" ]; then
          printf 'other %s\\n' "$(stat -c '%a %u %g %t %T %F' -- "$1")"
        else
          echo absent
        fi
      }
      # Others may tell some lines of a tree in another way.
      adjusted() { cat; }
      tree() {
        if [ -d "$1" ] && [ ! -L "$1" ]; then
          printf 'tree %s %s\\n' "$(stat -c '%a %u %g' -- "$1")" "$(
            size=$(du -sk -- "$1" | cut -f1)
            cd -- "$1" && {
              if [ "${size:-0}" -gt 65536 ]; then
                find . -name .git -prune -o -type f -exec stat -c '%n %s %Y' {} +
              else
                find . -name .git -prune -o -type f -exec sha256sum {} +
              fi
              find . -name .git -prune -o -type l -exec sh -c \
                'for link do printf "%s %s\\n" "$link" "$(readlink -- "$link")"; done' sh {} +
              # A checkout may hold work that is in none of its files.
              [ ! -d .git/refs ] ||
                find .git/refs/heads .git/refs/stash -type f -exec sha256sum {} + 2>/dev/null
            } | adjusted | sort | sum)"
        else
          state "$1"
        fi
      }
      attributes() {
        [ ! -e "$1" ] || find "$1" ! -type l -exec stat -c '%a %u %g %n' {} + | sort -k 4
      }
      now() {
        case $1 in
          restore | again) state "$2" ;;
          tree) tree "$2" ;;
          attributes) printf 'attributes %s\\n' "$(attributes "$2" | sum)" ;;
          *) echo - ;;
        esac
      }
      """;

  /**
   * The states of many paths with a few processes instead of several for each path. Only for parts
   * that are a path's state, and for names that the tools do not write in another way.
   */
  static final String MANY =
      """
      plain() {
        for word do
          case $word in
            *\\\\* | *'
      '*) return 1 ;;
          esac
        done
        while [ $# -gt 0 ]; do
          case $1 in restore | again) shift 2 ;; *) return 1 ;; esac
        done
      }
      many() {
        at=kind
        for word do
          if [ "$at" = kind ]; then at=path
          else
            printf '%s\\n' "$word"
            at=kind
          fi
        done >"$_h_p/look.paths" || return
        tr '\\n' '\\000' <"$_h_p/look.paths" |
          xargs -0 stat -c '%F|%a %u %g|%s|%Y|%n' -- >"$_h_p/look.stats" 2>/dev/null
        awk -F '|' '/^regular/ && $3 <= 16777216 { sub(/^[^|]*[|][^|]*[|][^|]*[|][^|]*[|]/, ""); print }' "$_h_p/look.stats" |
          tr '\\n' '\\000' | xargs -0 sha256sum -- >"$_h_p/look.sums" 2>/dev/null
        awk -F '|' -v sums="$_h_p/look.sums" -v stats="$_h_p/look.stats" '
          BEGIN {
            while ((getline line <sums) > 0) sum[substr(line, 67)] = substr(line, 1, 64)
            while ((getline line <stats) > 0) {
              split(line, part, "|")
              name = line
              sub(/^[^|]*[|][^|]*[|][^|]*[|][^|]*[|]/, "", name)
              if (part[1] ~ /^regular/) {
                if (part[3] > 16777216) state[name] = "file " part[2] " " part[3] ":" part[4]
                else if (name in sum) state[name] = "file " part[2] " " sum[name]
              } else if (part[1] == "directory") state[name] = "directory " part[2]
            }
          }
          { print ($0 in state ? state[$0] : "?" $0) }' "$_h_p/look.paths" |
          while IFS= read -r line; do
            case $line in '?'*) state "${line#?}" ;; *) printf '%s\\n' "$line" ;; esac
          done
        rm -f -- "$_h_p/look.paths" "$_h_p/look.stats" "$_h_p/look.sums"
      }
      """;

  /**
   * Words: place, run, step, then for each part its kind and path, for {@code appeared} the scripts
   * that list and remove, for {@code run} the script and its input, for {@code watch} the script.
   * {@code again} is {@code restore} of a path that this run has touched before, with what it left
   * there: when that is what is found, it is not kept, because it is the run's own. Prints the
   * state directory and a line for each part.
   */
  static final String KEEP =
      PLACE
          + STATE
          + MANY
          + WATCHED
          + """
          umask 077
          # How many directories above a path are missing, which the step may make: a space and the number, or nothing.
          missing() {
            count=0 above=${1%/*}
            while [ -n "$above" ] && [ ! -e "$above" ] && [ ! -L "$above" ]; do
              count=$((count + 1))
              case $above in */*) above=${above%/*} ;; *) break ;; esac
            done
            if [ "$count" -eq 0 ]; then gap=; else gap=" $count"; fi
          }
          mkdir -p -- "$_h_p" && : >"$_h_p/states" || exit 1
          part=0 copied= quick=
          if [ $# -gt 40 ] && plain "$@"; then
            many "$@" >"$_h_p/found" && exec 3<"$_h_p/found" || exit 1
            rm -f -- "$_h_p/found"
            quick=y
          fi
          while [ $# -gt 0 ]; do
            kind=$1 path=$2
            shift 2
            if [ -n "$quick" ]; then
              IFS= read -r found <&3 || exit 1
            else
              found=$(now "$kind" "$path") || exit 1
            fi
            if [ "$kind" = again ]; then
              kind=restore
              if [ "$found" = "$1" ]; then
                kind=earlier found=earlier
              fi
              shift
            fi
            case $kind in
              restore)
                case $found in
                  file*)
                    size=$(($(stat -c %s -- "$path") / 1024))
                    if [ "$size" -gt 262144 ]; then
                      found="large $size"
                    else
                      cp -a -- "$path" "$_h_p/$part" || exit 1
                      copied=y
                    fi ;;
                  link* | other*)
                    cp -a -- "$path" "$_h_p/$part" || exit 1
                    copied=y ;;
                esac ;;
              tree)
                if [ "$found" != absent ]; then
                  size=$(du -sk -- "$path" | cut -f1)
                  case $_h_p/ in "$path"/*) size=999999999 ;; esac
                  if [ "${size:-0}" -gt 262144 ]; then
                    found="large $size"
                  else
                    cp -a -- "$path" "$_h_p/$part" || exit 1
                    copied=y
                  fi
                fi ;;
              attributes)
                attributes "$path" >"$_h_p/$part" || exit 1 ;;
              appeared)
                printf '%s\\n' "$1" >"$_h_p/$part.list" &&
                printf '%s\\n' "$2" >"$_h_p/$part.undo" &&
                sh "$_h_p/$part.list" </dev/null >"$_h_p/$part.before" || exit 1
                shift 2 ;;
              watch)
                printf '%s\\n' "$1" >"$_h_p/$part.watch" || exit 1
                found=$(watched "$_h_p/$part.watch")
                shift ;;
              run)
                printf '%s\\n' "$1" >"$_h_p/$part.undo" && printf '%s' "$2" >"$_h_p/$part.in" || exit 1
                shift 2 ;;
            esac
            if [ "$found" = absent ] && [ "$kind" != watch ]; then missing "$path" && found=absent$gap; fi
            printf '%s\\n' "$found" >>"$_h_p/states" || exit 1
            part=$((part + 1))
          done
          if [ -n "$copied" ]; then sync -- "$_h_p"/* 2>/dev/null || sync; fi
          : >"$_h_p/kept" || exit 1
          printf '%s\\n' "$_h_b"
          cat "$_h_p/states"
          """
              .replace("262144", MOST);

  /** Words: place, run, step. Prints again what {@link #KEEP} printed. */
  static final String KEPT =
      PLACE
          + """
          [ -f "$_h_p/kept" ] || exit 1
          printf '%s\\n' "$_h_b"
          cat "$_h_p/states"
          """;

  /**
   * Words: place, run, step, then for each part its kind and path. Prints a line for each part, and
   * one that begins with {@code +} for each name that appeared.
   */
  static final String LOOK =
      PLACE
          + STATE
          + MANY
          + WATCHED
          + """
          if [ $# -gt 40 ] && plain "$@" && many "$@"; then exit 0; fi
          part=0
          while [ $# -gt 0 ]; do
            if [ "$1" = watch ]; then watched "$_h_p/$part.watch"; else now "$1" "$2"; fi
            if [ "$1" = appeared ]; then
              sh "$_h_p/$part.list" </dev/null | grep -vxF -f "$_h_p/$part.before" | sed 's/^/+/'
            fi
            part=$((part + 1))
            shift 2
          done
          """;

  private HostScripts() {}
}
