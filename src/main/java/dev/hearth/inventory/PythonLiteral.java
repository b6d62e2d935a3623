package dev.hearth.inventory;

import dev.hearth.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values of INI inventories: what Python reads as a literal is that (numbers, {@code True}, {@code
 * None}, quoted texts, lists, tuples, mappings, sets, a comment behind them ignored); everything
 * else is text as it stands.
 */
final class PythonLiteral {

  private static final String DIGITS = "[0-9](?:_?[0-9])*+";
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<real>(?:(?:"
              + DIGITS
              + ")?\\."
              + DIGITS
              + "|"
              + DIGITS
              + "\\.)(?:[eE][+-]?"
              + DIGITS
              + ")?|"
              + DIGITS
              + "[eE][+-]?"
              + DIGITS
              + ")"
              + "|0[xX](?<hex>(?:_?[0-9a-fA-F])++)"
              + "|0[oO](?<octal>(?:_?[0-7])++)"
              + "|0[bB](?<binary>(?:_?[01])++)"
              + "|(?<whole>0(?:_?0)*+|[1-9](?:_?[0-9])*+)");

  private static final Pattern STRING_START =
      Pattern.compile("(?<prefix>[rR][bB]?|[bB][rR]?|[uU])?(?<quote>\"\"\"|'''|\"|')");

  private static final int DEEPEST = 50;
  private static final int MOST_DIGITS = 4300;

  /** Ends an attempt: the text is no literal. */
  private static final class NoLiteral extends Exception {
    private static final long serialVersionUID = 1L;

    NoLiteral() {
      super(null, null, false, false);
    }
  }

  private final String text;
  private int at;

  private PythonLiteral(String text) {
    this.text = text;
  }

  /** The value of what stands behind an equals sign. */
  static Value of(String text) {
    try {
      return new PythonLiteral(text).whole();
    } catch (NoLiteral plainText) {
      return Value.text(text);
    }
  }

  private Value whole() throws NoLiteral {
    Value value = commaSeparated();
    blanks();
    if (at < text.length() && text.charAt(at) != '#') {
      throw new NoLiteral();
    }
    return value;
  }

  /** One value, or the tuple that values with commas between them are. */
  private Value commaSeparated() throws NoLiteral {
    Value first = value(0);
    blanks();
    if (!peek(',')) {
      return first;
    }
    List<Value> items = new ArrayList<>(List.of(first));
    while (accept(',')) {
      blanks();
      if (at == text.length() || peek('#')) {
        break;
      }
      items.add(value(0));
      blanks();
    }
    return new Value.Seq(items);
  }

  private Value value(int depth) throws NoLiteral {
    blanks();
    if (at >= text.length() || depth > DEEPEST) {
      throw new NoLiteral();
    }
    return switch (text.charAt(at)) {
      case '[' -> new Value.Seq(items(']', depth));
      case '(' -> parenthesis(depth);
      case '{' -> braces(depth);
      case '+', '-' -> signed();
      default -> {
        Matcher string = STRING_START.matcher(text).region(at, text.length());
        yield string.lookingAt() ? strings() : word();
      }
    };
  }

  private List<Value> items(char end, int depth) throws NoLiteral {
    at++;
    List<Value> items = new ArrayList<>();
    blanks();
    while (!accept(end)) {
      items.add(value(depth + 1));
      separator(end);
    }
    return items;
  }

  /** What stands between items: a comma, or nothing before the closing bracket. */
  private void separator(char end) throws NoLiteral {
    blanks();
    if (!accept(',') && !peek(end)) {
      throw new NoLiteral();
    }
    blanks();
  }

  private Value parenthesis(int depth) throws NoLiteral {
    int open = at;
    List<Value> items = items(')', depth);
    boolean comma = text.substring(open, at - 1).stripTrailing().endsWith(",");
    return items.size() == 1 && !comma ? items.getFirst() : new Value.Seq(items);
  }

  private Value braces(int depth) throws NoLiteral {
    at++;
    Map<Value, Value> entries = new LinkedHashMap<>();
    List<Value> members = new ArrayList<>();
    blanks();
    while (!accept('}')) {
      Value key = value(depth + 1);
      if (key instanceof Value.Dict || key instanceof Value.Seq) {
        throw new NoLiteral();
      }
      blanks();
      if (accept(':')) {
        entries.put(key, value(depth + 1));
      } else {
        members.add(key);
      }
      separator('}');
    }
    if (!members.isEmpty() && !entries.isEmpty()) {
      throw new NoLiteral();
    }
    return members.isEmpty()
        ? new Value.Dict(entries)
        : new Value.Seq(members.stream().distinct().toList());
  }

  private Value signed() throws NoLiteral {
    boolean negative = text.charAt(at) == '-';
    at++;
    blanks();
    Value number = number().orElseThrow(NoLiteral::new);
    if (!negative) {
      return number;
    }
    return number instanceof Value.Int whole
        ? new Value.Int(whole.value().negate())
        : new Value.Real(-((Value.Real) number).value());
  }

  private Value word() throws NoLiteral {
    Optional<Value> number = number();
    if (number.isPresent()) {
      return number.get();
    }
    int start = at;
    while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
      at++;
    }
    return switch (text.substring(start, at)) {
      case "True" -> Value.Bool.TRUE;
      case "False" -> Value.Bool.FALSE;
      case "None" -> Value.NULL;
      case "set" -> emptySet();
      default -> throw new NoLiteral();
    };
  }

