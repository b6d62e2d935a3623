package dev.hearth.module.net;

import dev.hearth.fact.FileMarks;
import dev.hearth.fact.PathFact;

/** What runs on the host to ask a web server. */
final class RequestScript {

  /** Prints a line of numbers, the final address, then header and content one after the other. */
  static final String TEXT =
      PathFact.DESCRIBE
          + FileMarks.FUNCTION
          + CurlConfig.REDIRECTED
          + """
          command -v curl >/dev/null 2>&1 || {
            echo "curl is not on the host, and uri needs it; install the package curl first" >&2
            exit 97
          }
          dest=$1 mode=$2 owner=$3 group=$4 good=$5 before=$6 parted=$7 url=$8
          work=$(umask 077 && mktemp -d) || exit 1
          trap 'rm -rf -- "$work"' EXIT
          trap 'exit 130' HUP INT TERM
          : >"$work/content"
          : >"$work/header"
          config=- upload=
          if [ -n "$before" ]; then
            # The configuration comes first, and the file that is sent behind it.
            config=$work/config upload=$work/upload
            (umask 077 && dd bs=1 count="$before" >"$config" 2>/dev/null && cat >"$upload") || exit 1
          fi
          ask() {
            curl -q -K "$1" ${upload:+--data-binary "@$upload"} -sS -o "$work/content" -D "$work/header" \\
              -w '%{redirect_url}\\n%{http_code} %{size_download} %{url_effective}'
          }
          began=$(date +%s)
          if [ -n "$parted" ]; then
            config=$work/config
            (umask 077 && cat >"$config") || exit 1
            said=$(sed '/^location$/d' "$config" | ask -) || exit
            to=$(printf '%s\\n' "$said" | sed 1q)
            if [ -n "$to" ]; then
              said=$(redirected "$config" "$url" "$to" | ask -) || exit
            fi
          else
            said=$(ask "$config") || exit
          fi
          said=$(printf '%s\\n' "$said" | sed 1d)
          elapsed=$(($(date +%s) - began))
          length=$(wc -c <"$work/header")
          changed=no
          if [ -n "$dest" ] && [ -d "$dest" ]; then
            name=${said##* }
            name=${name%%[?#]*}
            case $name in *://*/*) name=${name##*/} ;; *) name= ;; esac
            dest=${dest%/}/${name:-index.html}
          fi
          case " $good " in *" ${said%% *} "*) wanted=yes ;; *) wanted= ;; esac
          if [ -n "$dest" ] && [ -n "$wanted" ] && ! cmp -s "$work/content" "$dest"; then
            changed=yes
            case $dest in */*) dir=${dest%/*}/ ;; *) dir=./ ;; esac
            [ ! -d "$dest" ] || { echo "$dest is a directory" >&2; exit 1; }
            inside=$(umask 077 && mktemp -d "$dir.hearth.XXXXXX") || exit 1
            trap 'rm -rf -- "$work" "$inside"' EXIT
            (umask 077 && cat <"$work/content" >"$inside/new") || exit 1
            if [ -f "$dest" ]; then
              marks "$dest" "$inside/new" all
              chown "$(stat -c %u:%g -- "$dest")" "$inside/new" 2>/dev/null
            else
              marks "$dest" "$inside/new" new
            fi
            [ -z "$owner" ] || chown "$owner" "$inside/new" || exit 1
            [ -z "$group" ] || chgrp "$group" "$inside/new" || exit 1
            chmod "0$mode" "$inside/new" || exit 1
            sync "$inside/new" 2>/dev/null || sync
            mv -f -- "$inside/new" "$dest" || exit 1
          fi
          printf '%s\\n%s %s %s %s\\n' "$said" "$((length))" "$changed" "$elapsed" "$dest"
          [ -z "$dest" ] || describe "$dest"
          cat "$work/header" "$work/content"
          """;

  private RequestScript() {}
}
