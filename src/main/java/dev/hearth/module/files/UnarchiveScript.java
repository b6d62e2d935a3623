package dev.hearth.module.files;

import dev.hearth.fact.PathFact;

/** What runs on the host to unpack an archive, and to take away what it brought. */
final class UnarchiveScript {

  /** Deepest names first; a directory goes when it is empty by then. */
  static final String REMOVE_ALL =
      """
      printf '%s\\n' "$@" | sort -r | while IFS= read -r p; do
        if [ -d "$p" ] && [ ! -L "$p" ]; then rmdir -- "$p" 2>/dev/null || :; else rm -f -- "$p"; fi
      done
      """;

  /**
   * Names and kinds are looked at before anything is unpacked, and where links end before anything
   * is moved out of the directory that nobody else can enter.
   */
  static final String UNPACK =
      PathFact.DESCRIBE
          + TreeMove.FUNCTION
          + RedirectCheck.FUNCTION
          + """
          dest=$1 kind=$2 source=$3 owner=$4 group=$5 mode=$6 list=$7 insecure=$8
          excluded=$9 newer=${10}
          shift 10
          usual=$(umask)
          umask 077
          work=$(mktemp -d "${dest%/}/.hearth.XXXXXX") || exit 1
          trap 'rm -rf -- "$work"' EXIT
          trap 'exit 130' HUP INT TERM
          dest=$(cd -P -- "$dest" && pwd) || exit 1
          cd -P -- "$work" || exit 1
          [ "$(stat -c '%u %a' .)" = "$(id -u) 700" ] || {
            echo "somebody else is changing $dest meanwhile" >&2
            exit 1
          }
          refuse() {
            echo "the archive is refused: $*" >&2
            exit 1
          }
          archive=./archive
          case $kind in
            sent) cat >"$archive" || exit 1 ;;
            host) archive=$source ;;
            web)
              if command -v curl >/dev/null 2>&1; then
                curl -q -fsSL ${insecure:+-k} --connect-timeout 30 -D headers -o "$archive" -- "$source" || exit 1
              elif command -v wget >/dev/null 2>&1 && [ -z "$insecure" ]; then
                wget -q -S -T 30 -t 1 -O "$archive" -- "$source" 2>headers || {
                  tail -n 1 headers >&2
                  echo "cannot get $source" >&2
                  exit 1
                }
              else
                echo "this needs curl on the host; install the package curl first" >&2
                exit 1
              fi
              if to=$(strayed "$source" headers "$insecure"); then
                refuse "its address redirects to another host without https, $to; use that address"
              fi
              ;;
          esac
          [ -s "$archive" ] || refuse "it is empty"
          mkdir new || exit 1
          case $(head -c 2 "$archive") in
            PK)
              command -v unzip >/dev/null 2>&1 || {
                echo "unzip is not on the host; install the package unzip first" >&2
                exit 1
              }
              handler=ZipArchive
              unzip -Z1 "$archive" >names 2>/dev/null ||
                unzip -l "$archive" | sed -n 's/^ *[0-9][0-9]*  *[-0-9]* [0-9:]*  *//p' >names ||
                refuse "unzip cannot read it"
              ;;
            *)
              command -v tar >/dev/null 2>&1 || {
                echo "tar is not on the host; install the package tar first" >&2
                exit 1
              }
              handler=TgzArchive
              # A tar that cannot tell how an archive is compressed gets it plain.
              if ! tar -tf "$archive" >names 2>/dev/null; then
                for tool in gzip bzip2 xz zstd; do
                  if "$tool" -dc <"$archive" >plain 2>/dev/null; then
                    archive=./plain
                    break
                  fi
                done
              fi
              LC_ALL=C.UTF-8 tar -tf "$archive" >names 2>complaints && tar -tvf "$archive" >details 2>/dev/null ||
                refuse "tar cannot read it"
              # Some tars leave such parts of names out silently in their lists.
              ! grep -qi 'removing leading' complaints || refuse "$(cat complaints)"
              ! grep -q '^[bcp]' details || refuse "it has a device: $(grep '^[bcp]' details | head -n 1)"
              ! grep -Eq '^-..[sS]|^-.....[sS]' details ||
                refuse "it has a set-user program: $(grep -E '^-..[sS]|^-.....[sS]' details | head -n 1)"
              outside=$(awk '
                {
                  line = $0
                  sub(/^[^ ]+ +[^ ]+ +[0-9,]+ +[^ ]+ +[^ ]+ /, "", line)
                  if (match(line, / -> /)) { name = substr(line, 1, RSTART - 1); to = substr(line, RSTART + 4); depth = -1 }
                  else if (match(line, / link to /)) { name = ""; to = substr(line, RSTART + 9); depth = 0 }
                  else next
                  n = split(name, part, "/")
                  for (i = 1; i <= n; i++) if (part[i] != "" && part[i] != ".") depth++
                  bad = (to ~ /^\\//)
                  n = split(to, part, "/")
                  for (i = 1; i <= n; i++) {
                    if (part[i] == "..") { if (--depth < 0) bad = 1 }
                    else if (part[i] != "" && part[i] != ".") depth++
                  }
                  if (bad) { print line; exit }
                }' details)
              [ -z "$outside" ] || refuse "a link leads out of it: $outside"
              ;;
          esac
          ! grep -Eq '^/|^[.][.]$|^[.][.]/|/[.][.]/|/[.][.]$' names ||
            refuse "it has a name that leads out of it: $(grep -E '^/|^[.][.]$|^[.][.]/|/[.][.]/|/[.][.]$' names | head -n 1)"
          if [ "$handler" = ZipArchive ]; then
            (umask "$usual" && cd new && case $archive in /*) ;; *) archive=../$archive ;; esac &&
              if [ -n "$excluded" ]; then
                printf '%s\\n' "$excluded" | tr '\\n' '\\0' | xargs -0 unzip -q -o "$archive" "$@" -x
              else
                unzip -q -o "$archive" "$@"
              fi) >&2 || exit 1
          else
            if [ -n "$excluded" ]; then
              tar --help 2>&1 | grep -q -e '--exclude' -e '-X' || {
                echo "the host's tar knows no exclude; install the package tar first" >&2
                exit 1
              }
              printf '%s\\n' "$excluded" >excluded
              set -- -X excluded "$@"
            fi
            tar -xpf "$archive" -C new "$@" >&2 || exit 1
          fi
          [ -z "$(find new -type f \\( -perm -4000 -o -perm -2000 \\))" ] || refuse "it has a set-user program"
          inside=$(cd -P new && pwd) || exit 1
          find new -type l >links
          while IFS= read -r link; do
            case $(readlink -f -- "$link") in
              "$inside"/* | "$inside") ;;
              *) refuse "a link leads out of it: ${link#new/}" ;;
            esac
          done <links
          cd new || exit 1
          if [ -n "$owner" ]; then
            chown -R -h "$owner${group:+:$group}" . || exit 1
          elif [ -n "$group" ]; then
            chgrp -R -h "$group" . || exit 1
          fi
          [ -z "$mode" ] || find . ! -name . ! -type l -exec chmod "$mode" {} + || exit 1
          if [ -n "$newer" ]; then
            find . -type f >../files
            while IFS= read -r path; do
              if [ -f "$dest/$path" ] && [ -n "$(find "$dest/$path" -newer "$path")" ]; then
                rm -f -- "$path"
              fi
            done <../files
          fi
          find . ! -name . ! -type l -exec stat -c '%f %u %g %n' {} + >../properties
          find . -type f -exec sha1sum {} + >../sums
          find . -type l -exec sh -c 'for l; do printf "%s %s\\n" "$(readlink "$l")" "$l"; done' sh {} + >../ends
          same() {
            cd -- "$dest" || return
            find . -prune -type d >/dev/null || return
            if [ -s "$work/sums" ]; then
              sha1sum -c "$work/sums" >/dev/null 2>&1 || return
            fi
            while IFS= read -r line; do
              path=./${line#*./}
              [ ! -L "$path" ] || [ -d "$path" ] || return
              [ "$(stat -c '%f %u %g %n' -- "$path" 2>/dev/null)" = "$line" ] || return
            done <"$work/properties"
            while IFS= read -r line; do
              path=./${line##* ./}
              [ "$(readlink "$path") $path" = "$line" ] || return
            done <"$work/ends"
          }
          changed=no
          if ! (same); then
            changed=yes
            find . -type d ! -name . | while IFS= read -r path; do
              [ -d "$dest/$path" ] && [ ! -L "$dest/$path" ] || continue
              chown -h "$(stat -c %u:%g -- "$path")" "$dest/$path" 2>/dev/null
              chmod "0$(stat -c %a -- "$path")" "$dest/$path"
            done
            sync
            move "$dest" || exit 1
          fi
          printf '%s %s\\n' "$changed" "$handler"
          describe "$dest"
          [ -z "$list" ] || cat "$work/names"
          """;

  private UnarchiveScript() {}
}
