package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;

/**
 * Whether a file system is as large as its device. Of kinds whose size is not asked it is not
 * known; they are grown each time.
 *
 * @param device the device, or a file with the file system in it
 * @param kind the kind of file system
 */
record FilesystemSize(String device, String kind) implements Fact<FilesystemSize.Answer> {

  /** What the last blocks of a device may be short of. */
  private static final long BLOCK = 65_536;

  /**
   * The answer.
   *
   * @param whole whether there is no room left on the device
   */
  record Answer(boolean whole) {}

  private static final String PROBE =
      """
      PATH=$PATH:/usr/sbin:/sbin LC_ALL=C
      export LC_ALL
      case $2 in
        ext*)
          tune2fs -l "$1" | awk -F : '/^Block count:/ { n = $2 } /^Block size:/ { s = $2 }
            END { printf "%.0f ", n * s }'
          ;;
        xfs)
          mounted=$(findmnt -n -o TARGET --source "$1" | head -n 1)
          xfs_info "${mounted:-$1}" | sed -n '/^data/s/.*bsize=\\([0-9]*\\) *blocks=\\([0-9]*\\).*/\\1 \\2/p' |
            awk '{ printf "%.0f ", $1 * $2 }'
          ;;
        *) exit 0 ;;
      esac
      if [ -b "$1" ]; then blockdev --getsize64 "$1"; else stat -L -c %s -- "$1"; fi
      """;

  @Override
  public String key() {
    return "size of the filesystem on " + device;
  }

  @Override
  public Script probe() {
    return Script.of(PROBE, device, kind);
  }

  @Override
  public Answer parse(Outcome.Exited answer) {
    String[] sizes = answer.out().strip().split(" ");
    boolean known =
        sizes.length == 2 && sizes[0].matches("[1-9]\\d{0,17}") && sizes[1].matches("\\d{1,18}");
    return new Answer(known && Long.parseLong(sizes[1]) - Long.parseLong(sizes[0]) < BLOCK);
  }
}
