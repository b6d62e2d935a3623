package dev.hearth.value;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON that a host's programs print into values. Strict (RFC 8259), keeps the order of keys;
 * for a key that comes twice the last wins, as in Python.
 */
public final class JsonReader {

  private static final int DEEPEST = 200;

  private final String text;
  private int at;
  private int depth;

  private JsonReader(String text) {
    this.text = text;
  }

  /**
   * The value that the text is.
   *
   * @throws IllegalArgumentException when it is not JSON; the message says where
   */
  public static Value read(String text) {
    JsonReader reader = new JsonReader(text);
    Value value = reader.value();
    reader.blanks();
    if (reader.at < text.length()) {
      throw reader.wrong("the end");
    }
    return value;
  }

  private Value value() {
    blanks();
    if (++depth > DEEPEST) {
      throw wrong("less than " + DEEPEST + " levels");
    }
    Value value =
        switch (peek()) {
          case '{' -> object();
          case '[' -> array();
          case '"' -> Value.text(string());
          case 't' -> word("true", Value.Bool.TRUE);
          case 'f' -> word("false", Value.Bool.FALSE);
          case 'n' -> word("null", Value.NULL);
          default -> number();
        };
    depth--;
    return value;
  }

  private Value object() {
    Map<String, Value> entries = new LinkedHashMap<>();
    at++;
    blanks();
    if (peek() == '}') {
      at++;
      return Value.Dict.EMPTY;
    }
    while (true) {
      blanks();
      String key = string();
      blanks();
      expect(':');
      entries.put(key, value());
      blanks();
      if (peek() == '}') {
        at++;
        return Value.Dict.ofTexts(entries);
      }
      expect(',');
    }
  }

  private Value array() {
    List<Value> items = new ArrayList<>();
    at++;
    blanks();
    if (peek() == ']') {
      at++;
      return new Value.Seq(items);
    }
    while (true) {
      items.add(value());
      blanks();
      if (peek() == ']') {
        at++;
        return new Value.Seq(items);
      }
      expect(',');
    }
  }

  private String string() {
    expect('"');
    StringBuilder characters = new StringBuilder();
    while (peek() != '"') {
      char next = text.charAt(at++);
      if (next < ' ') {
        at--;
        throw wrong("no control character in a text");
      }
      characters.append(next == '\\' ? escaped() : next);
    }
    at++;
    return characters.toString();
  }

  private char escaped() {
    char kind = peek();
    at++;
    return switch (kind) {
      case '"', '\\', '/' -> kind;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> codeUnit();
      default -> throw wrong("an escape");
    };
  }

  private char codeUnit() {
    if (at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
      throw wrong("four hex digits");
    }
    at += 4;
    return (char) Integer.parseInt(text.substring(at - 4, at), 16);
  }

  private Value number() {
    int from = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String digits = text.substring(from, at);
    if (!digits.matches("-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?")) {
      at = from;
      throw wrong("a value");
    }
    return digits.matches("-?[0-9]+")
        ? new Value.Int(new BigInteger(digits))
        : new Value.Real(Double.parseDouble(digits));
  }

  private Value word(String word, Value meaning) {
    if (!text.startsWith(word, at)) {
      throw wrong("'" + word + "'");
    }
    at += word.length();
    return meaning;
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw wrong("more");
    }
    return text.charAt(at);
  }

  private void expect(char character) {
    if (peek() != character) {
      throw wrong("'" + character + "'");
    }
    at++;
  }

  private IllegalArgumentException wrong(String expected) {
    return new IllegalArgumentException(
        "not JSON: expected " + expected + " at character " + (at + 1) + " of " + text.length());
  }
}
