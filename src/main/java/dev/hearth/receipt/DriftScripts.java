package dev.hearth.receipt;

/** The shell text that looks for what changed since a run, beyond the states of paths. */
final class DriftScripts {

  /**
   * Words: place, run, step, the number of the part that lists what there is, and names. Prints
   * those that are not listed any more.
   */
  static final String GONE =
      HostScripts.PLACE
          + """
          [ -f "$_h_p/$1.list" ] && there=$(sh "$_h_p/$1.list" </dev/null) || exit 1
          shift
          for name do
            printf '%s\\n' "$there" | grep -qxF -e "$name" || printf '%s\\n' "$name"
          done
          """;

  /** Words: place, then run, step and number of each part that is watched. Prints how it is. */
  static final String WATCH =
      Place.OF_USER
          + HostScripts.WATCHED
          + """
          while [ $# -gt 0 ]; do
            watched "$_h_b/former/$1/$2/$3.watch"
            shift 3
          done
          """;

  /**
   * Words: a directory, the names below it that the run changed later, and the lines that stood for
   * them before, each a line. Prints the state of the tree as if these were as before.
   */
  static final String TREE =
      HostScripts.STATE
          + """
          later=$2 before=$3
          adjusted() {
            LATER=$later BEFORE=$before awk '
              BEGIN {
                count = split(ENVIRON["LATER"], names, "\\n")
                for (i = 1; i <= count; i++) skip[names[i]] = 1
                if (ENVIRON["BEFORE"] != "") print ENVIRON["BEFORE"]
              }
              {
                name = $0
                if (!sub(/^[0-9a-f]+  /, "", name)) sub(/ [^ ]*$/, "", name)
                shorter = name
                sub(/ [^ ]*$/, "", shorter)
                if (!(name in skip) && !(shorter in skip)) print
              }'
          }
          tree "$1"
          """;

  private DriftScripts() {}
}
