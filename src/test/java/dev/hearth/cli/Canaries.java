package dev.hearth.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Secrets by name, and the search for them in all that a program has written, in any encoding. */
final class Canaries {

  /** Pieces of a long secret, and of its encodings, that nothing holds by chance. */
  private static final int PIECE = 14;

  private static final int LONG = 60;

  private final Map<String, String> forms = new LinkedHashMap<>();

  /** Looks for these. */
  Canaries(Map<String, String> secrets) {
    secrets.forEach(this::addForms);
  }

  /** All files below a directory, with their places, but those that are to hold secrets. */
  static void files(Path directory, Predicate<Path> secret, Map<String, String> artefacts)
      throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (!secret.test(file)) {
          artefacts.put(file.toString(), new String(Files.readAllBytes(file), ISO_8859_1));
        }
      }
    }
  }

  /** Asserts that none of the artefacts has one of them in it. */
  void lookIn(Map<String, String> artefacts) {
    artefacts.forEach(
        (name, text) ->
            forms.forEach(
                (form, canary) ->
                    assertThat(text.contains(canary) || text.contains(asRead(canary)))
                        .as(() -> form + " in " + name + around(text, canary))
                        .isFalse()));
  }

  /** As {@link #files} reads it. */
  private static String asRead(String canary) {
    return new String(canary.getBytes(UTF_8), ISO_8859_1);
  }

  private static String around(String text, String canary) {
    int at = text.indexOf(canary);
    return at < 0
        ? ""
        : ":\n" + text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 100));
  }

  private void addForms(String name, String canary) {
    byte[] bytes = canary.getBytes(UTF_8);
    forms.put(name + ", plain", canary);
    add(name + ", hex", HexFormat.of().formatHex(bytes));
    add(name + ", upper hex", HexFormat.of().withUpperCase().formatHex(bytes));
    forms.put(name + ", bytes", HexFormat.ofDelimiter(" ").formatHex(bytes));
    forms.put(name + ", upper case", canary.toUpperCase(Locale.ROOT));
    forms.put(name + ", reversed", new StringBuilder(canary).reverse().toString());
    String markup = canary.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    forms.put(name + ", HTML", markup.replace("\"", "&quot;"));
    forms.put(name + ", Jinja's HTML", markup.replace("\"", "&#34;").replace("'", "&#39;"));
    String quoted = canary.replace("'", "'\\''");
    forms.put(name + ", shell", quoted);
    forms.put(name + ", shell in JSON", quoted.replace("\\", "\\\\").replace("\"", "\\\""));
    String json = canary.replace("\\", "\\\\").replace("\"", "\\\"");
    forms.put(name + ", JSON", json);
    forms.put(name + ", JSON in JSON", json.replace("\\", "\\\\").replace("\"", "\\\""));
    forms.put(name + ", YAML", canary.replace("'", "''"));
    forms.put(name + ", URL", URLEncoder.encode(canary, UTF_8).replace("+", "%20"));
    forms.put(name + ", form", URLEncoder.encode(canary, UTF_8));
    for (int shift = 0; shift < 3; shift++) {
      byte[] shifted = new byte[bytes.length + shift];
      System.arraycopy(bytes, 0, shifted, shift, bytes.length);
      String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      String core = base64.substring(shift == 0 ? 0 : shift + 1, base64.length() - 2);
      add(name + ", base64 at " + shift, core);
    }
    if (canary.length() > LONG) {
      add(name, canary);
    }
  }

  /** The whole, or every piece of what is long: lines end somewhere in it. */
  private void add(String name, String form) {
    if (form.length() <= LONG) {
      forms.put(name, form);
      return;
    }
    for (int at = 0; at + PIECE <= form.length(); at++) {
      forms.put(name + " from " + at, form.substring(at, at + PIECE));
    }
  }
}
