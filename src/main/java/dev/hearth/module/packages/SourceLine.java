package dev.hearth.module.packages;

import dev.hearth.module.Refusal;
import java.util.Arrays;
import java.util.List;

/**
 * A line of a one-line-style list.
 *
 * @param valid whether it names a repository
 * @param enabled whether it is not commented out
 * @param source the repository with single blanks, or the text as it is
 * @param comment what stands behind a second {@code #}
 */
record SourceLine(boolean valid, boolean enabled, String source, String comment) {

  private static final List<String> TYPES = List.of("deb", "deb-src");

  static SourceLine parse(String written) {
    String line = written.strip();
    boolean enabled = !line.startsWith("#");
    line = enabled ? line : line.substring(1);
    String comment = "";
    int sharp = line.indexOf('#');
    if (sharp > 0) {
      comment = line.substring(sharp + 1).strip();
      line = line.substring(0, sharp);
    }
    String source = line.strip();
    List<String> words = Arrays.asList(source.split("\\s+"));
    boolean valid = TYPES.contains(words.getFirst());
    return new SourceLine(valid, enabled, valid ? String.join(" ", words) : source, comment);
  }

  /** The repository that a task means. */
  static String wanted(String repo) {
    SourceLine line = parse(repo);
    if (!line.valid() || !line.enabled()) {
      throw new Refusal("Invalid repository string: " + repo);
    }
    return line.source();
  }

  SourceLine enable() {
    return new SourceLine(valid, true, source, comment);
  }

  String render() {
    return (enabled ? "" : "# ") + source + (comment.isEmpty() ? "" : " # " + comment) + "\n";
  }
}
