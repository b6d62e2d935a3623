package dev.hearth.vault.strong;

import java.util.Arrays;

/** Which lines of a new text are still lines of the old one: a longest common subsequence. */
final class Alignment {

  private static final int MOST_CELLS = 4_000_000;
  private static final int NEW = -1;

  private Alignment() {}

  /** For each new line the number of the old line that it is, or -1. */
  static int[] of(byte[][] before, byte[][] after) {
    int[] kept = new int[after.length];
    Arrays.fill(kept, NEW);
    int start = 0;
    while (start < Math.min(before.length, after.length)
        && Arrays.equals(before[start], after[start])) {
      kept[start] = start;
      start++;
    }
    int end = 0;
    while (end < Math.min(before.length, after.length) - start
        && Arrays.equals(before[before.length - 1 - end], after[after.length - 1 - end])) {
      kept[after.length - 1 - end] = before.length - 1 - end;
      end++;
    }
    int rows = before.length - start - end;
    int columns = after.length - start - end;
    if ((long) (rows + 1) * (columns + 1) <= MOST_CELLS) {
      longest(before, after, start, rows, columns, kept);
    }
    return kept;
  }

  private static void longest(
      byte[][] before, byte[][] after, int start, int rows, int columns, int[] kept) {
    int[][] lengths = new int[rows + 1][columns + 1];
    for (int row = rows - 1; row >= 0; row--) {
      for (int column = columns - 1; column >= 0; column--) {
        lengths[row][column] =
            Arrays.equals(before[start + row], after[start + column])
                ? lengths[row + 1][column + 1] + 1
                : Math.max(lengths[row + 1][column], lengths[row][column + 1]);
      }
    }
    int row = 0;
    int column = 0;
    while (row < rows && column < columns) {
      if (Arrays.equals(before[start + row], after[start + column])) {
        kept[start + column++] = start + row++;
      } else if (lengths[row + 1][column] >= lengths[row][column + 1]) {
        row++;
      } else {
        column++;
      }
    }
  }
}
