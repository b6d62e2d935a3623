package dev.hearth.template.filter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Breaks a line into shorter ones at blanks and hyphens, as Python's {@code textwrap} does without
 * changing blanks inside a line.
 *
 * @param width how long a line may be
 * @param breakLong whether a word that is longer is cut
 * @param breakHyphens whether a line may end behind a hyphen
 */
record TextWrap(int width, boolean breakLong, boolean breakHyphens) {

  private static final Pattern BLANKS = Pattern.compile("\\s+|\\S+");
  private static final Pattern HYPHEN =
      Pattern.compile("(?:(?<=\\p{L}{2}-)|(?<=\\p{L}-\\p{L}-))(?=\\p{L}-?\\p{L})");

  /** The lines that a line becomes. */
  List<String> lines(String line) {
    Deque<String> chunks = chunks(line);
    List<String> lines = new ArrayList<>();
    while (!chunks.isEmpty()) {
      if (!lines.isEmpty() && chunks.getFirst().isBlank()) {
        chunks.removeFirst();
        continue;
      }
      lines.add(next(chunks));
    }
    return lines;
  }

  private Deque<String> chunks(String line) {
    Deque<String> chunks = new ArrayDeque<>();
    Matcher words = BLANKS.matcher(line);
    while (words.find()) {
      chunks.addAll(breakHyphens ? List.of(HYPHEN.split(words.group())) : List.of(words.group()));
    }
    return chunks;
  }

  private String next(Deque<String> chunks) {
    StringBuilder current = new StringBuilder();
    while (!chunks.isEmpty() && current.length() + chunks.getFirst().length() <= width) {
      current.append(chunks.removeFirst());
    }
    if (!chunks.isEmpty() && chunks.getFirst().length() > width) {
      String word = chunks.removeFirst();
      int room = breakLong ? Math.max(width - current.length(), current.isEmpty() ? 1 : 0) : 0;
      if (room > 0) {
        current.append(word, 0, room);
        chunks.addFirst(word.substring(room));
      } else if (current.isEmpty()) {
        current.append(word);
      } else {
        chunks.addFirst(word);
      }
    }
    return current.toString().stripTrailing();
  }
}
