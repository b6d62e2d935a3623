package dev.hearth.module.crypto;

import dev.hearth.module.Refusal;
import dev.hearth.plan.Result;
import dev.hearth.value.Value;
import java.math.BigInteger;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From when until when a certificate holds: each {@code 20260101000000Z}, or seconds from now with
 * a plus in front.
 *
 * @param from the first
 * @param until the second
 */
record CertificateTimes(String from, String until) {

  private static final Pattern RELATIVE =
      Pattern.compile("\\+(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s?)?");
  private static final DateTimeFormatter OPENSSL =
      DateTimeFormatter.ofPattern("MMM d HH:mm:ss yyyy z", Locale.ENGLISH);
  private static final long DAY = 86_400;

  /** Times as tasks write them: {@code +365d}, {@code +12h} or {@code 20260101000000Z}. */
  static CertificateTimes written(String from, String until) {
    return new CertificateTimes(time(from), time(until));
  }

  private static String time(String text) {
    if (text.matches("\\d{14}Z")) {
      return text;
    }
    Matcher parts = RELATIVE.matcher(text);
    if (!parts.matches()) {
      throw new Refusal("'" + text + "' is no time; write +365d, +12h or 20260101000000Z");
    }
    long[] units = {7 * DAY, DAY, 3600, 60, 1};
    long seconds = 0;
    for (int i = 0; i < units.length; i++) {
      String digits = parts.group(i + 1);
      seconds += digits == null ? 0 : Long.parseLong(digits) * units[i];
    }
    return "+" + seconds;
  }

  /** How many whole days from now it holds; empty when that does not say it. */
  String days() {
    boolean days =
        from.equals("+0") && until.startsWith("+") && Long.parseLong(until.substring(1)) % DAY == 0;
    return days ? Long.toString(Long.parseLong(until.substring(1)) / DAY) : "";
  }

  /**
   * Whether a certificate holds exactly then. A time that is relative to now is another one each
   * time.
   *
   * @param dates as openssl tells them
   */
  boolean of(String dates) {
    Map<String, String> told = told(dates);
    return from.equals(told.get("notBefore")) && until.equals(told.get("notAfter"));
  }

  /** The result with what openssl tells of times and the number. */
  static Result told(Result result, String dates) {
    Result all = result;
    for (Map.Entry<String, String> each : told(dates).entrySet()) {
      all =
          each.getKey().equals("serial")
              ? all.with("serial_number", new Value.Int(new BigInteger(each.getValue(), 16)))
              : all.with(each.getKey(), each.getValue());
    }
    return all;
  }

  private static Map<String, String> told(String dates) {
    Map<String, String> all = new TreeMap<>();
    for (String line : dates.lines().toList()) {
      int equals = line.indexOf('=');
      String name = line.substring(0, Math.max(0, equals));
      String value = line.substring(equals + 1).strip();
      switch (name) {
        case "notBefore", "notAfter" -> all.put(name, date(value));
        case "serial" -> all.put(name, value);
        default -> {}
      }
    }
    return all;
  }

  private static String date(String openssl) {
    return ZonedDateTime.parse(openssl.replaceAll("\\s+", " "), OPENSSL)
        .format(DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT));
  }
}
