package dev.hearth.vault;

import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An encrypted value inside a file that is otherwise plain: a block scalar with the tag {@code
 * !vault}. It is found line by line, so that the rest of the file stays as it is to the last byte.
 *
 * @param ciphertext the encrypted text
 * @param line the line of its header, from 1
 * @param from where its header line starts in the text of the file
 * @param to where the line after it starts
 * @param indentation what stands before each of its lines
 * @param lineEnd what ends them
 */
public record InlineValue(
    Ciphertext ciphertext, int line, int from, int to, String indentation, String lineEnd) {

  private static final Pattern LINE = Pattern.compile("[^\\n]*\\n|[^\\n]+$");
  private static final Pattern TAG =
      Pattern.compile("(?:^|.*[\\s:-])!vault(?:-encrypted)?\\s+[|>][-+0-9]*\\s*(?:#.*)?\\s*");
  private static final Pattern HEADER = Pattern.compile("(\\s+)\\$(ANSIBLE|HEARTH)_VAULT;.*\\s*");
  private static final Pattern HEX = Pattern.compile("\\s+[0-9a-fA-F]+\\s*");
  private static final Pattern RECIPIENT = Pattern.compile("\\s+(?:-> .*|[A-Za-z0-9+/]+)\\s*");
  private static final Pattern BOX = Pattern.compile("\\s+[A-Za-z0-9+/]+\\s*");
  private static final String HEADER_END = "--- ";

  /**
   * All such values of a file, in order.
   *
   * @param text the whole file
   * @param name its name for people
   * @throws dev.hearth.diag.HearthException if one is damaged
   */
  public static List<InlineValue> all(String text, String name) {
    List<InlineValue> found = new ArrayList<>();
    List<Integer> starts = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    Matcher each = LINE.matcher(text);
    while (each.find()) {
      starts.add(each.start());
      lines.add(each.group());
    }
    starts.add(text.length());
    Source source = new Source(name, text);
    for (int line = 1; line < lines.size(); line++) {
      Matcher header = HEADER.matcher(lines.get(line));
      if (!header.matches() || !TAG.matcher(lines.get(line - 1)).matches()) {
        continue;
      }
      int end = header.group(2).equals("ANSIBLE") ? endOfHex(lines, line) : endOfBox(lines, line);
      StringBuilder envelope = new StringBuilder();
      lines.subList(line, end).forEach(one -> envelope.append(one.strip()).append('\n'));
      String indentation = header.group(1);
      Location at = new Location(source, line + 1, indentation.length() + 1);
      found.add(
          new InlineValue(
              Ciphertext.parse(envelope.toString(), at),
              line + 1,
              starts.get(line),
              starts.get(end),
              indentation,
              lines.get(line).endsWith("\r\n") ? "\r\n" : "\n"));
    }
    return List.copyOf(found);
  }

  private static int endOfHex(List<String> lines, int header) {
    int end = header + 1;
    while (end < lines.size() && HEX.matcher(lines.get(end)).matches()) {
      end++;
    }
    return end;
  }

  /** A value of Hearth's format has one line after the end of its header. */
  private static int endOfBox(List<String> lines, int header) {
    int end = header + 1;
    while (end < lines.size() && RECIPIENT.matcher(lines.get(end)).matches()) {
      end++;
    }
    boolean ended = end < lines.size() && lines.get(end).strip().startsWith(HEADER_END);
    if (!ended) {
      return end;
    }
    boolean boxed = end + 1 < lines.size() && BOX.matcher(lines.get(end + 1)).matches();
    return boxed ? end + 2 : end + 1;
  }

  /** The text of the file with another envelope in this value's place. */
  String replacedIn(String text, Ciphertext other) {
    StringBuilder lines = new StringBuilder();
    other.text().lines().forEach(one -> lines.append(indentation).append(one).append(lineEnd));
    boolean ended = to > 0 && text.charAt(to - 1) == '\n';
    if (!ended) {
      lines.setLength(lines.length() - lineEnd.length());
    }
    return text.substring(0, from) + lines + text.substring(to);
  }

  /** The characters of a file; it need not be UTF-8, each byte stays what it is. */
  static String textOf(byte[] content) {
    return new String(content, StandardCharsets.ISO_8859_1);
  }

  /** The bytes of such a text. */
  static byte[] bytesOf(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
