package dev.hearth.template.standard;

import dev.hearth.template.Engine;
import dev.hearth.template.python.Numbers;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Truth;
import dev.hearth.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Jinja's {@code lipsum()}: paragraphs that mean nothing, to fill a page. */
final class LoremIpsum {

  private static final List<String> WORDS =
      List.of(
          ("lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt"
                  + " ut labore et dolore magna aliqua enim ad minim veniam quis nostrud exercitation"
                  + " ullamco laboris nisi aliquip ex ea commodo consequat duis aute irure in"
                  + " reprehenderit voluptate velit esse cillum eu fugiat nulla pariatur excepteur"
                  + " sint occaecat cupidatat non proident sunt culpa qui officia deserunt mollit anim"
                  + " id est laborum")
              .split(" "));

  private static final int MOST = 100_000;

  private LoremIpsum() {}

  /** {@code lipsum(n=5, html=True, min=20, max=100)}. */
  static Value make(Engine engine, List<Value> positional, Map<String, Value> named) {
    int paragraphs = number(0, "n", 5, positional, named);
    boolean html =
        Truth.of(
            positional.size() > 1
                ? positional.get(1)
                : named.getOrDefault("html", Value.Bool.TRUE));
    int least = number(2, "min", 20, positional, named);
    int most = number(3, "max", 100, positional, named);
    if (least >= most || (long) paragraphs * most > MOST) {
      throw new PythonError("lipsum() takes a min below max, and makes up to 100,000 words");
    }
    RandomGenerator random = engine.surroundings().random();
    List<String> made = new ArrayList<>();
    for (int i = 0; i < paragraphs; i++) {
      String text = paragraph(least + random.nextInt(most - least), random);
      made.add(html ? "<p>" + text + "</p>" : text);
    }
    return Value.text(String.join(html ? "\n" : "\n\n", made));
  }

  private static int number(
      int place, String name, int otherwise, List<Value> positional, Map<String, Value> named) {
    Value written =
        positional.size() > place
            ? positional.get(place)
            : named.getOrDefault(name, Value.number(otherwise));
    BigInteger number = Numbers.whole(written);
    if (number == null || number.signum() < 0 || number.bitLength() > 31) {
      throw new PythonError("lipsum() takes whole numbers");
    }
    return number.intValue();
  }

  /** Sentences of three to twelve words, the last word with a full stop. */
  private static String paragraph(int words, RandomGenerator random) {
    StringBuilder text = new StringBuilder();
    int left = 0;
    for (int i = 0; i < words; i++) {
      String word = WORDS.get(random.nextInt(WORDS.size()));
      boolean first = left == 0;
      left = first ? 2 + random.nextInt(10) : left - 1;
      text.append(i == 0 ? "" : " ")
          .append(first ? Character.toUpperCase(word.charAt(0)) + word.substring(1) : word)
          .append(left == 0 || i == words - 1 ? "." : "");
    }
    return text.toString();
  }
}
