package dev.hearth.template.lookup;

import dev.hearth.template.Call;
import dev.hearth.template.Lookup;
import dev.hearth.template.python.Numbers;
import dev.hearth.template.python.PercentFormat;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Splitting;
import dev.hearth.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The lookup {@code sequence}: numbers as text. */
final class SequenceLookup {

  private static final int MOST = 100_000;
  private static final Pattern SHORT =
      Pattern.compile(
          "(?:(0?x?[0-9a-f]+)\\s*-\\s*)?(0?x?[0-9a-f]+)(?:\\s*/\\s*(0?x?[0-9a-f]+))?(?::(.+))?",
          Pattern.CASE_INSENSITIVE);

  private SequenceLookup() {}

  static Map<String, Lookup> all() {
    return Map.of(
        "sequence", Lookup.of("start? end? count? stride? format?", SequenceLookup::find));
  }

  private static List<Value> find(Call call) {
    Map<String, String> options = new HashMap<>();
    for (String name : List.of("start", "end", "count", "stride", "format")) {
      Value given = call.find(name);
      if (given != null && !(given instanceof Value.Null)) {
        options.put(name, Printed.str(given));
      }
    }
    List<Value> terms = call.inputItems();
    if (terms.isEmpty()) {
      return numbers(options);
    }
    List<Value> all = new ArrayList<>();
    for (Value term : terms) {
      Map<String, String> own = new HashMap<>(options);
      read(Printed.str(term).strip(), own);
      all.addAll(numbers(own));
    }
    return all;
  }

  private static void read(String term, Map<String, String> options) {
    if (term.contains("=")) {
      for (String pair : Splitting.split(term, null, -1, false)) {
        String[] sides = pair.split("=", 2);
        if (sides.length < 2
            || !List.of("start", "end", "count", "stride", "format").contains(sides[0])) {
          throw new PythonError(
              "does not know '" + pair + "': it takes start, end, count, stride, format");
        }
        options.put(sides[0], sides[1]);
      }
      return;
    }
    Matcher parts = SHORT.matcher(term);
    if (!parts.matches()) {
      throw new PythonError("cannot read '" + term + "': write start=1 end=5");
    }
    put(options, "start", parts.group(1));
    put(options, "end", parts.group(2));
    put(options, "stride", parts.group(3));
    put(options, "format", parts.group(4));
  }

  private static void put(Map<String, String> options, String name, @Nullable String value) {
    if (value != null) {
      options.put(name, value);
    }
  }

  private static long number(Map<String, String> options, String name, long otherwise) {
    String written = options.get(name);
    if (written == null) {
      return otherwise;
    }
    BigInteger number = Numbers.parseWhole(written, 0);
    if (number == null || number.bitLength() > 62) {
      throw new PythonError("needs a number for " + name + ", not '" + written + "'");
    }
    return number.longValue();
  }

  private static List<Value> numbers(Map<String, String> options) {
    long start = number(options, "start", 1);
    long stride = number(options, "stride", 1);
    boolean counted = options.containsKey("count");
    if (counted == options.containsKey("end")) {
      throw new PythonError("needs either end or count");
    }
    long count = number(options, "count", 0);
    if (counted && count == 0) {
      return List.of();
    }
    long end =
        counted
            ? start + count * stride - (stride < 0 ? -1 : stride > 0 ? 1 : 0)
            : number(options, "end", 0);
    if (stride == 0) {
      return List.of();
    }
    if ((stride > 0 && end < start) || (stride < 0 && end > start)) {
      throw new PythonError(
          stride > 0
              ? "cannot count backwards without a negative stride"
              : "cannot count forwards with a negative stride");
    }
    if (Math.abs(end - start) / Math.abs(stride) > MOST) {
      throw new PythonError("makes more than " + MOST + " numbers");
    }
    String format = options.getOrDefault("format", "%d");
    List<Value> all = new ArrayList<>();
    for (long n = start; stride > 0 ? n <= end : n >= end; n += stride) {
      all.add(Value.text(PercentFormat.format(format, Value.number(n))));
    }
    return all;
  }
}
