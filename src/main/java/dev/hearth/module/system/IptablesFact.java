package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the packet filter says to a question.
 *
 * @param program {@code iptables} or {@code ip6tables}
 * @param words the question: {@code -C} with a rule, or {@code -S} with a chain
 */
record IptablesFact(String program, List<String> words) implements Fact<IptablesFact.Answer> {

  private static final String PROBE =
      """
      PATH=$PATH:/usr/sbin:/sbin
      command -v "$1" >/dev/null 2>&1 || {
        echo "there is no $1 on this host; install the package iptables first" >&2
        exit 4
      }
      exec "$@"
      """;

  /**
   * The answer.
   *
   * @param found whether the rule or chain is there
   * @param text what was printed
   */
  record Answer(boolean found, String text) {}

  @Override
  public String key() {
    return program + " " + words.stream().collect(Collectors.joining(" "));
  }

  @Override
  public Script probe() {
    List<String> all = new ArrayList<>(List.of(program));
    all.addAll(words);
    return Script.of(PROBE, all.toArray(String[]::new));
  }

  @Override
  public Answer parse(Outcome.Exited answer) {
    // 1 and 2 are also the answers to rules of chains and sets that are not there yet.
    if (answer.code() > 2) {
      throw new UnreadableFact("cannot read the packet filter: " + answer.err().strip());
    }
    return new Answer(answer.ok(), answer.out());
  }
}
