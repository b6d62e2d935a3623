package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The locales that a host has, and those that it could make. */
record LocalesFact() implements Fact<LocalesFact.Answer> {

  private static final String PROBE =
      """
      locale -a
      echo @@
      cat /usr/share/i18n/SUPPORTED /usr/local/share/i18n/SUPPORTED 2>/dev/null
      exit 0
      """;

  /**
   * The answer.
   *
   * @param made names as {@code locale -a} writes them
   * @param possible lines with a name and a character set
   */
  record Answer(List<String> made, List<String> possible) {

    boolean has(String name) {
      return made.stream().map(Answer::plain).anyMatch(plain(name)::equals);
    }

    Optional<String> supported(String name) {
      return possible.stream()
          .map(line -> line.strip().split("\\s+"))
          .filter(words -> words.length == 2 && words[0].equals(name))
          .map(words -> words[1])
          .findFirst();
    }

    /** The character set is written in several ways: UTF-8, utf8. */
    private static String plain(String name) {
      int dot = name.indexOf('.');
      if (dot < 0) {
        return name;
      }
      int at = name.indexOf('@');
      String set = name.substring(dot + 1, at < dot ? name.length() : at);
      return name.substring(0, dot + 1)
          + set.toLowerCase(Locale.ROOT).replace("-", "")
          + (at < dot ? "" : name.substring(at));
    }
  }

  @Override
  public String key() {
    return "locales";
  }

  @Override
  public Script probe() {
    return Script.of(PROBE);
  }

  @Override
  public Answer parse(Outcome.Exited answer) {
    String[] parts = answer.out().split("(?m)^@@\n", -1);
    return new Answer(
        parts[0].lines().toList(), parts.length > 1 ? parts[1].lines().toList() : List.of());
  }
}
