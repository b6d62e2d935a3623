package dev.hearth.template.filter;

import dev.hearth.template.Call;
import dev.hearth.template.Filter;
import dev.hearth.template.python.Numbers;
import dev.hearth.template.python.PythonError;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes for people and back. */
final class SizeFilters {

  private static final String UNITS = "BKMGTPEZY";
  private static final Pattern SIZE = Pattern.compile("\\s*([\\d.]+)\\s*([A-Za-z]*)\\s*");

  private SizeFilters() {}

  static Map<String, Filter> all() {
    return Map.of(
        "filesizeformat", Filter.of("binary?", SizeFilters::fileSize),
        "human_readable", Filter.of("isbits? unit?", SizeFilters::readable),
        "human_to_bytes", Filter.of("default_unit? isbits?", SizeFilters::bytes));
  }

  private static double written(Value.Textual text) {
    Double size = Numbers.parseReal(text.reveal());
    if (size == null) {
      throw new PythonError("needs a number");
    }
    return size;
  }

  private static Value fileSize(Call call) {
    boolean binary = call.flag("binary", false);
    double size =
        call.input() instanceof Value.Textual text
            ? written(text)
            : NumberFilters.number(call.input());
    double base = binary ? 1024 : 1000;
    if (size == 1) {
      return Value.text("1 Byte");
    }
    if (size < base) {
      return Value.text((long) size + " Bytes");
    }
    List<String> prefixes = List.of("k", "M", "G", "T", "P", "E", "Z", "Y");
    double unit = base;
    int last = 0;
    while (size >= unit * base && last < prefixes.size() - 1) {
      unit *= base;
      last++;
    }
    String name =
        binary ? prefixes.get(last).toUpperCase(Locale.ROOT) + "iB" : prefixes.get(last) + "B";
    return Value.text(String.format(Locale.ROOT, "%.1f %s", size / unit, name));
  }

  private static Value readable(Call call) {
    double size = NumberFilters.number(call.input());
    String unit = call.text("unit", "").toUpperCase(Locale.ROOT);
    int power = 0;
    if (unit.isEmpty()) {
      while (power < UNITS.length() - 1 && size >= Math.pow(1024, power + 1)) {
        power++;
      }
    } else {
      power = UNITS.indexOf(unit.charAt(0));
    }
    if (power < 0) {
      throw new PythonError("has no unit '" + unit + "': it has " + UNITS);
    }
    String name = call.flag("isbits", false) ? "b" : "B";
    if (power > 0) {
      name = UNITS.charAt(power) + name;
    } else {
      name = call.flag("isbits", false) ? "bits" : "Bytes";
    }
    return Value.text(String.format(Locale.ROOT, "%.2f %s", size / Math.pow(1024, power), name));
  }

  private static Value bytes(Call call) {
    Matcher size = SIZE.matcher(call.inputText());
    Double number = size.matches() ? Numbers.parseReal(size.group(1)) : null;
    if (number == null) {
      throw new PythonError("cannot read the size: write a number and a unit, such as 10M");
    }
    String unit = size.group(2).isEmpty() ? call.text("default_unit", "B") : size.group(2);
    int power = UNITS.indexOf(Character.toUpperCase(unit.charAt(0)));
    if (power < 0) {
      throw new PythonError("has no unit '" + unit + "': it has " + UNITS);
    }
    return Value.number(Math.round(number * Math.pow(1024, power)));
  }
}
