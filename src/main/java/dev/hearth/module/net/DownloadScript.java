package dev.hearth.module.net;

import dev.hearth.fact.Checksum;
import dev.hearth.fact.FileMarks;
import dev.hearth.fact.PathFact;
import dev.hearth.module.files.AttributeChange;
import dev.hearth.module.files.BackupCopy;
import dev.hearth.module.files.RedirectCheck;

/** What runs on the host to get a file from the web. */
final class DownloadScript {

  /** wget serves only where nothing secret has to be told and every certificate is checked. */
  static final String TEXT =
      PathFact.DESCRIBE
          + Checksum.FUNCTION
          + AttributeChange.FUNCTION
          + BackupCopy.FUNCTION
          + FileMarks.FUNCTION
          + RedirectCheck.FUNCTION
          + CurlConfig.REDIRECTED
          + """
          url=$1 dest=$2 mode=$3 keep=$4 owner=$5 group=$6 algorithm=$7 wanted=$8
          shift 8
          wget=$1 timeout=$2 backup=$3 agent=$4 insecure=$5 parted=$6
          case $dest in */*) dir=${dest%/*}/ ;; *) dir=./ ;; esac
          [ -d "$dir" ] || { echo "Destination directory ${dir%/} does not exist" >&2; exit 1; }
          usual=$(printf '%04o' $((0666 & ~0$(umask))))
          umask 077
          work=$(mktemp -d "$dir.hearth.XXXXXX") || exit 1
          trap 'rm -rf -- "$work"' EXIT
          trap 'exit 130' HUP INT TERM
          new=$work/new
          began=$(date +%s)
          if command -v curl >/dev/null 2>&1; then
            missed() {
              echo "cannot get $url" >&2
              exit 1
            }
            if [ -n "$parted" ]; then
              cat >"$work/config" || exit 1
              to=$(curl -q -K "$work/config" -fsS -D "$work/headers" -o "$new" -w '%{redirect_url}') ||
                missed
              if [ -n "$to" ]; then
                redirected "$work/config" "$url" "$to" >"$work/next" || exit 1
                curl -q -K "$work/next" -fsSL -D "$work/last" -o "$new" || missed
                cat "$work/last" >>"$work/headers"
              fi
            else
              curl -q -K - -fsSL -D "$work/headers" -o "$new" || missed
            fi
          elif command -v wget >/dev/null 2>&1; then
            [ -n "$wget" ] || {
              echo "this download needs curl on the host; install the package curl first" >&2
              exit 97
            }
            wget -q -S -T "$timeout" -t 1 -U "$agent" -O "$new" -- "$url" 2>"$work/headers" || {
              tail -n 1 "$work/headers" >&2
              echo "cannot get $url" >&2
              exit 1
            }
          else
            echo "neither curl nor wget is on the host; install the package curl first" >&2
            exit 97
          fi
          elapsed=$(($(date +%s) - began))
          [ -s "$new" ] || { echo "$url gave an empty file" >&2; exit 1; }
          if [ -n "$wanted" ]; then
            got=$(checksum "$algorithm" "$new") || {
              echo "the host has no tool for $algorithm checksums; install coreutils or openssl" >&2
              exit 1
            }
            [ "$got" = "$wanted" ] || {
              echo "The checksum for $dest did not match $wanted; it was $got." >&2
              exit 1
            }
          else
            if to=$(strayed "$url" "$work/headers" "$insecure"); then
              echo "$url redirects to another host without https, $to; give a checksum, or that address" >&2
              exit 1
            fi
            case $dest in
              *.htm | *.html | *.xhtml | *.php | *.xml) ;;
              *)
                case $(head -c 200 "$new" | tr -d ' \\t\\r\\n\\000' | tr 'A-Z' 'a-z') in
                  '<!doctypehtml'* | '<html'*)
                    echo "$url gave a web page, not a file; look at the address, or give a checksum" >&2
                    exit 1
                    ;;
                esac
                ;;
            esac
          fi
          sum=$(checksum sha1 "$new") || sum=
          old=
          [ ! -f "$dest" ] || old=$(checksum sha1 "$dest") || old=
          md5=$(checksum md5 "$new") || md5=
          length=$(wc -c <"$new")
          changed=no kept=
          if [ ! -f "$dest" ] || [ "$sum" != "$old" ] || [ -z "$sum" ]; then
            changed=yes
            [ ! -d "$dest" ] || { echo "$dest is a directory" >&2; exit 1; }
            if [ -f "$dest" ]; then marks "$dest" "$new" all; else marks "$dest" "$new" new; fi
            [ -z "$keep" ] || chown "$keep" "$new" 2>/dev/null || :
            attributes "$new" "${mode:-$usual}" "$owner" "$group" || exit 1
            if [ -n "$backup" ] && [ -f "$dest" ]; then
              kept=$(backup_name "$dest")
              ln -- "$dest" "$kept" 2>/dev/null || cp -p -- "$dest" "$kept" || exit 1
            fi
            sync "$new" 2>/dev/null || sync
            mv -fT -- "$new" "$dest" 2>/dev/null || mv -f -- "$new" "$dest" || exit 1
          else
            now=$(describe "$dest" | cut -d' ' -f1-6)
            attributes "$dest" "$mode" "$owner" "$group" || exit 1
            [ "$now" = "$(describe "$dest" | cut -d' ' -f1-6)" ] || changed=yes
          fi
          context=
          [ ! -e /sys/fs/selinux/enforce ] || context=$(stat -c %C -- "$dest" 2>/dev/null)
          printf '%s %s %s %s %s %s %s\\n%s\\n' "$changed" "$((length))" "${sum:--}" "${old:--}" "${md5:--}" \\
            "$elapsed" "${context:--}" "$kept"
          describe "$dest"
          """;

  private DownloadScript() {}
}
