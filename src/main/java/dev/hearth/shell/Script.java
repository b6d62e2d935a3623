package dev.hearth.shell;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A piece of POSIX shell and its arguments. The body is a constant of the program, values never
 * become part of it: they are the positional parameters {@code "$1"}, {@code "$2"} ... or the
 * standard input. Runs in a subshell of its own under dash, bash and busybox ash, so it may {@code
 * exit}, {@code cd} and set variables.
 *
 * @param body POSIX shell text; several lines allowed
 * @param words the positional parameters
 * @param input what it reads on standard input
 * @param environment variables exported to it (task keyword {@code environment})
 * @param deadline how long it may run; empty for as long as it takes
 */
public record Script(
    String body,
    List<Word> words,
    Payload input,
    Map<String, Word> environment,
    Optional<Duration> deadline) {

  /** Keeps its own copies. */
  public Script {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
  }

  /** A body with plain words. */
  public static Script of(String body, String... words) {
    return new Script(
        body,
        List.of(words).stream().map(Word::of).toList(),
        Payload.none(),
        Map.of(),
        Optional.empty());
  }

  /** A body with words of any kind. */
  public static Script of(String body, List<Word> words) {
    return new Script(body, words, Payload.none(), Map.of(), Optional.empty());
  }

  /** The same reading this input. */
  public Script reading(Payload payload) {
    return new Script(body, words, payload, environment, deadline);
  }

  /** The same with more environment; what the script already sets wins. */
  public Script in(Map<String, Word> more) {
    Map<String, Word> all = new LinkedHashMap<>(more);
    all.putAll(environment);
    return new Script(body, words, input, all, deadline);
  }

  /** The same, killed after this time. */
  public Script within(Duration limit) {
    return new Script(body, words, input, environment, Optional.of(limit));
  }
}
