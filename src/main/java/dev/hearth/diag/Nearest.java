package dev.hearth.diag;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the right spelling that a wrong one was probably meant to be. */
public final class Nearest {

  private Nearest() {}

  /** The known name closest to the wrong one, if any is close enough to be worth proposing. */
  public static Optional<String> to(String wrong, Collection<String> known) {
    int limit = Math.max(1, wrong.length() / 3);
    return known.stream()
        .filter(name -> distance(wrong, name) <= limit)
        .min(
            Comparator.<String>comparingInt(name -> distance(wrong, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** A sentence that proposes the nearest name, or the one given when none is near. */
  public static String hint(String wrong, Collection<String> known, String otherwise) {
    return to(wrong, known).map(name -> "did you mean '" + name + "'?").orElse(otherwise);
  }

  /** Edits (insert, delete, replace, swap of neighbours) between two names, capitals ignored. */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, a, b, i, j);
      }
    }
    return edits[a.length()][b.length()];
  }

  private static int cheapest(int[][] edits, String a, String b, int i, int j) {
    int replace = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replace, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
  }
}
