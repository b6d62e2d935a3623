package dev.hearth.view;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.hearth.run.ShownDiff;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes a difference the way Ansible's default output does: unified, an empty line behind. */
final class DiffText {

  private static final Pattern HUNK = Pattern.compile("@@ -(\\d+),(\\d+) \\+(\\d+),(\\d+) @@");

  private final Palette palette;
  private final int context;

  /**
   * @param context lines around what differs
   */
  DiffText(Palette palette, int context) {
    this.palette = palette;
    this.context = context;
  }

  String of(ShownDiff diff) {
    return switch (diff) {
      case ShownDiff.Prepared prepared -> prepared.text();
      case ShownDiff.Texts texts when secret(texts) ->
          headers(texts) + "(the content is secret and not shown)\n" + keys(texts) + "\n";
      case ShownDiff.Texts texts -> unified(texts);
    };
  }

  private static boolean secret(ShownDiff.Texts texts) {
    return texts.before() instanceof Value.Secret || texts.after() instanceof Value.Secret;
  }

  private static String keys(ShownDiff.Texts texts) {
    return ChangedKeys.between(texts.before().reveal(), texts.after().reveal()).orElse("");
  }

  private static String headers(ShownDiff.Texts texts) {
    return "--- " + texts.beforeHeader() + "\n+++ " + texts.afterHeader() + "\n";
  }

  private String unified(ShownDiff.Texts texts) {
    List<String> before = lines(texts.before().reveal());
    List<String> after = lines(texts.after().reveal());
    List<String> hunks =
        UnifiedDiffUtils.generateUnifiedDiff(
            texts.beforeHeader(),
            texts.afterHeader(),
            before,
            DiffUtils.diff(before, after),
            context);
    if (hunks.isEmpty()) {
      return "";
    }
    List<String> painted = new ArrayList<>();
    for (String line : hunks) {
      painted.add(paint(line));
    }
    return String.join("\n", painted) + "\n\n";
  }

  /**
   * Python's way to write the lines of a hunk: one line has no count, none starts before the first.
   */
  private static String pythonic(String hunk) {
    Matcher header = HUNK.matcher(hunk);
    if (!header.matches()) {
      return hunk;
    }
    return "@@ -"
        + span(header.group(1), header.group(2))
        + " +"
        + span(header.group(3), header.group(4))
        + " @@";
  }

  private static String span(String start, String count) {
    return switch (count) {
      case "1" -> start;
      case "0" -> (Integer.parseInt(start) - 1) + ",0";
      default -> start + "," + count;
    };
  }

  private String paint(String line) {
    if (line.startsWith("+")) {
      return palette.paint(Palette.Colour.ADDED, line);
    }
    if (line.startsWith("-")) {
      return palette.paint(Palette.Colour.REMOVED, line);
    }
    return line.startsWith("@@") ? palette.paint(Palette.Colour.HUNK, pythonic(line)) : line;
  }

  /** Lines; a last line without a line end says so, as diff does. */
  private static List<String> lines(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    boolean ended = text.endsWith("\n");
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    if (ended) {
      lines.removeLast();
    } else {
      lines.set(lines.size() - 1, lines.getLast() + "\n\\ No newline at end of file");
    }
    return lines;
  }
}
