package dev.hearth.view;

import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

  private final Set<String> forms = new LinkedHashSet<>();

  /** The forms by their first four characters, longest first; replaced whole, never changed. */
  private volatile Map<Long, List<String>> byStart = Map.of();

  /** Hides this secret from now on. */
  public synchronized void add(Value.Secret secret) {
    Set<String> added = SecretForms.of(secret.reveal());
    added.removeAll(forms);
    if (added.isEmpty()) {
      return;
    }
    forms.addAll(added);
    Map<Long, List<String>> more = new HashMap<>(byStart);
    for (String form : added) {
      List<String> sameStart = new ArrayList<>(more.getOrDefault(start(form, 0), List.of()));
      sameStart.add(form);
      sameStart.sort(Comparator.comparingInt(String::length).reversed());
      more.put(start(form, 0), List.copyOf(sameStart));
    }
    byStart = more;
  }

  /** The text with every secret in it replaced; secrets that overlap are replaced together. */
  public String mask(String text) {
    Map<Long, List<String>> known = byStart;
    if (known.isEmpty() || text.length() < SecretForms.SHORTEST) {
      return text;
    }
    StringBuilder masked = null;
    int copied = 0;
    int coveredTo = -1;
    int coveredFrom = 0;
    for (int position = 0; position + SecretForms.SHORTEST <= text.length(); position++) {
      int end = position + longest(known, text, position);
      if (end == position || end <= coveredTo) {
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

  /** How long the longest form is that starts here; 0 when none does. */
  private static int longest(Map<Long, List<String>> known, String text, int position) {
    for (String form : known.getOrDefault(start(text, position), List.of())) {
      if (text.startsWith(form, position)) {
        return form.length();
      }
    }
    return 0;
  }

  /** Four characters as one number. */
  private static Long start(String text, int position) {
    return (long) text.charAt(position) << 48
        | (long) text.charAt(position + 1) << 32
        | (long) text.charAt(position + 2) << 16
        | text.charAt(position + 3);
  }
}
