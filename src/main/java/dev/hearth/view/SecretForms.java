package dev.hearth.view;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The ways in which output may carry a secret. */
final class SecretForms {

  /** Shorter texts are not searched for. */
  static final int SHORTEST = 4;

  /** Shorter pieces of base64 would be found by chance. */
  private static final int SHORTEST_ENCODED = 8;

  /** Where Python, too, ends a line, so that results list what is between as lines of their own. */
  private static final Pattern LINE_END =
      Pattern.compile("[\\n\\r\\x0b\\f\\x1c-\\x1e\\x85\\u2028\\u2029]");

  private static final Pattern NEVER_QUOTED = Pattern.compile("[A-Za-z0-9._-]*");

  private static final Pattern SPECIAL_IN_DOUBLE_QUOTES = Pattern.compile("[\"\\\\`$]");

  /** What {@code printf %q} and its like write a backslash before. */
  private static final Pattern SPECIAL_IN_WORDS =
      Pattern.compile("[^A-Za-z0-9_@%+=:,./\\P{ASCII}-]");

  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  /** What encoders of URLs leave alone beside letters and digits, each in its own way. */
  private static final List<String> LEFT_IN_URLS = List.of("", "/", "!'()*", "!'()*;/?:@&=+$,#");

  private final Set<SecretForm> forms = new LinkedHashSet<>();

  private SecretForms() {}

  /**
   * The forms of a secret: the whole and each of its lines, plain, quoted for a shell, for JSON,
   * for Python, for HTML and for URLs, in hexadecimal, and in base64, also from inside a longer
   * text.
   */
  static Set<SecretForm> of(String secret) {
    SecretForms found = new SecretForms();
    found.encode(secret);
    found.encode(secret.strip());
    LINE_END.splitAsStream(secret).map(String::strip).distinct().forEach(found::encode);
    return found.forms;
  }

  /** Whether a form that wraps may begin with this character. */
  static boolean mayWrap(char character) {
    return (character >= '0' && character <= '9')
        || (character >= 'A' && character <= 'Z')
        || (character >= 'a' && character <= 'z')
        || "+/-_".indexOf(character) >= 0;
  }

  private void encode(String text) {
    if (text.isBlank() || text.length() < SHORTEST) {
      return;
    }
    add(text);
    if (!NEVER_QUOTED.matcher(text).matches()) {
      shell(text);
      json(text);
      markup(text);
      url(text);
      for (String doubled : List.of("'", "\"", "$", "%", "\\")) {
        add(text.replace(doubled, doubled + doubled));
      }
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String hex = HexFormat.of().formatHex(bytes);
    if (hex.length() >= SHORTEST_ENCODED) {
      addWrapping(hex);
      addWrapping(hex.toUpperCase(Locale.ROOT));
      addWrapping(HexFormat.ofDelimiter(" ").formatHex(bytes));
      addWrapping(HexFormat.ofDelimiter(":").formatHex(bytes));
    }
    for (int before = 0; before < 3; before++) {
      base64(bytes, before);
    }
  }

  /**
   * What base64 makes of the secret when so many bytes stand before it: only the characters that
   * depend on nothing but the secret.
   */
  private void base64(byte[] secret, int before) {
    byte[] shifted = new byte[before + secret.length];
    System.arraycopy(secret, 0, shifted, before, secret.length);
    String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
    int from = before == 0 ? 0 : before + 1;
    int to = shifted.length * 8 / 6;
    if (to - from >= SHORTEST_ENCODED) {
      String certain = encoded.substring(from, to);
      addWrapping(certain);
      addWrapping(certain.replace('+', '-').replace('/', '_'));
    }
    if (before == 0) {
      if (encoded.length() >= SHORTEST_ENCODED) {
        addWrapping(encoded);
      }
      addWrapping(Base64.getEncoder().encodeToString(shifted));
      addWrapping(Base64.getUrlEncoder().encodeToString(shifted));
      // With the line end that echo adds.
      byte[] line = Arrays.copyOf(shifted, shifted.length + 1);
      line[secret.length] = '\n';
      addWrapping(Base64.getEncoder().encodeToString(line));
      Arrays.fill(line, (byte) 0);
    }
    Arrays.fill(shifted, (byte) 0);
  }

  private void shell(String text) {
    add(text.replace("'", "'\\''"));
    add(text.replace("'", "'\"'\"'"));
    add(SPECIAL_IN_DOUBLE_QUOTES.matcher(text).replaceAll("\\\\$0"));
    String word = SPECIAL_IN_WORDS.matcher(text).replaceAll("\\\\$0");
    add(word);
    add(word.replace("\\~", "~"));
  }

  private void url(String text) {
    String form = URLEncoder.encode(text, StandardCharsets.UTF_8);
    add(form);
    add(form.replace("+", "%20"));
    for (String left : LEFT_IN_URLS) {
      add(percent(text, left, HexFormat.of().withUpperCase()));
      add(percent(text, left, HexFormat.of()));
    }
  }

  private static String percent(String text, String left, HexFormat digits) {
    StringBuilder url = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (each & 0xff);
      if (UNRESERVED.indexOf(character) >= 0 || left.indexOf(character) >= 0) {
        url.append(character);
      } else {
        url.append('%').append(digits.toHexDigits(each));
      }
    }
    return url.toString();
  }

  /** As JSON and Python write it, with other letters than ASCII as they are or as escapes. */
  private void json(String text) {
    StringBuilder json = new StringBuilder();
    StringBuilder ascii = new StringBuilder();
    for (char character : text.toCharArray()) {
      String escaped =
          switch (character) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            default -> character < ' ' ? unicode(character) : String.valueOf(character);
          };
      json.append(escaped);
      ascii.append(character > '~' ? unicode(character) : escaped);
    }
    for (String written : List.of(json.toString(), ascii.toString())) {
      add(written);
      // As Go and PHP do it, so that it can stand in HTML.
      String html = written.replace("<", "\\u003c").replace(">", "\\u003e");
      add(html.replace("&", "\\u0026"));
      add(html.replace("&", "\\u0026").replace("'", "\\u0027"));
      add(written.replace("/", "\\/"));
      // JSON inside of JSON.
      add(written.replace("\\", "\\\\").replace("\"", "\\\""));
    }
    // Python writes a text in single quotes and leaves double quotes alone.
    String python = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
    add(python);
    add(python.replace("'", "\\'"));
  }

  /** As HTML and XML have it: with a number for a quote, as Jinja2 writes, or with its name. */
  private void markup(String text) {
    String plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    add(plain);
    add(plain.replace("\"", "&quot;"));
    add(plain.replace("\"", "&quot;").replace("'", "&#39;"));
    add(plain.replace("\"", "&#34;").replace("'", "&#39;"));
    add(plain.replace("\"", "&quot;").replace("'", "&apos;"));
    add(plain.replace("\"", "&quot;").replace("'", "&#x27;"));
  }

  private static String unicode(char character) {
    return "\\u" + HexFormat.of().toHexDigits(character);
  }

  private void add(String form) {
    if (form.length() >= SHORTEST) {
      forms.add(new SecretForm(form, false));
    }
  }

  private void addWrapping(String form) {
    forms.add(new SecretForm(form, true));
  }
}
