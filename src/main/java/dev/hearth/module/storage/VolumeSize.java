package dev.hearth.module.storage;

import dev.hearth.module.Refusal;
import java.util.List;
import java.util.Locale;

/**
 * A size as {@code lvol} takes it: {@code 512m}, {@code +10g}, {@code 80%FREE}.
 *
 * @param sign {@code +}, {@code -} or empty
 * @param number what stands before the unit, as the user wrote it
 * @param unit a letter as LVM knows it; empty for a percentage
 * @param whole what a percentage is of; empty for none
 */
record VolumeSize(String sign, String number, String unit, String whole) {

  static VolumeSize of(String text, boolean snapshot) {
    String sign = text.startsWith("+") || text.startsWith("-") ? text.substring(0, 1) : "";
    String rest = text.substring(sign.length());
    int percent = rest.indexOf('%');
    if (percent >= 0) {
      String number = rest.substring(0, percent);
      String whole = rest.substring(percent + 1);
      if (!number.matches("\\d{1,9}")) {
        throw new Refusal("Bad size specification of '" + text + "'");
      }
      if (Integer.parseInt(number) > 100) {
        throw new Refusal("no part is larger than 100%");
      }
      if (whole.equals("ORIGIN") && !snapshot) {
        throw new Refusal("only a snapshot has an ORIGIN");
      }
      if (!List.of("VG", "PVS", "FREE", "ORIGIN").contains(whole)) {
        throw new Refusal("a percentage is one of VG, PVS, FREE or ORIGIN");
      }
      return new VolumeSize(sign, number, "", whole);
    }
    String unit = "m";
    if (rest.matches("(?i).*[bskmgtpe]")) {
      unit = rest.substring(rest.length() - 1);
      rest = rest.substring(0, rest.length() - 1);
    }
    if (!rest.matches("\\d+(\\.\\d*)?")) {
      throw new Refusal("Bad size specification of '" + text + "'");
    }
    return new VolumeSize(sign, rest, unit, "");
  }

  boolean percentage() {
    return !whole.isEmpty();
  }

  double value() {
    return Double.parseDouble(number);
  }

  /** The unit that the host is asked in. */
  String asked() {
    return percentage() ? "m" : unit.toLowerCase(Locale.ROOT);
  }

  /** The option of lvcreate and its fellows. */
  String option() {
    return percentage() ? "-l" : "-L";
  }

  /** What stands behind that option. */
  String words() {
    return sign + amount();
  }

  /** The same without the sign. */
  String amount() {
    return number + (percentage() ? "%" + whole : unit);
  }
}
