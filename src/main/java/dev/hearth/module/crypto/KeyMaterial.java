package dev.hearth.module.crypto;

import dev.hearth.module.Refusal;
import dev.hearth.shell.Word;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A key, a request or a certificate: a file on the host, or its content.
 *
 * @param path on the host
 * @param content in its place
 */
record KeyMaterial(Optional<String> path, Optional<Value.Textual> content) {

  /**
   * A function for scripts: {@code given NAME PATH CONTENT} sets the variable NAME to the path, or
   * to a file of {@code $work} that is made of the content and that nobody else can read. Where
   * there is no {@code $work} yet, it is made and is gone at the end.
   */
  static final String FUNCTION =
      """
      given() {
        [ -n "$3" ] || {
          eval "$1=\\$2"
          return 0
        }
        [ -n "$work" ] || {
          work=$(umask 077 && mktemp -d) || exit 1
          trap 'rm -rf -- "$work"' EXIT
          trap 'exit 130' HUP INT TERM
        }
        (umask 077 && printf '%s\\n' "$3" >"$work/given.$1") || exit 1
        eval "$1=\\$work/given.$1"
      }
      """;

  /** There is none. */
  static final KeyMaterial NONE = new KeyMaterial(Optional.empty(), Optional.empty());

  /**
   * One of the two, or none; the content of a private key is a secret.
   *
   * @param what the parameter's name for the messages, without {@code _path}
   */
  static KeyMaterial of(
      String what, Optional<String> path, Optional<? extends Value.Textual> content) {
    if (path.isPresent() && content.isPresent()) {
      throw new Refusal(
          "parameters are mutually exclusive: " + what + "_path|" + what + "_content");
    }
    return new KeyMaterial(
        path.filter(text -> !text.isEmpty()),
        content.map(text -> what.endsWith("privatekey") ? new Value.Secret(text.reveal()) : text));
  }

  /** Whether there is any. */
  boolean given() {
    return path.isPresent() || content.isPresent();
  }

  /** The path for scripts; empty for none. */
  String word() {
    return path.orElse("");
  }

  /** What scripts are told of contents, by the names of variables. */
  static Map<String, Word> environment(Map<String, KeyMaterial> all) {
    Map<String, Word> environment = new TreeMap<>();
    all.forEach(
        (name, each) -> each.content().ifPresent(text -> environment.put(name, Word.of(text))));
    return environment;
  }

  /** The words for scripts, in this order. */
  static List<String> words(KeyMaterial... all) {
    return List.of(all).stream().map(KeyMaterial::word).toList();
  }
}
