package dev.hearth.template.python;

import dev.hearth.value.Value;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Python's {@code str.format}. */
final class BraceFormat {

  private static final Pattern STEP = Pattern.compile("\\.([^.\\[]+)|\\[([^\\]]+)\\]");

  private final List<Value> positional;
  private final Map<String, Value> named;
  private int next;

  BraceFormat(List<Value> positional, Map<String, Value> named) {
    this.positional = positional;
    this.named = named;
  }

  String format(String format) {
    return format(format, 0);
  }

  private String format(String format, int depth) {
    if (depth > 2) {
      throw new PythonError("max string recursion exceeded");
    }
    StringBuilder text = new StringBuilder();
    int i = 0;
    while (i < format.length()) {
      char c = format.charAt(i);
      boolean doubled = i + 1 < format.length() && format.charAt(i + 1) == c;
      if (c != '{' && c != '}') {
        text.append(c);
        i++;
      } else if (doubled) {
        text.append(c);
        i += 2;
      } else if (c == '}') {
        throw new PythonError("single '}' encountered in format string");
      } else {
        int end = closing(format, i);
        text.append(field(format.substring(i + 1, end), depth));
        i = end + 1;
      }
    }
    return text.toString();
  }

  private static int closing(String format, int start) {
    int open = 0;
    for (int i = start; i < format.length(); i++) {
      if (format.charAt(i) == '{') {
        open++;
      } else if (format.charAt(i) == '}' && --open == 0) {
        return i;
      }
    }
    throw new PythonError("expected '}' before end of string");
  }

  private String field(String field, int depth) {
    int colon = field.indexOf(':');
    String head = colon < 0 ? field : field.substring(0, colon);
    int bang = head.indexOf('!');
    String conversion = bang < 0 ? "" : head.substring(bang + 1);
    Value value = value(bang < 0 ? head : head.substring(0, bang));
    String spec = colon < 0 ? "" : format(field.substring(colon + 1), depth + 1);
    Value shown =
        switch (conversion) {
          case "" -> value;
          case "s" -> Value.text(Printed.str(value));
          case "r", "a" -> Value.text(Printed.repr(value));
          default -> throw new PythonError("unknown conversion specifier '" + conversion + "'");
        };
    return spec.isEmpty() ? Printed.str(shown) : FormatSpec.parse(spec).format(shown);
  }

  private Value value(String path) {
    int end = 0;
    while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
      end++;
    }
    Value value = root(path.substring(0, end));
    Matcher step = STEP.matcher(path).region(end, path.length());
    while (step.lookingAt()) {
      String name = step.group(1) != null ? step.group(1) : step.group(2);
      value = inside(value, name, step.group(1) != null);
      end = step.end();
      step.region(end, path.length());
    }
    if (end != path.length()) {
      throw new PythonError("the field '" + path + "' cannot be read");
    }
    return value;
  }

  private Value root(String name) {
    Value value;
    if (name.isEmpty()) {
      value = next < positional.size() ? positional.get(next) : null;
      next++;
    } else if (name.length() < 9 && name.chars().allMatch(Character::isDigit)) {
      int index = Integer.parseInt(name);
      value = index < positional.size() ? positional.get(index) : null;
    } else {
      value = named.get(name);
    }
    if (value == null) {
      throw new PythonError(
          "the format has no argument for {"
              + name
              + "}: it has "
              + positional.size()
              + " positional ones");
    }
    return value;
  }

  private static Value inside(Value value, String name, boolean attribute) {
    @Nullable Value found;
    if (attribute) {
      found = value instanceof Attributed object ? object.attribute(name) : null;
    } else if (Mappings.is(value)) {
      found = Mappings.get(value, Value.text(name));
    } else {
      BigInteger index = Numbers.parseWhole(name, 10);
      found = index == null ? null : Sequences.at(value, index);
    }
    if (found == null) {
      throw new PythonError("an object of type '" + TypeName.of(value) + "' has no '" + name + "'");
    }
    return found;
  }
}
