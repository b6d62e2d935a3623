package dev.hearth.template.lookup;

import dev.hearth.template.Call;
import dev.hearth.template.python.Splitting;
import dev.hearth.template.python.Truth;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The old style in which a term brings its own options: {@code 'key file=users.ini section=a'}.
 *
 * @param key what is looked up
 * @param given the options of this term
 * @param call the lookup, whose arguments count where the term says nothing
 */
record InlineOptions(String key, Map<String, String> given, Call call) {

  /** Reads a term; words with an equal sign before which no option's name stands are its key. */
  static InlineOptions read(String term, Set<String> names, Call call) {
    if (term.indexOf('=') < 0) {
      return new InlineOptions(term, Map.of(), call);
    }
    List<String> key = new ArrayList<>();
    Map<String, String> given = new LinkedHashMap<>();
    String last = "";
    for (String word : Splitting.split(term, null, -1, false)) {
      int sign = word.indexOf('=');
      String name = sign < 0 ? "" : word.substring(0, sign);
      if (names.contains(name)) {
        last = name;
        given.put(name, unquoted(word.substring(sign + 1)));
      } else if (last.isEmpty()) {
        key.add(word);
      } else {
        given.merge(last, word, (before, more) -> before + " " + more);
      }
    }
    return given.isEmpty()
        ? new InlineOptions(term, Map.of(), call)
        : new InlineOptions(String.join(" ", key), given, call);
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() > 1
            && "'\"".indexOf(value.charAt(0)) >= 0
            && value.charAt(0) == value.charAt(value.length() - 1);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  /** The option, of this term or of the whole lookup. */
  Value get(String name, Value otherwise) {
    String own = given.get(name);
    return own == null ? call.get(name, otherwise) : Value.text(own);
  }

  /** A text option. */
  String text(String name, String otherwise) {
    String own = given.get(name);
    return own == null ? call.text(name, otherwise) : own;
  }

  /** An option that is true or false. */
  boolean flag(String name, boolean otherwise) {
    String own = given.get(name);
    return own == null ? call.has(name) ? truth(call.get(name)) : otherwise : word(own);
  }

  private static boolean truth(Value value) {
    return value instanceof Value.Textual text ? word(text.reveal()) : Truth.of(value);
  }

  private static boolean word(String text) {
    return switch (text.toLowerCase(java.util.Locale.ROOT)) {
      case "yes", "on", "1", "true", "t", "y" -> true;
      default -> false;
    };
  }
}
