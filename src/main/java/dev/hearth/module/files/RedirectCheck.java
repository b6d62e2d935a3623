package dev.hearth.module.files;

/**
 * Looks where the redirects of a download led. A file that nothing but the address vouches for must
 * come from the host that was named, or along hosts that each proved who they are: a captive portal
 * or a parked name sends elsewhere in the clear.
 */
public final class RedirectCheck {

  /**
   * A shell function {@code strayed URL HEADERS INSECURE}: HEADERS is a file with the headers of
   * all answers, INSECURE not empty when certificates were not looked at. It prints the first
   * redirect to another host that is not from https to https, or from https to http, and succeeds
   * when there is one.
   */
  public static final String FUNCTION =
      """
      strayed() {
        strayed_to=$(tr -d '\\r' <"$2" | awk -v from="$1" -v insecure="$3" '
          function scheme(url) { return tolower(substr(url, 1, index(url, ":") - 1)) }
          function host(url) {
            sub(/^[^:]*:\\/\\//, "", url)
            sub(/[\\/?#].*/, "", url)
            sub(/^.*@/, "", url)
            sub(/:[0-9]*$/, "", url)
            return tolower(url)
          }
          tolower($1) == "location:" {
            to = $2
            if (to ~ /^\\/\\//) to = scheme(from) ":" to
            if (to !~ /^[A-Za-z][A-Za-z0-9+.-]*:\\/\\//) next
            clear = scheme(from) != "https" || scheme(to) != "https" || insecure != ""
            lost = scheme(from) == "https" && scheme(to) != "https"
            if (lost || (host(from) != host(to) && clear)) { print to; exit }
            from = to
          }')
        [ -n "$strayed_to" ] || return
        printf '%s\\n' "$strayed_to"
      }
      """;

  private RedirectCheck() {}
}
