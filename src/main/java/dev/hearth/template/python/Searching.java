package dev.hearth.template.python;

import dev.hearth.value.Value;

/** The methods of texts that look for a part. */
final class Searching {

  private Searching() {}

  static Value call(String text, String name, MethodArguments arguments) {
    String part = arguments.requiredText(0, "sub");
    int start = place(text, arguments.number(1, "start", 0));
    int end = place(text, arguments.number(2, "end", Integer.MAX_VALUE));
    if (name.equals("count")) {
      return Value.number(count(text, part, start, end));
    }
    int found = -1;
    if (start <= end) {
      String window = text.substring(start, end);
      found = name.startsWith("r") ? window.lastIndexOf(part) : window.indexOf(part);
    }
    if (found < 0 && name.endsWith("index")) {
      throw new PythonError("substring not found");
    }
    return Value.number(found < 0 ? -1 : text.codePointCount(0, found + start));
  }

  /** The part of the text that the second and third argument of {@code startswith} leave. */
  static String window(String text, MethodArguments arguments) {
    int start = place(text, arguments.number(1, "start", 0));
    int end = place(text, arguments.number(2, "end", Integer.MAX_VALUE));
    return start <= end ? text.substring(start, end) : "";
  }

  private static int place(String text, int index) {
    int size = text.codePointCount(0, text.length());
    int clipped = Math.clamp(index < 0 ? index + size : index, 0, size);
    return text.offsetByCodePoints(0, clipped);
  }

  private static int count(String text, String part, int start, int end) {
    if (start > end) {
      return 0;
    }
    String window = text.substring(start, end);
    if (part.isEmpty()) {
      return window.length() + 1;
    }
    int count = 0;
    for (int at = window.indexOf(part); at >= 0; at = window.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }
}
