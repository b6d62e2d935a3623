package dev.hearth.template.syntax;

import dev.hearth.template.syntax.Token.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts the inside of a tag into names, numbers, strings and operators. */
final class WordLexer {

  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<float>(?:\\d+_)*\\d+(?:\\.(?:\\d+_)*\\d+)?[eE][+-]?(?:\\d+_)*\\d+"
              + "|(?:\\d+_)*\\d+\\.(?:\\d+_)*\\d+)"
              + "|(?<radix>0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[0-9a-fA-F])+)"
              + "|(?<int>[1-9](?:_?\\d)*|0(?:_?0)*)");
  private static final List<String> DOUBLE = List.of("**", "//", "==", "!=", ">=", "<=");
  private static final String SINGLE = "+-/*%~[](){}><=.:|,;";

  private final String source;
  private final boolean escapes;
  private final List<Token> tokens;
  private final Deque<Character> open = new ArrayDeque<>();

  WordLexer(String source, boolean escapes, List<Token> tokens) {
    this.source = source;
    this.escapes = escapes;
    this.tokens = tokens;
  }

  /**
   * Reads words up to the closing delimiter; gives where it (or the sign before it) stands, or the
   * length of the source when there is none. Inside brackets the delimiter does not count.
   */
  int run(int start, String close) {
    int i = start;
    while (i < source.length()) {
      char c = source.charAt(i);
      if (Character.isWhitespace(c)) {
        i++;
        continue;
      }
      if (!close.isEmpty() && open.isEmpty() && closes(i, c, close)) {
        return i;
      }
      i = word(i, c);
    }
    if (!open.isEmpty()) {
      throw new SyntaxFailure(
          start, "a bracket is never closed: " + open.peek() + " is missing", "");
    }
    return i;
  }

  /** Reads words up to the end of the line, or of a later one when a bracket is open there. */
  int line(int start) {
    int i = start;
    while (i < source.length()) {
      char c = source.charAt(i);
      if (c == '\n' && open.isEmpty()) {
        return i;
      }
      i = Character.isWhitespace(c) ? i + 1 : word(i, c);
    }
    if (!open.isEmpty()) {
      throw new SyntaxFailure(
          start, "a bracket is never closed: " + open.peek() + " is missing", "");
    }
    return i;
  }

  private boolean closes(int i, char c, String close) {
    return source.startsWith(close, i)
        || ((c == '-' || (c == '+' && !close.equals("}}"))) && source.startsWith(close, i + 1));
  }

  private int word(int i, char c) {
    if (Character.isDigit(c)) {
      return number(i);
    }
    if (Character.isUnicodeIdentifierStart(c) || c == '_') {
      return name(i);
    }
    if (c == '\'' || c == '"') {
      return string(i, c);
    }
    return operator(i, c);
  }

  private int name(int start) {
    int i = start;
    while (i < source.length()
        && (Character.isUnicodeIdentifierPart(source.charAt(i)) || source.charAt(i) == '_')
        && !Character.isIdentifierIgnorable(source.charAt(i))) {
      i++;
    }
    if (i == start) {
      throw new SyntaxFailure(start, "an unexpected character in the expression", "");
    }
    tokens.add(new Token(Kind.NAME, source.substring(start, i), start));
    return i;
  }

  private int number(int start) {
    Matcher number = NUMBER.matcher(source).region(start, source.length());
    if (!number.lookingAt()) {
      throw new SyntaxFailure(start, "this is not a number", "write it without a leading zero");
    }
    boolean afterDot = !tokens.isEmpty() && tokens.getLast().isOperator(".");
    if (number.group("float") != null && !afterDot) {
      tokens.add(new Token(Kind.FLOAT, number.group().replace("_", ""), start));
      return number.end();
    }
    if (number.group("float") == null) {
      tokens.add(new Token(Kind.INTEGER, number.group().replace("_", ""), start));
      return number.end();
    }
    int end = start;
    while (end < source.length() && Character.isDigit(source.charAt(end))) {
      end++;
    }
    tokens.add(new Token(Kind.INTEGER, source.substring(start, end), start));
    return end;
  }

  private int string(int start, char quote) {
    int i = start + 1;
    while (i < source.length() && source.charAt(i) != quote) {
      i += source.charAt(i) == '\\' ? 2 : 1;
    }
    if (i >= source.length()) {
      throw new SyntaxFailure(start, "the string is not closed", "end it with " + quote);
    }
    String written = source.substring(start + 1, i);
    String text = escapes ? StringLiteral.decode(written, start) : written;
    tokens.add(new Token(Kind.STRING, text, start));
    return i + 1;
  }

  private int operator(int start, char c) {
    for (String two : DOUBLE) {
      if (source.startsWith(two, start)) {
        tokens.add(new Token(Kind.OPERATOR, two, start));
        return start + 2;
      }
    }
    if (SINGLE.indexOf(c) < 0) {
      throw new SyntaxFailure(start, "unexpected character '" + c + "'", hint(c));
    }
    balance(start, c);
    tokens.add(new Token(Kind.OPERATOR, String.valueOf(c), start));
    return start + 1;
  }

  private static String hint(char c) {
    return switch (c) {
      case '!' -> "write 'not' or '!='";
      case '&' -> "write 'and'";
      case '$', '@', '`', '?', '\\' -> "put it into a string";
      default -> "";
    };
  }

  private void balance(int at, char c) {
    switch (c) {
      case '(' -> open.push(')');
      case '[' -> open.push(']');
      case '{' -> open.push('}');
      case ')', ']', '}' -> {
        if (open.isEmpty()) {
          throw new SyntaxFailure(at, "'" + c + "' closes nothing", "");
        }
        if (open.pop() != c) {
          throw new SyntaxFailure(at, "'" + c + "' does not match the open bracket", "");
        }
      }
      default -> {}
    }
  }
}
