package dev.hearth.module.net;

/** What runs on the host to send a mail. */
final class MailScript {

  /**
   * Standard input has curl's configuration, whose length comes first, and then the text of the
   * message but for what only the host knows: the date, and the files that go with it. It prints
   * the recipients that the server refused: number, address and what the server said.
   */
  static final String TEXT =
      """
      length=$1 domain=$2 boundary=$3
      shift 3
      command -v curl >/dev/null 2>&1 || {
        echo "curl is not on the host; install the package curl first" >&2
        exit 97
      }
      umask 077
      work=$(mktemp -d) || exit 1
      trap 'rm -rf -- "$work"' EXIT
      dd bs=1 count="$length" 2>/dev/null >"$work/config" || exit 1
      {
        printf 'Date: %s\\n' "$(date -R)"
        printf 'Message-ID: <%s.%s@%s>\\n' "$(date +%Y%m%d%H%M%S)" "$$" "$domain"
        cat
        for file do
          name=$(printf %s "${file##*/}" | tr -d '"\\\\\\r\\n')
          printf -- '--%s\\nContent-Type: application/octet-stream\\nMIME-Version: 1.0\\n' "$boundary"
          printf 'Content-Transfer-Encoding: base64\\n'
          printf 'Content-Disposition: attachment; filename="%s"\\n\\n' "$name"
          base64 <"$file" || exit 1
        done
        printf -- '--%s--\\n' "$boundary"
      } >"$work/message" || exit 1
      ! { curl --help all || curl --help; } 2>/dev/null | grep -q -e --mail-rcpt-allowfails ||
        echo mail-rcpt-allowfails >>"$work/config"
      # What is spoken with the server has the password in it, and stays here.
      curl -q -sS -v -K "$work/config" --stderr "$work/spoken" --upload-file - <"$work/message" || {
        status=$?
        grep '^curl: ' "$work/spoken" >&2
        exit "$status"
      }
      tr -d '\\r' <"$work/spoken" | awk '
        /^> / { to = ""; said = "" }
        /^> RCPT TO:</ { to = $0; sub(/^> RCPT TO:</, "", to); sub(/>.*/, "", to) }
        /^< [0-9][0-9][0-9]/ && to != "" {
          text = substr($0, 7)
          said = said == "" ? text : said " " text
          if (substr($0, 6, 1) != "-") {
            if ($2 !~ /^2/) print substr($0, 3, 3), to, said
            to = ""
          }
        }'
      """;

  private MailScript() {}
}
