package dev.hearth.template.filter;

import dev.hearth.template.Call;
import dev.hearth.template.Filter;
import dev.hearth.template.python.Mappings;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Sequences;
import dev.hearth.value.Value;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Filters for URLs. */
final class UrlFilters {

  private static final Pattern URL =
      Pattern.compile(
          "(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#(.*))?",
          Pattern.DOTALL);

  private UrlFilters() {}

  static Map<String, Filter> all() {
    return Map.of(
        "urlsplit", Filter.of("query?", UrlFilters::split),
        "urlencode", Filter.of("", UrlFilters::encode),
        "urldecode", Filter.of("", call -> Value.text(decode(call.writtenText()))));
  }

  private static Value split(Call call) {
    Matcher url = URL.matcher(call.writtenText());
    if (!url.matches()) {
      throw new PythonError("needs a URL");
    }
    String place = text(url.group(2));
    int sign = place.lastIndexOf('@');
    String user = sign < 0 ? "" : place.substring(0, sign);
    String host = place.substring(sign + 1);
    int colon = host.endsWith("]") ? -1 : host.lastIndexOf(':');
    String port = colon < 0 ? "" : host.substring(colon + 1);
    String name = (colon < 0 ? host : host.substring(0, colon)).replaceAll("^\\[|\\]$", "");
    Map<String, Value> parts = new LinkedHashMap<>();
    parts.put("fragment", Value.text(text(url.group(5))));
    parts.put("hostname", optional(name.toLowerCase(Locale.ROOT), !name.isEmpty()));
    parts.put("netloc", Value.text(place));
    parts.put("password", optional(user.substring(user.indexOf(':') + 1), user.contains(":")));
    parts.put("path", Value.text(text(url.group(3))));
    parts.put("port", port.matches("\\d{1,5}") ? Value.number(Long.parseLong(port)) : Value.NULL);
    parts.put("query", Value.text(text(url.group(4))));
    parts.put("scheme", Value.text(text(url.group(1)).toLowerCase(Locale.ROOT)));
    parts.put("username", optional(user.split(":", 2)[0], sign >= 0));
    String query = call.text("query", "");
    if (query.isEmpty()) {
      return Value.Dict.ofTexts(parts);
    }
    Value part = parts.get(query);
    if (part == null) {
      throw new PythonError("has no part '" + query + "': it has " + parts.keySet());
    }
    return part;
  }

  private static String text(@Nullable String part) {
    return part == null ? "" : part;
  }

  private static Value optional(String part, boolean given) {
    return given ? Value.text(part) : Value.NULL;
  }

  private static Value encode(Call call) {
    Value input = call.input();
    if (input instanceof Value.Textual) {
      return Value.text(quote(call.inputText(), "/"));
    }
    List<String> pairs = new ArrayList<>();
    Map<Value, Value> entries = Mappings.view(input);
    if (entries != null) {
      entries.forEach((key, value) -> pairs.add(pair(key, value)));
    } else if (Sequences.view(input) != null) {
      for (Value item : call.inputItems()) {
        List<Value> sides = Sequences.iterate(item);
        if (sides.size() != 2) {
          throw new PythonError("needs pairs");
        }
        pairs.add(pair(sides.getFirst(), sides.getLast()));
      }
    } else {
      return Value.text(quote(call.inputText(), "/"));
    }
    return Value.text(String.join("&", pairs));
  }

  /** Escapes that are none stay as they are; a plus is a blank. */
  private static String decode(String text) {
    byte[] bytes = text.replace('+', ' ').getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream();
    int i = 0;
    while (i < bytes.length) {
      int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
      decoded.write(low < 0 ? bytes[i] : high * 16 + low);
      i += low < 0 ? 1 : 3;
    }
    return decoded.toString(StandardCharsets.UTF_8);
  }

  private static String pair(Value key, Value value) {
    return query(Printed.str(key)) + "=" + query(Printed.str(value));
  }

  private static String query(String text) {
    return quote(text, " ").replace(' ', '+');
  }

  private static String quote(String text, String safe) {
    StringBuilder quoted = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          c < 128
              && (Character.isLetterOrDigit(c) || "_.-~".indexOf(c) >= 0 || safe.indexOf(c) >= 0);
      quoted.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return quoted.toString();
  }
}
