package dev.hearth.receipt;

/** Where a host keeps what belongs to Hearth. */
final class Place {

  /**
   * Shell text that takes the first word, a directory or nothing, and leaves in {@code _h_b} the
   * directory of the user: {@code /var/lib/hearth} for root, else {@code ~/.hearth}, and for users
   * without a home one below {@code /var/tmp} that must be their own; in {@code _h_a} the place of
   * what need not outlive a reboot, {@code /run/hearth} for root, else the same.
   */
  static final String OF_USER =
      """
      _h_b=$1 _h_a=$1
      shift
      if [ -z "$_h_b" ]; then
        _h_u=$(id -u)
        if [ "$_h_u" = 0 ]; then _h_b=/var/lib/hearth _h_a=/run/hearth
        elif [ -d "$HOME" ] && [ -w "$HOME" ]; then _h_b=$HOME/.hearth
        else
          _h_b=/var/tmp/hearth-$_h_u
          if [ -e "$_h_b" ] && [ "$(stat -c %u -- "$_h_b")" != "$_h_u" ]; then
            echo "$_h_b belongs to somebody else" >&2
            exit 1
          fi
        fi
        _h_a=${_h_a:-$_h_b}
      fi
      """;

  private Place() {}
}
