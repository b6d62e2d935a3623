package dev.hearth.module.net;

import dev.hearth.fact.PathFact;

/** What runs on the host to wait for a port or a file. */
final class WaitForScript {

  /** Each look ends with status 0 when what is waited for is so, 97 when it cannot be told. */
  static final String TEXT =
      PathFact.DESCRIBE
          + """
          kind=$1 state=$2 host=$3 port=$4 path=$5 pattern=$6 timeout=$7 once=$8
          shift 8
          delay=$1 pause=$2 states=$3
          shift 3
          local_host() {
            case $host in 127.* | localhost | ::1 | 0.0.0.0 | ::) ;; *) return 1 ;; esac
          }
          sockets() {
            cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | while read -r _ here _ st _; do
              [ "${here##*:}" != "$hex" ] || printf '%s\\n' "$st"
            done
          }
          # addresses NAME...: as the kernel writes them in /proc/net/tcp and tcp6
          addresses() {
            for name; do
              case $name in
                *:* | *[0-9].[0-9]*) echo "$name" ;;
                *) getent ahosts "$name" | awk '{ print $1 }' ;;
              esac
            done | awk '
              function word(text,  i, out) {
                for (i = 7; i > 0; i -= 2) out = out substr(text, i, 2)
                return out
              }
              function four(text) { return substr("0000" toupper(text), length(text) + 1, 4) }
              function v4(text,  part) {
                split(text, part, ".")
                return sprintf("%02X%02X%02X%02X", part[4], part[3], part[2], part[1])
              }
              /:.*[.]/ { sub(/.*:/, ""); print "0000000000000000FFFF0000" v4($0); next }
              /:/ {
                sub(/%.*/, "")
                empty = index($0, "::")
                n = split(empty ? substr($0, 1, empty - 1) : $0, head, ":")
                m = empty ? split(substr($0, empty + 2), tail, ":") : 0
                all = out = ""
                for (i = 1; i <= n; i++) all = all four(head[i])
                for (i = n + m; i < 8; i++) all = all "0000"
                for (i = 1; i <= m; i++) all = all four(tail[i])
                for (i = 1; i < 32; i += 8) out = out word(substr(all, i, 8))
                print out
                next
              }
              { print v4($0); print "0000000000000000FFFF0000" v4($0) }'
          }
          # Whether a connection to the host and port is left that counts.
          connected() {
            cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
              awk -v port="$hex" -v states=" $states " -v mine="$mine" -v except="$except" '
                function has(list, text) { return index(list, " " text " ") }
                BEGIN { mapped = "0000000000000000FFFF0000" }
                {
                  split($2, here, ":")
                  split($3, there, ":")
                  any = substr("00000000000000000000000000000000", 1, length(here[1]))
                  if (here[2] == port && has(states, $4) && !has(except, there[1]) &&
                      (has(mine, here[1]) || has(mine, any) ||
                        (index(here[1], mapped) == 1 && has(mine, mapped "00000000")))) { left = 1; exit }
                }
                END { exit !left }'
          }
          open() {
            if command -v nc >/dev/null 2>&1; then
              said=$(nc -z -w "$once" "$host" "$port" 2>&1 </dev/null) && return
              # A small busybox's nc has no -z, but runs a program when it is connected.
              case $said in *BusyBox*) nc -w "$once" "$host" "$port" -e true >/dev/null 2>&1 </dev/null ;; *) return 1 ;; esac
            elif command -v bash >/dev/null 2>&1 && command -v timeout >/dev/null 2>&1; then
              timeout "$once" bash -c 'exec 3<>"/dev/tcp/$1/$2"' bash "$host" "$port" 2>/dev/null
            elif command -v perl >/dev/null 2>&1; then
              perl -MIO::Socket::INET -e 'exit !IO::Socket::INET->new(
                PeerAddr => $ARGV[0], PeerPort => $ARGV[1], Timeout => $ARGV[2])' "$host" "$port" "$once"
            elif local_host && [ -r /proc/net/tcp ]; then
              case $(sockets) in *0A*) ;; *) return 1 ;; esac
            else
              echo "the host has neither nc, bash nor perl to try a port with; install netcat" >&2
              return 97
            fi
          }
          look() {
            case $kind in
              port) open ;;
              path) [ -e "$path" ] && { [ -z "$pattern" ] || grep -Eq -e "$pattern" -- "$path"; } ;;
              drained) ! connected ;;
              nothing) return 1 ;;
            esac
          }
          hex=$(printf '%04X' "${port:-0}")
          if [ "$kind" = drained ]; then
            # Blanks around each one.
            mine=$(addresses "$host" | tr '\\n' ' ')
            except=$(addresses "$@" | tr '\\n' ' ')
            [ -n "$mine" ] || { echo "the host cannot look up $host" >&2; exit 97; }
            mine=" $mine" except=" $except"
          fi
          began=$(date +%s)
          sleep "$delay"
          while :; do
            look
            seen=$?
            [ "$seen" -ne 97 ] || exit 97
            case $state in
              gone) [ "$seen" -eq 0 ] || break ;;
              *) [ "$seen" -ne 0 ] || break ;;
            esac
            now=$(date +%s)
            if [ $((now - began)) -ge "$timeout" ]; then
              echo "$((now - began))"
              exit 1
            fi
            sleep "$pause"
          done
          now=$(date +%s)
          echo "$((now - began))"
          if [ "$kind" = path ]; then describe "$path" | head -n 1; fi
          if [ -n "$pattern" ] && [ "$state" != gone ]; then
            grep -E -m 1 -e "$pattern" -- "$path"
          fi
          exit 0
          """;

  private WaitForScript() {}
}
