package dev.hearth.template.lookup;

import dev.hearth.template.Call;
import dev.hearth.template.Lookup;
import dev.hearth.template.python.PythonError;
import dev.hearth.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** {@code community.general.random_string}: characters of some kinds, each time other ones. */
final class RandomString {

  private static final String DIGITS = "0123456789";
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String SPECIAL = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
  private static final int MOST = 1 << 20;

  private RandomString() {}

  static Map<String, Lookup> all() {
    Lookup lookup =
        Lookup.of(
            "length? upper? lower? numbers? special? min_numeric? min_upper? min_lower?"
                + " min_special? override_special? override_all? ignore_similar_chars?"
                + " similar_chars? base64?",
            RandomString::make);
    return Map.of("community.general.random_string", lookup);
  }

  private static List<Value> make(Call call) {
    RandomGenerator random = call.engine().surroundings().random();
    String special = call.text("override_special", distinct(call, SPECIAL));
    StringBuilder text = new StringBuilder();
    String all = call.text("override_all", "");
    if (all.isEmpty()) {
      StringBuilder chosen = new StringBuilder();
      kind(call, "upper", "min_upper", distinct(call, UPPER), chosen, text, random);
      kind(call, "lower", "min_lower", distinct(call, LOWER), chosen, text, random);
      kind(call, "numbers", "min_numeric", distinct(call, DIGITS), chosen, text, random);
      kind(call, "special", "min_special", special, chosen, text, random);
      all = chosen.toString();
    }
    int length = call.number("length", 8);
    if (length > MOST) {
      throw new PythonError("makes no more than " + MOST + " characters");
    }
    pick(all, length - text.length(), text, random);
    List<Integer> order = IntStream.range(0, text.length()).boxed().collect(Collectors.toList());
    Collections.shuffle(order, random);
    String shuffled =
        order.stream().map(at -> text.substring(at, at + 1)).collect(Collectors.joining());
    return List.of(
        Value.text(
            call.flag("base64", false)
                ? Base64.getEncoder().encodeToString(shuffled.getBytes(StandardCharsets.UTF_8))
                : shuffled));
  }

  private static void kind(
      Call call,
      String option,
      String least,
      String characters,
      StringBuilder chosen,
      StringBuilder text,
      RandomGenerator random) {
    if (call.flag(option, true)) {
      chosen.append(characters);
    }
    pick(characters, call.number(least, 0), text, random);
  }

  private static void pick(String from, int count, StringBuilder text, RandomGenerator random) {
    if (count > 0 && from.isEmpty()) {
      throw new PythonError("has no characters to choose from");
    }
    for (int i = 0; i < count; i++) {
      text.append(from.charAt(random.nextInt(from.length())));
    }
  }

  private static String distinct(Call call, String characters) {
    if (!call.flag("ignore_similar_chars", false)) {
      return characters;
    }
    String similar = call.text("similar_chars", "il1LoO0");
    return characters
        .chars()
        .filter(c -> similar.indexOf(c) < 0)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }
}
