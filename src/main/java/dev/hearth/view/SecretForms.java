package dev.hearth.view;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** The ways in which output may carry a secret. */
final class SecretForms {

  /** Shorter texts are not searched for. */
  static final int SHORTEST = 4;

  /** Shorter pieces of base64 would be found by chance. */
  private static final int SHORTEST_ENCODED = 8;

  private final Set<String> forms = new LinkedHashSet<>();

  private SecretForms() {}

  /**
   * The forms of a secret: the whole and each of its lines, plain, quoted for a shell, for JSON,
   * for Python, for HTML and for URLs, in hexadecimal, and in base64, also from inside a longer
   * text.
   */
  static Set<String> of(String secret) {
    SecretForms found = new SecretForms();
    found.encode(secret);
    found.encode(secret.strip());
    secret.lines().map(String::strip).distinct().forEach(found::encode);
    return found.forms;
  }

  private void encode(String text) {
    if (text.isBlank() || text.length() < SHORTEST) {
      return;
    }
    add(text);
    add(text.replace("'", "'\\''"));
    add(text.replace("'", "'\"'\"'"));
    json(text);
    markup(text);
    String url = URLEncoder.encode(text, StandardCharsets.UTF_8);
    add(url);
    add(url.replace("+", "%20"));
    add(url.replace("+", "%20").replace("%7E", "~").replace("*", "%2A"));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String hex = HexFormat.of().formatHex(bytes);
    if (hex.length() >= SHORTEST_ENCODED) {
      add(hex);
      add(hex.toUpperCase(Locale.ROOT));
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
      add(certain);
      add(certain.replace('+', '-').replace('/', '_'));
    }
    if (before == 0 && encoded.length() >= SHORTEST_ENCODED) {
      add(encoded);
      add(Base64.getEncoder().encodeToString(shifted));
      add(Base64.getUrlEncoder().encodeToString(shifted));
    }
    Arrays.fill(shifted, (byte) 0);
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
    add(json.toString());
    add(ascii.toString());
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
      forms.add(form);
    }
  }
}
