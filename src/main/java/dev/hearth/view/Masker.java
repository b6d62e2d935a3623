package dev.hearth.view;

import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hides secrets in what is about to be shown: every one it was told of, as it is, each line of
 * several, and in the encodings in which output may carry it ({@link SecretForms}).
 *
 * <p>Texts of fewer than four characters are not searched for: they would be found everywhere. Any
 * thread may add and mask; what {@link #add} was told before {@link #mask} began is hidden.
 */
public final class Masker {

  /** What stands in a secret's place. */
  public static final String MASK = "***";

  /** Those that it was told of: most are told again and again. */
  private final Set<Value.Secret> known = ConcurrentHashMap.newKeySet();

  private final Set<SecretForm> forms = new LinkedHashSet<>();

  /** The forms by their first four characters; replaced whole, never changed. */
  private volatile Map<Long, List<SecretForm>> byStart = Map.of();

  /** Hides this secret from now on. */
  public void add(Value.Secret secret) {
    if (!known.contains(secret)) {
      addForms(secret);
      known.add(secret);
    }
  }

  private synchronized void addForms(Value.Secret secret) {
    Set<SecretForm> added = SecretForms.of(secret.reveal());
    added.removeAll(forms);
    if (added.isEmpty()) {
      return;
    }
    forms.addAll(added);
    Map<Long, List<SecretForm>> more = new HashMap<>(byStart);
    for (SecretForm form : added) {
      more.merge(start(form.text(), 0), List.of(form), Masker::joined);
    }
    byStart = more;
  }

  private static List<SecretForm> joined(List<SecretForm> some, List<SecretForm> others) {
    List<SecretForm> all = new ArrayList<>(some);
    all.addAll(others);
    return List.copyOf(all);
  }

  /**
   * The value with every secret in its texts replaced, before they are quoted, folded or escaped:
   * afterwards a secret may have a form that nobody can foresee.
   */
  public Value mask(Value value) {
    return switch (value) {
      case Value.Text text -> {
        String masked = mask(text.value());
        yield masked.equals(text.value()) ? text : Value.text(masked);
      }
      case Value.Seq list -> new Value.Seq(list.items().stream().map(this::mask).toList());
      case Value.Dict mapping -> {
        Map<Value, Value> masked = new LinkedHashMap<>();
        mapping.entries().forEach((key, entry) -> masked.put(key, mask(entry)));
        yield new Value.Dict(masked);
      }
      default -> value;
    };
  }

  /** The text with every secret in it replaced; secrets that overlap are replaced together. */
  public String mask(String text) {
    Map<Long, List<SecretForm>> known = byStart;
    if (known.isEmpty() || text.length() < SecretForms.SHORTEST) {
      return text;
    }
    StringBuilder masked = null;
    int copied = 0;
    int coveredTo = -1;
    int coveredFrom = 0;
    for (int position = 0; position + SecretForms.SHORTEST <= text.length(); position++) {
      int end = end(known, text, position);
      if (end <= coveredTo) {
        continue;
      }
      if (masked == null) {
        masked = new StringBuilder(text.length());
      }
      if (position > coveredTo) {
        if (coveredTo >= 0) {
          masked.append(text, copied, coveredFrom).append(MASK);
          copied = coveredTo;
        }
        coveredFrom = position;
      }
      coveredTo = end;
    }
    if (masked == null) {
      return text;
    }
    return masked
        .append(text, copied, coveredFrom)
        .append(MASK)
        .append(text, coveredTo, text.length())
        .toString();
  }

  /** Where the farthest form ends that begins here; -1 when none does. */
  private static int end(Map<Long, List<SecretForm>> known, String text, int position) {
    int end = farthest(known, start(text, position), text, position);
    if (!SecretForms.mayWrap(text.charAt(position))) {
      return end;
    }
    for (int at = position + 1; at < position + SecretForms.SHORTEST; at++) {
      if (LineBreak.end(text, at) >= 0) {
        int one = farthest(known, startOverLines(text, position, false), text, position);
        int other = farthest(known, startOverLines(text, position, true), text, position);
        return Math.max(end, Math.max(one, other));
      }
    }
    return end;
  }

  private static int farthest(
      Map<Long, List<SecretForm>> known, long start, String text, int position) {
    int end = -1;
    for (SecretForm form : known.getOrDefault(start, List.of())) {
      end = Math.max(end, form.end(text, position));
    }
    return end;
  }

  /** Four characters that stand on two or more lines. */
  private static long startOverLines(String text, int position, boolean marked) {
    long start = 0;
    int at = position;
    for (int count = 0; count < SecretForms.SHORTEST; count++) {
      int behind = count == 0 ? -1 : LineBreak.end(text, at);
      if (behind >= 0) {
        at = marked ? LineBreak.endOfMark(text, behind) : behind;
      }
      if (at >= text.length()) {
        return 0;
      }
      start = start << 16 | text.charAt(at++);
    }
    return start;
  }

  /** Four characters as one number. */
  private static long start(String text, int position) {
    return (long) text.charAt(position) << 48
        | (long) text.charAt(position + 1) << 32
        | (long) text.charAt(position + 2) << 16
        | text.charAt(position + 3);
  }
}
