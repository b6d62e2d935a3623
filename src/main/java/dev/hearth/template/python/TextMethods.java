package dev.hearth.template.python;

import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;

/** The methods of Python's {@code str}. */
final class TextMethods {

  static final Set<String> NAMES =
      Set.of(
          "upper",
          "lower",
          "strip",
          "lstrip",
          "rstrip",
          "split",
          "rsplit",
          "splitlines",
          "join",
          "replace",
          "startswith",
          "endswith",
          "find",
          "rfind",
          "index",
          "rindex",
          "count",
          "format",
          "format_map",
          "title",
          "capitalize",
          "swapcase",
          "casefold",
          "center",
          "ljust",
          "rjust",
          "zfill",
          "expandtabs",
          "isdigit",
          "isalpha",
          "isalnum",
          "isspace",
          "isupper",
          "islower",
          "istitle",
          "isnumeric",
          "isdecimal",
          "isidentifier",
          "isascii",
          "isprintable",
          "partition",
          "rpartition",
          "removeprefix",
          "removesuffix",
          "encode",
          "decode",
          "translate",
          "maketrans");

  private static final int WIDEST = 1_000_000;

  private TextMethods() {}

  static Value call(Value.Textual self, String name, MethodArguments arguments) {
    String text = self.reveal();
    return switch (name) {
      case "upper" -> Value.text(text.toUpperCase(Locale.ROOT));
      case "lower" -> Value.text(text.toLowerCase(Locale.ROOT));
      case "casefold" -> Value.text(text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
      case "title" -> Value.text(Words.title(text));
      case "capitalize" -> Value.text(Words.capitalize(text));
      case "swapcase" -> Value.text(Words.swapCase(text));
      case "strip" -> Value.text(strip(text, arguments.text(0, "chars"), true, true));
      case "lstrip" -> Value.text(strip(text, arguments.text(0, "chars"), true, false));
      case "rstrip" -> Value.text(strip(text, arguments.text(0, "chars"), false, true));
      case "split", "rsplit" ->
          texts(
              Splitting.split(
                  text,
                  arguments.text(0, "sep"),
                  arguments.number(1, "maxsplit", -1),
                  name.equals("rsplit")));
      case "splitlines" -> texts(Splitting.lines(text, arguments.flag(0, "keepends")));
      case "partition", "rpartition" -> partition(text, name, arguments.requiredText(0, "sep"));
      case "join" -> Value.text(join(text, arguments.required(0, "iterable")));
      case "replace" -> Value.text(replace(text, arguments));
      case "startswith", "endswith" -> Value.bool(affix(text, name, arguments));
      case "find", "rfind", "index", "rindex", "count" -> Searching.call(text, name, arguments);
      case "format" ->
          Value.text(new BraceFormat(arguments.positional(), arguments.named()).format(text));
      case "format_map" -> formatMap(text, arguments.required(0, "mapping"));
      case "center", "ljust", "rjust" -> Value.text(pad(text, name, arguments));
      case "zfill" -> Value.text(zeros(text, width(arguments)));
      case "expandtabs" -> Value.text(tabs(text, arguments.number(0, "tabsize", 8)));
      case "removeprefix" -> Value.text(removePrefix(text, arguments.requiredText(0, "prefix")));
      case "removesuffix" -> Value.text(removeSuffix(text, arguments.requiredText(0, "suffix")));
      case "encode", "decode" -> self;
      case "translate", "maketrans" ->
          throw new PythonError("the method '" + name + "' is not supported: use regex_replace");
      default -> Value.bool(CharacterClass.holds(name, text));
    };
  }

  static Value texts(List<String> parts) {
    List<Value> items = new ArrayList<>(parts.size());
    parts.forEach(part -> items.add(Value.text(part)));
    return new MutableList(items);
  }

  static String strip(
      String text,
      @org.jspecify.annotations.Nullable String characters,
      boolean left,
      boolean right) {
    IntPredicate gone =
        characters == null ? CharacterClass::space : c -> characters.indexOf(c) >= 0;
    int from = 0;
    int to = text.length();
    while (left && from < to && gone.test(text.codePointAt(from))) {
      from += Character.charCount(text.codePointAt(from));
    }
    while (right && to > from && gone.test(text.codePointBefore(to))) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return text.substring(from, to);
  }

  private static Value partition(String text, String name, String separator) {
    if (separator.isEmpty()) {
      throw new PythonError("empty separator");
    }
    boolean last = name.equals("rpartition");
    int at = last ? text.lastIndexOf(separator) : text.indexOf(separator);
    if (at < 0) {
      Value empty = Value.text("");
      Value whole = Value.text(text);
      return last ? Tuple.of(empty, empty, whole) : Tuple.of(whole, empty, empty);
    }
    return Tuple.of(
        Value.text(text.substring(0, at)),
        Value.text(separator),
        Value.text(text.substring(at + separator.length())));
  }

  private static String join(String separator, Value items) {
    StringBuilder text = new StringBuilder();
    String between = "";
    int place = 0;
    for (Value item : Sequences.iterate(items)) {
      if (item instanceof Value.Undefined undefined) {
        throw new UndefinedUse(undefined);
      }
      if (!(item instanceof Value.Textual part)) {
        throw new PythonError(
            "sequence item %d: expected str instance, %s found"
                .formatted(place, TypeName.of(item)));
      }
      text.append(between).append(part.reveal());
      between = separator;
      place++;
    }
    return text.toString();
  }

  private static String replace(String text, MethodArguments arguments) {
    return Splitting.replace(
        text,
        arguments.requiredText(0, "old"),
        arguments.requiredText(1, "new"),
        arguments.number(2, "count", -1));
  }

  private static boolean affix(String text, String name, MethodArguments arguments) {
    String part = Searching.window(text, arguments);
    Value wanted = arguments.required(0, "prefix");
    List<Value> choices = wanted instanceof Tuple tuple ? tuple.items() : List.of(wanted);
    for (Value choice : choices) {
      if (!(choice instanceof Value.Textual affix)) {
        throw new PythonError(
            name + " first arg must be str or a tuple of str, not " + TypeName.of(choice));
      }
      if (name.equals("startswith")
          ? part.startsWith(affix.reveal())
          : part.endsWith(affix.reveal())) {
        return true;
      }
    }
    return false;
  }

  private static Value formatMap(String text, Value mapping) {
    java.util.Map<String, Value> named = new java.util.HashMap<>();
    java.util.Map<Value, Value> entries = Mappings.view(mapping);
    if (entries == null) {
      throw new PythonError("format_map() needs a mapping");
    }
    entries.forEach((key, value) -> named.put(Printed.str(key), value));
    return Value.text(new BraceFormat(List.of(), named).format(text));
  }

  private static int width(MethodArguments arguments) {
    arguments.required(0, "width");
    int width = arguments.number(0, "width", 0);
    if (width > WIDEST) {
      throw new PythonError("the width is too large");
    }
    return width;
  }

  private static String pad(String text, String name, MethodArguments arguments) {
    String fill = arguments.text(1, "fillchar");
    int missing = width(arguments) - text.codePointCount(0, text.length());
    if (missing <= 0) {
      return text;
    }
    String filling = fill == null ? " " : fill;
    return switch (name) {
      case "ljust" -> text + filling.repeat(missing);
      case "rjust" -> filling.repeat(missing) + text;
      default -> center(text, missing, width(arguments), filling);
    };
  }

  /** The odd blank goes left when the width is odd too, as in Python. */
  private static String center(String text, int missing, int width, String fill) {
    int left = missing / 2 + (missing & width & 1);
    return fill.repeat(left) + text + fill.repeat(missing - left);
  }

  private static String zeros(String text, int width) {
    int missing = Math.max(width - text.length(), 0);
    boolean signed = text.startsWith("-") || text.startsWith("+");
    return signed
        ? text.charAt(0) + "0".repeat(missing) + text.substring(1)
        : "0".repeat(missing) + text;
  }

  private static String tabs(String text, int size) {
    StringBuilder spread = new StringBuilder();
    int column = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\t') {
        int blanks = size > 0 ? size - column % size : 0;
        spread.append(" ".repeat(blanks));
        column += blanks;
      } else {
        spread.append(c);
        column = c == '\n' || c == '\r' ? 0 : column + 1;
      }
    }
    return spread.toString();
  }

  private static String removePrefix(String text, String prefix) {
    return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
  }

  private static String removeSuffix(String text, String suffix) {
    boolean ends = !suffix.isEmpty() && text.endsWith(suffix);
    return ends ? text.substring(0, text.length() - suffix.length()) : text;
  }
}
