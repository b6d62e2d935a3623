package dev.hearth.template.filter;

import dev.hearth.template.Call;
import dev.hearth.template.Filter;
import dev.hearth.template.python.PythonError;
import dev.hearth.value.Value;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The filters of {@code ansible.utils} for the addresses of network cards. */
final class HardwareFilters {

  private static final List<Pattern> FORMS =
      List.of(
          Pattern.compile("([0-9a-f]{1,2}[:-]){5}[0-9a-f]{1,2}"),
          Pattern.compile("([0-9a-f]{1,4}[.:-]){2}[0-9a-f]{1,4}"),
          Pattern.compile("[0-9a-f]{5,6}[:-][0-9a-f]{5,6}"),
          Pattern.compile("[0-9a-f]{12}"));
  private static final int BITS = 48;

  private HardwareFilters() {}

  static Map<String, Filter> all() {
    Map<String, Filter> all = new HashMap<>();
    AddressFilters.both(all, "hwaddr", Filter.of("query? alias?", HardwareFilters::shown));
    AddressFilters.both(all, "macaddr", Filter.of("query?", HardwareFilters::shown));
    AddressFilters.both(all, "slaac", Filter.of("query?", HardwareFilters::chosenByItself));
    return all;
  }

  private static Value shown(Call call) {
    String query = call.text("query", "");
    Optional<Long> parsed = parse(call.inputText());
    if (parsed.isEmpty()) {
      if (query.isEmpty() || query.equals("bool")) {
        return Value.NULL;
      }
      throw new PythonError("needs a hardware address, not '" + call.inputText() + "'");
    }
    long number = parsed.get();
    return switch (query) {
      case "" -> call.input();
      case "bool" -> Value.Bool.TRUE;
      case "int" -> Value.number(number);
      case "bare" -> Value.text("%012X".formatted(number));
      case "cisco" -> Value.text(parts(number, 16, "%04x", "."));
      case "linux" -> Value.text(parts(number, 8, "%02x", ":"));
      case "unix" -> Value.text(parts(number, 8, "%x", ":"));
      case "win", "eui48" -> Value.text(parts(number, 8, "%02X", "-"));
      case "pgsql", "postgresql", "psql" -> Value.text(parts(number, 24, "%06x", ":"));
      default -> throw new PythonError("has no query '" + query + "'");
    };
  }

  private static String parts(long number, int width, String format, String between) {
    StringBuilder text = new StringBuilder();
    for (int shift = BITS - width; shift >= 0; shift -= width) {
      text.append(text.isEmpty() ? "" : between)
          .append(String.format(Locale.ROOT, format, (number >>> shift) & ((1L << width) - 1)));
    }
    return text.toString();
  }

  /** The number that an address in one of the usual forms is. */
  private static Optional<Long> parse(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    if (FORMS.stream().noneMatch(form -> form.matcher(lower).matches())) {
      return Optional.empty();
    }
    String[] parts = lower.split("[.:-]");
    int width = BITS / parts.length;
    long number = 0;
    for (String part : parts) {
      number = (number << width) | Long.parseLong(part, 16);
    }
    return Optional.of(number);
  }

  /** The IPv6 address that a card gives itself in a network. */
  private static Value chosenByItself(Call call) {
    Optional<Address> network = Address.parse(call.inputText());
    Optional<Long> card = parse(call.text("query", ""));
    if (network.isEmpty() || network.get().version() != 6 || card.isEmpty()) {
      return Value.Bool.FALSE;
    }
    long number = card.get();
    long wide = ((number >>> 24) << 40) | 0xfffe000000L | (number & 0xffffffL);
    BigInteger id = new BigInteger(Long.toUnsignedString(wide ^ 0x0200000000000000L));
    return Value.text(network.get().show(network.get().network().add(id)));
  }
}
