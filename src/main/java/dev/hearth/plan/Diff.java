package dev.hearth.plan;

import dev.hearth.fact.DirectoryTree;
import dev.hearth.fact.Fact;
import dev.hearth.fact.FileExcerpt;
import dev.hearth.shell.Payload;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code --diff} shows. */
public sealed interface Diff {

  /**
   * Two texts, with the headers that stand behind {@code ---} and {@code +++}. A secret text shows
   * no content.
   */
  record Texts(String beforeHeader, Value.Textual before, String afterHeader, Value.Textual after)
      implements Diff {}

  /**
   * A file whose content is replaced. The old content is read only when somebody asked for diffs.
   *
   * @param path the file on the host
   * @param before reads the old content
   * @param after the new content
   * @param afterHeader what stands behind {@code +++}: the path, or the template's path as Ansible
   *     shows it
   */
  record Content(String path, Fact<FileExcerpt.Content> before, Payload after, String afterHeader)
      implements Diff {}

  /**
   * Properties that change, such as mode and owner of a file; shown as Ansible shows them, JSON
   * before and after.
   *
   * @param header what stands behind {@code ---} and {@code +++}; usually nothing
   */
  record Properties(String header, Map<String, Value> before, Map<String, Value> after)
      implements Diff {

    /** Without a name in the headers. */
    public Properties(Map<String, Value> before, Map<String, Value> after) {
      this("", before, after);
    }

    /** Those of a file whose content the task edits, too. */
    public static Properties ofEdited(
        String path, Map<String, Value> before, Map<String, Value> after) {
      return new Properties(path + " (file attributes)", before, after);
    }

    /** Those of a file, which both sides name. */
    public static Properties of(String path, Map<String, Value> before, Map<String, Value> after) {
      Map<String, Value> old = new LinkedHashMap<>(before);
      Map<String, Value> fresh = new LinkedHashMap<>(after);
      old.put("path", Value.text(path));
      fresh.put("path", Value.text(path));
      return new Properties(old, fresh);
    }
  }

  /**
   * A directory that is removed, with all that is in it. That is read only when somebody asked for
   * diffs.
   *
   * @param path the directory on the host
   * @param below reads what is in it
   */
  record Removed(String path, Fact<DirectoryTree.Listing> below) implements Diff {}

  /** A text that is ready to be shown, such as what the package manager would do. */
  record Prepared(String text) implements Diff {}
}