  /** The one call that is a literal: an empty set has no brackets of its own. */
  private Value emptySet() throws NoLiteral {
    if (!text.startsWith("()", at)) {
      throw new NoLiteral();
    }
    at += 2;
    return new Value.Seq(List.of());
  }

  private Optional<Value> number() throws NoLiteral {
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (!number.lookingAt()) {
      return Optional.empty();
    }
    boolean runsOn =
        number.end() < text.length()
            && (Character.isJavaIdentifierPart(text.charAt(number.end()))
                || text.charAt(number.end()) == '.');
    if (runsOn || number.end() - at > MOST_DIGITS) {
      throw new NoLiteral();
    }
    at = number.end();
    if (number.group("real") != null) {
      return Optional.of(new Value.Real(Double.parseDouble(plain(number.group("real")))));
    }
    return Optional.of(
        new Value.Int(
            number.group("hex") != null
                ? new BigInteger(plain(number.group("hex")), 16)
                : number.group("octal") != null
                    ? new BigInteger(plain(number.group("octal")), 8)
                    : number.group("binary") != null
                        ? new BigInteger(plain(number.group("binary")), 2)
                        : new BigInteger(plain(number.group("whole")))));
  }

  private static String plain(String digits) {
    return digits.replace("_", "");
  }

  /** One or more quoted texts; several behind each other are one. */
  private Value strings() throws NoLiteral {
    StringBuilder characters = new StringBuilder();
    Matcher start = STRING_START.matcher(text).region(at, text.length());
    while (start.lookingAt()) {
      String prefix = start.group("prefix");
      boolean raw = prefix != null && prefix.toLowerCase(Locale.ROOT).contains("r");
      at = start.end();
      quoted(start.group("quote"), raw, characters);
      blanks();
      start.region(at, text.length());
    }
    return Value.text(characters.toString());
  }

  private void quoted(String quote, boolean raw, StringBuilder characters) throws NoLiteral {
    while (!text.startsWith(quote, at)) {
      if (at >= text.length()) {
        throw new NoLiteral();
      }
      char character = text.charAt(at++);
      if (character != '\\') {
        characters.append(character);
      } else if (at >= text.length()) {
        throw new NoLiteral();
      } else if (raw) {
        characters.append(character).append(text.charAt(at++));
      } else {
        escape(characters);
      }
    }
    at += quote.length();
  }

  private void escape(StringBuilder characters) throws NoLiteral {
    char character = text.charAt(at++);
    switch (character) {
      case '\\', '\'', '"' -> characters.append(character);
      case 'n' -> characters.append('\n');
      case 't' -> characters.append('\t');
      case 'r' -> characters.append('\r');
      case 'a' -> characters.append('\u0007');
      case 'b' -> characters.append('\b');
      case 'f' -> characters.append('\f');
      case 'v' -> characters.append('\u000b');
      case 'x' -> characters.appendCodePoint(code(2));
      case 'u' -> characters.appendCodePoint(code(4));
      case 'U' -> characters.appendCodePoint(code(8));
      case 'N' -> throw new NoLiteral();
      case '0', '1', '2', '3', '4', '5', '6', '7' -> characters.append(octal());
      default -> characters.append('\\').append(character);
    }
  }

  private int code(int length) throws NoLiteral {
    String digits = text.substring(at, Math.min(text.length(), at + length));
    if (digits.length() < length || !digits.chars().allMatch(PythonLiteral::isHexDigit)) {
      throw new NoLiteral();
    }
    at += length;
    long code = Long.parseLong(digits, 16);
    if (code > Character.MAX_CODE_POINT) {
      throw new NoLiteral();
    }
    return (int) code;
  }

  private static boolean isHexDigit(int character) {
    return character < 128 && Character.digit(character, 16) >= 0;
  }

  private char octal() {
    int start = --at;
    while (at < text.length() && at < start + 3 && Character.digit(text.charAt(at), 8) >= 0) {
      at++;
    }
    return (char) Integer.parseInt(text.substring(start, at), 8);
  }

  private void blanks() {
    while (at < text.length() && " \t\f".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean peek(char wanted) {
    return at < text.length() && text.charAt(at) == wanted;
  }

  private boolean accept(char wanted) {
    boolean there = peek(wanted);
    at += there ? 1 : 0;
    return there;
  }
}
