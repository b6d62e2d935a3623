package dev.hearth.module.commands;

import dev.hearth.plan.Result;
import dev.hearth.shell.Outcome;
import dev.hearth.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes results from how commands ended. */
final class Ending {

  /**
   * Shell text around a command: {@code begin} before it and {@code finish STATUS} behind it. When
   * it began and ended, in seconds and with the host's offset from UTC, is the last line of
   * standard error, behind a byte that no text has.
   */
  static final String CLOCK =
      """
      clock() {
        now=$(date '+%s.%N %z')
        case $now in *.[0-9]*' '*) ;; *) now=$(date '+%s.0 %z') ;; esac
        printf '%s' "$now"
      }
      begin() {
        started=$(clock)
      }
      finish() {
        printf '\\036%s %s\\n' "$started" "$(clock)" >&2
        exit "$1"
      }
      """;

  private static final Pattern TIMES =
      Pattern.compile("\036([0-9]+\\.[0-9]*) ([-+][0-9]{4}) ([0-9]+\\.[0-9]*) ([-+][0-9]{4})\n\\z");
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private Ending() {}

  /** The result of a command that was framed by {@link #CLOCK}. */
  static Result timed(Value command, boolean strip, Outcome.Exited end) {
    Result result = times(Result.changedNow().with("cmd", command), end);
    String err = TIMES.matcher(end.err()).replaceFirst("");
    Result ended = plain(result, strip, end.code(), end.out(), err);
    return end.code() == 0 ? ended.with("msg", "") : ended;
  }

  /** Whether a command that was framed by {@link #CLOCK} began. */
  static boolean began(Outcome.Exited end) {
    return TIMES.matcher(end.err()).find();
  }

  /** Adds when a command that was framed by {@link #CLOCK} began and ended. */
  static Result times(Result result, Outcome.Exited end) {
    Matcher times = TIMES.matcher(end.err());
    if (!times.find()) {
      return result;
    }
    Instant start = instant(times.group(1));
    Instant finish = instant(times.group(3));
    return result
        .with("start", SHOWN.format(start.atOffset(ZoneOffset.of(times.group(2)))))
        .with("end", SHOWN.format(finish.atOffset(ZoneOffset.of(times.group(4)))))
        .with("delta", delta(Duration.between(start, finish)));
  }

  /** Whether a command did not begin because its directory could not be entered. */
  static boolean nowhere(Outcome.Exited end) {
    return end.code() == 1 && end.err().endsWith("\036");
  }

  /** The result of a command whose directory could not be entered. */
  static Result nowhere(Value command) {
    return notBegun(command, 0, "Unable to change directory before execution.")
        .with("rc", Value.NULL)
        .with("start", Value.NULL)
        .with("end", Value.NULL)
        .with("delta", Value.NULL);
  }

  /** The result of a command that could not begin. */
  static Result notBegun(Value command, int code, String why) {
    return plain(Result.ok().with("cmd", command), false, code, "", "")
        .with("msg", why)
        .failed(true);
  }

  /** Adds exit status and output; another status than 0 is a failure. */
  static Result plain(Result base, boolean strip, int code, String out, String err) {
    String stdout = strip ? stripped(out) : out;
    String stderr = strip ? stripped(err) : err;
    Result result =
        base.with("rc", code)
            .with("stdout", stdout)
            .with("stdout_lines", lines(stdout))
            .with("stderr", stderr)
            .with("stderr_lines", lines(stderr));
    return code == 0 ? result : result.with("msg", "non-zero return code").failed(true);
  }

  static Value.Seq lines(String text) {
    List<Value> lines = new ArrayList<>();
    text.lines().forEach(line -> lines.add(Value.text(line)));
    return new Value.Seq(lines);
  }

  /** Without the line ends at its end. */
  static String stripped(String text) {
    int end = text.length();
    while (end > 0 && "\r\n".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(0, end);
  }

  private static Instant instant(String seconds) {
    BigDecimal exact = new BigDecimal(seconds.endsWith(".") ? seconds + "0" : seconds);
    long nanos = exact.movePointRight(9).setScale(0, RoundingMode.DOWN).longValueExact();
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
  }

  private static String delta(Duration time) {
    return String.format(
        Locale.ROOT,
        "%d:%02d:%02d.%06d",
        time.toHours(),
        time.toMinutesPart(),
        time.toSecondsPart(),
        time.toNanosPart() / 1000);
  }
}
