package dev.hearth.module.files;

import dev.hearth.fact.Facts;
import dev.hearth.fact.PathInfo;
import dev.hearth.module.Refusal;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The times that a file shall have: {@code preserve}, {@code now} or {@code CCYYMMDDhhmm.SS} in the
 * host's time zone.
 *
 * @param modification last modification
 * @param access last access
 */
record FileTimes(String modification, String access) {

  /** How times are written, as strftime says it; what {@code touch -t} takes. */
  static final String FORMAT = "%Y%m%d%H%M.%S";

  /** A shell function {@code set_times PATH MODIFICATION ACCESS}. */
  static final String FUNCTION =
      """
      set_times() {
        case $2 in
          preserve) ;;
          now) touch -c -m -- "$1" || return ;;
          *) touch -c -m -t "$2" -- "$1" || return ;;
        esac
        case $3 in
          preserve) ;;
          now) touch -c -a -- "$1" || return ;;
          *) touch -c -a -t "$3" -- "$1" || return ;;
        esac
      }
      """;

  static FileTimes of(String modification, String access) {
    return new FileTimes(understood(modification), understood(access));
  }

  private static String understood(String time) {
    if (!time.matches("preserve|now|[0-9]{12}\\.[0-9]{2}")) {
      throw new Refusal(
          "'" + time + "' is not a time; write preserve, now or digits as in 202612312359.00");
    }
    return time;
  }

  /** Whether the access time is one that the next read would change. */
  boolean fixesAccess() {
    return !access.equals("now") && !access.equals("preserve");
  }

  /** Whether the file's times are others. */
  boolean differs(PathInfo now, Facts host) {
    return differs(modification, now.mtime(), host) || differs(access, now.atime(), host);
  }

  private static boolean differs(String want, long now, Facts host) {
    return switch (want) {
      case "preserve" -> false;
      case "now" -> true;
      default -> host.get(new LocalTime(want)) != now;
    };
  }

  /**
   * What a difference shows, with the times that are given and change. What {@code now} will be is
   * not known before.
   *
   * @param then whether the times that are wanted are meant, not those that are there
   * @param others the other properties
   */
  Map<String, Value> shown(PathInfo now, boolean then, Facts host, Map<String, Value> others) {
    Map<String, Value> all = new LinkedHashMap<>(others);
    if (now.exists()) {
      show("mtime", modification, now.mtime(), then, host, all);
      show("atime", access, now.atime(), then, host, all);
    }
    return all;
  }

  private static void show(
      String name, String want, long now, boolean then, Facts host, Map<String, Value> all) {
    if (!want.equals("now") && differs(want, now, host)) {
      all.put(name, new Value.Real(then ? host.get(new LocalTime(want)) : now));
    }
  }
}
