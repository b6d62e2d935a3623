package dev.hearth.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a difference of secret texts may tell: the names of the keys whose values differ. Only of
 * texts that are nothing but keys with values, such as files of environment variables: in any other
 * text what looks like a name may be part of a secret.
 */
final class ChangedKeys {

  private static final Pattern LINE =
      Pattern.compile("(?:export )?([A-Za-z_][A-Za-z0-9_.-]{0,39})(?:=(?!=)|:(?: |$))(.*)");

  private ChangedKeys() {}

  /** A line for each kind of change; nothing if the texts are of another kind. */
  static Optional<String> between(String before, String after) {
    Map<String, String> old = new LinkedHashMap<>();
    Map<String, String> now = new LinkedHashMap<>();
    if (!read(before, old) || !read(after, now)) {
      return Optional.empty();
    }
    // The end of a base64 text, alone in its file, looks like a key without a value.
    if (Stream.of(old, now)
        .anyMatch(side -> !side.isEmpty() && side.values().stream().allMatch(String::isEmpty))) {
      return Optional.empty();
    }
    List<String> changed = new ArrayList<>();
    List<String> added = new ArrayList<>();
    now.forEach(
        (name, value) -> {
          if (!old.containsKey(name)) {
            added.add(name);
          } else if (!Objects.equals(old.get(name), value)) {
            changed.add(name);
          }
        });
    List<String> removed = new ArrayList<>(old.keySet());
    removed.removeAll(now.keySet());
    return Optional.of(told("changed", changed) + told("added", added) + told("removed", removed));
  }

  /** Whether all lines are keys with values, comments or empty, and no key stands twice. */
  private static boolean read(String text, Map<String, String> values) {
    for (String line : text.lines().toList()) {
      if (line.isBlank() || line.startsWith("#") || line.equals("---")) {
        continue;
      }
      Matcher key = LINE.matcher(line);
      if (!key.matches() || values.put(key.group(1), key.group(2).strip()) != null) {
        return false;
      }
    }
    return true;
  }

  private static String told(String what, List<String> names) {
    return names.isEmpty() ? "" : what + ": " + String.join(", ", names) + "\n";
  }
}
