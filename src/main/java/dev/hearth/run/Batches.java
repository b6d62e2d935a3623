package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.template.TemplateFailure;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a play's hosts by {@code serial}: numbers, percentages, or a list of them whose last
 * element repeats.
 */
final class Batches {

  private Batches() {}

  static List<List<String>> of(List<String> hosts, Value serial, Located written) {
    if (serial instanceof Value.Omit) {
      return List.of(hosts);
    }
    List<Value> sizes = serial instanceof Value.Seq list ? list.items() : List.of(serial);
    List<List<String>> batches = new ArrayList<>();
    int from = 0;
    for (int i = 0; from < hosts.size(); i++) {
      int size = size(sizes.get(Math.min(i, sizes.size() - 1)), hosts.size(), written);
      int to = Math.min(hosts.size(), from + size);
      batches.add(hosts.subList(from, to));
      from = to;
    }
    return batches;
  }

  private static int size(Value written, int hosts, Located place) {
    String text = Keywords.text(written).strip();
    try {
      if (text.endsWith("%")) {
        double percent = Double.parseDouble(text.substring(0, text.length() - 1));
        return Math.max(1, (int) (hosts * percent / 100));
      }
      int size = Integer.parseInt(text);
      return size <= 0 ? hosts : size;
    } catch (NumberFormatException wrong) {
      throw new TemplateFailure(
          Diagnostic.error(place.at(), "serial cannot be '" + text + "'")
              .next("write a number of hosts, a percentage such as 30%, or a list of them"));
    }
  }
}
