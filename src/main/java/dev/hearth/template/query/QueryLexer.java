package dev.hearth.template.query;

import dev.hearth.template.python.PythonError;
import dev.hearth.value.JsonReader;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts an expression into words. */
final class QueryLexer {

  private static final Pattern WORD =
      Pattern.compile(
          "\\s+"
              + "|(?<name>[A-Za-z_][A-Za-z0-9_]*)"
              + "|(?<number>-?\\d+)"
              + "|(?<quoted>\"(?:[^\"\\\\]|\\\\.)*\")"
              + "|'(?<raw>(?:[^'\\\\]|\\\\.)*)'"
              + "|`(?<literal>(?:[^`\\\\]|\\\\.)*)`"
              + "|(?<sign>\\[\\?|\\[\\]|\\|\\||&&|==|!=|<=|>=|[.*\\[\\]{}(),:@&|!<>])",
          Pattern.DOTALL);

  private QueryLexer() {}

  static List<QueryToken> tokens(String source) {
    List<QueryToken> tokens = new ArrayList<>();
    Matcher word = WORD.matcher(source);
    int i = 0;
    while (i < source.length()) {
      if (!word.region(i, source.length()).lookingAt()) {
        throw new PythonError(
            "cannot read its query: '" + source.charAt(i) + "' at character " + (i + 1));
      }
      add(word, i + 1, tokens);
      i = word.end();
    }
    tokens.add(new QueryToken("end", Value.NULL, source.length() + 1));
    return tokens;
  }

  private static void add(Matcher word, int at, List<QueryToken> tokens) {
    if (word.group("name") != null) {
      tokens.add(new QueryToken("name", Value.text(word.group()), at));
    } else if (word.group("number") != null) {
      tokens.add(new QueryToken("number", json(word.group(), at), at));
    } else if (word.group("quoted") != null) {
      tokens.add(new QueryToken("quoted", json(word.group(), at), at));
    } else if (word.group("raw") != null) {
      String raw = word.group("raw").replace("\\'", "'");
      tokens.add(new QueryToken("literal", Value.text(raw), at));
    } else if (word.group("literal") != null) {
      tokens.add(new QueryToken("literal", literal(word.group("literal"), at), at));
    } else if (word.group("sign") != null) {
      tokens.add(new QueryToken(word.group(), Value.NULL, at));
    }
  }

  /** JSON between backticks; what is none counts as text, as it once was allowed. */
  private static Value literal(String written, int at) {
    String text = written.replace("\\`", "`").stripLeading();
    try {
      return JsonReader.read(text);
    } catch (IllegalArgumentException unquoted) {
      return json("\"" + text.stripTrailing().replace("\"", "\\\"") + "\"", at);
    }
  }

  private static Value json(String text, int at) {
    try {
      return JsonReader.read(text);
    } catch (IllegalArgumentException wrong) {
      throw new PythonError("cannot read its query: the value at character " + at + " is not JSON");
    }
  }
}
