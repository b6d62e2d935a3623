package dev.hearth.receipt;

/** The shell text that takes parts of a step back. */
final class UndoScripts {

  /**
   * Words: place, run, step, {@code force} or not, {@code dry} or not, then for each part its kind
   * and path; behind one that is {@code appeared}, which must be the only one, the names. A line of
   * standard input for each: its number, what was there before the step and after it ({@code ?}
   * when nobody knows), with {@code |} between them. Prints for each how it went and why.
   *
   * <p>Of many paths all states are read first, with a few processes; files that were not there
   * before and are as the step left them are then removed together.
   */
  static final String TAKE_BACK =
      HostScripts.PLACE
          + HostScripts.STATE
          + HostScripts.MANY
          + """
          umask 077
          force=$1 dry=$2 going= quick=
          shift 2
          say() {
            remove_going
            printf '%s %s\\n' "$1" "$2"
          }
          # The directories above the path that were missing before the step, as far as they are empty.
          clear_above() {
            [ "$dry" != dry ] || return 0
            while [ "$above" -gt 0 ]; do
              path=${path%/*} above=$((above - 1))
              rmdir -- "$path" 2>/dev/null || break
            done
          }
          # Each line of it: how many directories above were missing, and the path.
          remove_going() {
            [ -n "$going" ] || return 0
            error=$(printf '%s' "$going" | cut -d ' ' -f 2- | tr '\\n' '\\000' | xargs -0 rm -f -- 2>&1)
            printf '%s' "$going" | {
              last=
              while IFS= read -r line; do
                above=${line%% *} path=${line#* }
                if [ -e "$path" ] || [ -L "$path" ]; then
                  printf 'failed %s\\n' "$(printf '%s' "$error" | tail -n 1)"
                else
                  if [ "${path%/*}" != "$last" ]; then
                    last=${path%/*}
                    clear_above
                  fi
                  echo 'done '
                fi
              done
            }
            going=
          }
          try() {
            if [ "$dry" = dry ]; then say would ''
            elif error=$("$@" 2>&1); then
              clear_above
              say done ''
            else say failed "$(printf '%s' "$error" | tail -n 1)"
            fi
          }
          put_back() {
            case $before in
              absent)
                if [ -d "$path" ] && [ ! -L "$path" ]; then rmdir -- "$path"
                else rm -f -- "$path"
                fi ;;
              directory*)
                mkdir -p -- "$path" && set -- $before && chmod "$2" "$path" && chown "$3:$4" "$path" ;;
              *)
                cp -a -- "$kept" "$path.hearth-$$" &&
                { sync -- "$path.hearth-$$" 2>/dev/null || sync; } && { [ ! -L "$path" ] || rm -f -- "$path"; } &&
                mv -f -- "$path.hearth-$$" "$path" ;;
            esac
          }
          put_tree_back() {
            if [ "$before" = absent ]; then rm -rf -- "$path"
            else
              cp -a -- "$kept" "$path.hearth-$$" && rm -rf -- "$path" &&
              mv -- "$path.hearth-$$" "$path"
            fi
          }
          set_attributes() {
            while read -r mode user group name; do
              [ ! -e "$name" ] || { chown "$user:$group" "$name" && chmod "$mode" "$name"; } || return
            done <"$kept"
          }
          filled() { [ -d "$path" ] && [ ! -L "$path" ] && [ -n "$(ls -A -- "$path")" ]; }
          take_path() {
            if [ "$before" = '?' ]; then
              before=$(sed -n "$((part + 1))p" "$_h_p/states" 2>/dev/null)
              [ -n "$before" ] || { say impossible 'nobody knows what was there before'; return; }
            fi
            case $before in "absent "*) above=${before#absent } before=absent ;; esac
            [ "$path" != "$_h_b" ] || { say same ''; return; }
            # It may have gone with what was below it.
            if [ "$kind" = restore ] && [ ! -e "$path" ] && [ ! -L "$path" ]; then found=absent; fi
            if [ "$found" = "$before" ]; then
              remove_going
              clear_above
              say same ''
              return
            fi
            if [ "$found" != "$after" ] && [ "$force" != force ]; then
              if [ "$after" = '?' ]; then say drifted 'nobody saw how the step ended'
              else say drifted 'it was changed since'
              fi
              return
            fi
            case $before in
              large*)
                say impossible 'it was too large to be kept'
                return ;;
              absent | directory*) ;;
              *) [ -e "$kept" ] || [ -L "$kept" ] || {
                   say impossible 'what was there before is no longer kept'
                   return
                 } ;;
            esac
            if [ -n "$quick" ] && [ "$before" = absent ] && [ "$dry" != dry ] && { [ ! -d "$path" ] || [ -L "$path" ]; }; then
              going="$going$above $path
          "
              return
            fi
            remove_going
            case $kind in
              tree) try put_tree_back ;;
              attributes) try set_attributes ;;
              *)
                case $before in
                  absent)
                    if [ "$dry" != dry ] && filled; then
                      say full 'it is not empty'
                      return
                    fi ;;
                  directory*) ;;
                  *)
                    if [ -d "$path" ] && [ ! -L "$path" ]; then
                      say full 'a directory is in its place'
                      return
                    fi ;;
                esac
                try put_back ;;
            esac
          }
          if [ $# -gt 40 ] && plain "$@"; then
            many "$@" >"$_h_p/found" && exec 3<"$_h_p/found" && quick=y
            rm -f -- "$_h_p/found"
          fi
          while IFS='|' read -r part before after; do
            kind=$1 path=$2 kept=$_h_p/$part above=0
            shift 2
            case $kind in
              restore | tree | attributes)
                if [ -z "$quick" ] || ! IFS= read -r found <&3; then found=$(now "$kind" "$path"); fi
                take_path ;;
              appeared)
                [ -f "$kept.list" ] || { say impossible 'the host no longer keeps how'; continue; }
                there=$(sh "$kept.list" </dev/null) || { say failed 'what is there cannot be listed'; continue; }
                for name do
                  shift
                  if printf '%s\\n' "$there" | grep -qxF -e "$name"; then set -- "$@" "$name"; fi
                done
                if [ $# -gt 0 ]; then try sh "$kept.undo" "$@" </dev/null
                else say same ''
                fi ;;
              run)
                if [ -f "$kept.undo" ]; then try sh "$kept.undo" <"$kept.in"
                else say impossible 'the host no longer keeps how'
                fi ;;
              *) say same '' ;;
            esac
          done
          remove_going
          """;

  private UndoScripts() {}
}
