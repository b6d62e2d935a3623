package dev.hearth.module.system;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A line of authorized_keys.
 *
 * @param options in their order; a flag has an empty value
 * @param type such as {@code ssh-ed25519}
 * @param key the key itself, base64
 * @param comment what follows it
 */
record AuthorizedKeyLine(Map<String, String> options, String type, String key, String comment) {

  private static final Set<String> TYPES =
      Set.of(
          "sk-ecdsa-sha2-nistp256@openssh.com",
          "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com",
          "webauthn-sk-ecdsa-sha2-nistp256@openssh.com",
          "ecdsa-sha2-nistp256",
          "ecdsa-sha2-nistp256-cert-v01@openssh.com",
          "ecdsa-sha2-nistp384",
          "ecdsa-sha2-nistp384-cert-v01@openssh.com",
          "ecdsa-sha2-nistp521",
          "ecdsa-sha2-nistp521-cert-v01@openssh.com",
          "sk-ssh-ed25519@openssh.com",
          "sk-ssh-ed25519-cert-v01@openssh.com",
          "ssh-ed25519",
          "ssh-ed25519-cert-v01@openssh.com",
          "ssh-dss",
          "ssh-rsa",
          "ssh-rsa-cert-v01@openssh.com");

  /** The line, if it holds a key. */
  static Optional<AuthorizedKeyLine> parse(String line) {
    String text = line.strip();
    if (text.isEmpty() || text.startsWith("#")) {
      return Optional.empty();
    }
    List<String> words = words(text);
    int type = -1;
    for (int i = 0; i < words.size() && type < 0; i++) {
      type = TYPES.contains(words.get(i)) ? i : -1;
    }
    if (type < 0 || type > 1 || type + 1 >= words.size()) {
      return Optional.empty();
    }
    return Optional.of(
        new AuthorizedKeyLine(
            type == 1 ? options(words.getFirst()) : Map.of(),
            words.get(type),
            words.get(type + 1),
            String.join(" ", words.subList(type + 2, words.size()))));
  }

  /** Words of a line; blanks within double quotes do not part them. */
  private static List<String> words(String text) {
    return split(text, ' ').stream().filter(word -> !word.isBlank()).map(String::strip).toList();
  }

  /** Options as a mapping. */
  static Map<String, String> options(String text) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String part : split(text, ',')) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        options.merge(
            part.substring(0, equals),
            part.substring(equals + 1),
            (first, more) -> first + "\n" + more);
      } else if (!part.isBlank()) {
        options.put(part, "");
      }
    }
    return options;
  }

  private static List<String> split(String text, char at) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      boolean escaped = i > 0 && text.charAt(i - 1) == '\\';
      if (next == '"' && !escaped) {
        quoted = !quoted;
      }
      if (!quoted && (next == at || (at == ' ' && next == '\t'))) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(next);
      }
    }
    parts.add(part.toString());
    return parts;
  }

  AuthorizedKeyLine with(Map<String, String> other) {
    return new AuthorizedKeyLine(other, type, key, comment);
  }

  AuthorizedKeyLine comment(String other) {
    return new AuthorizedKeyLine(options, type, key, other);
  }

  /** As the file has it, without a line end; a key without a comment keeps a blank behind it. */
  String render() {
    List<String> all = new ArrayList<>();
    options.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            all.add(name);
          } else {
            value.lines().forEach(each -> all.add(name + "=" + each));
          }
        });
    String front = all.isEmpty() ? "" : String.join(",", all) + " ";
    return front + type + " " + key + " " + comment;
  }
}
