package dev.hearth.module.docker;

import dev.hearth.module.Refusal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 512m}, {@code 1.5 GiB}, {@code 1048576}. */
final class Bytes {

  private static final Pattern FORM =
      Pattern.compile("(-?\\d+(?:\\.\\d+)?)\\s*([kmgtpezy]?)(i?b)?");

  private Bytes() {}

  /**
   * The number of bytes; units are powers of 1024.
   *
   * @throws Refusal when it is no size
   */
  static long of(String written) {
    Matcher form = FORM.matcher(written.strip().toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      throw new Refusal("'" + written + "' is no size; write digits and perhaps K, M, G or T");
    }
    int power = form.group(2).isEmpty() ? 0 : "kmgtpezy".indexOf(form.group(2)) + 1;
    return (long) (Double.parseDouble(form.group(1)) * Math.pow(1024, power));
  }
}
