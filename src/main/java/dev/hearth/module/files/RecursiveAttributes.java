package dev.hearth.module.files;

import dev.hearth.fact.Facts;
import dev.hearth.fact.PathFact;
import dev.hearth.fact.PathInfo;
import dev.hearth.module.FileAttributes;
import dev.hearth.module.FileMode;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Script;
import java.util.ArrayList;
import java.util.List;

/** Owner, group and mode of a directory and of everything below it. */
final class RecursiveAttributes {

  /** Links themselves get the owner, and their mode is nobody's. */
  private static final String SET =
      PathFact.DESCRIBE
          + """
          if [ -n "$2" ]; then
            chown -R -h -- "$2${3:+:$3}" "$1" || exit 1
          elif [ -n "$3" ]; then
            chgrp -R -h -- "$3" "$1" || exit 1
          fi
          path=$1
          shift 3
          while [ $# -gt 0 ]; do
            find "$path" -depth -type "$1" -perm "$2" -exec chmod "0$3" {} + || exit 1
            shift 3
          done
          describe "$path"
          """;

  private RecursiveAttributes() {}

  static Verdict plan(String path, PathInfo top, FileAttributes want, Facts host) {
    boolean owner = false;
    boolean group = false;
    List<String> modes = new ArrayList<>();
    List<PathInfo> entries = new ArrayList<>(List.of(top));
    entries.addAll(host.get(new TreeAttributes(path)));
    for (PathInfo entry : entries) {
      AttributeChange change = AttributeChange.of(want, entry);
      owner |= !change.owner().isEmpty();
      group |= !change.group().isEmpty();
      if (!change.mode().isEmpty() && (entry.directory() || entry.file())) {
        List<String> rule =
            List.of(entry.directory() ? "d" : "f", FileMode.show(entry.mode()), change.mode());
        if (!sameRule(modes, rule)) {
          modes.addAll(rule);
        }
      }
    }
    Result base = Result.ok().with("path", path);
    if (!owner && !group && modes.isEmpty()) {
      return Verdict.satisfied(PathResult.with(base, top));
    }
    List<String> words = new ArrayList<>(List.of(path));
    words.add(owner ? want.owner().orElse("") : "");
    words.add(group ? want.group().orElse("") : "");
    words.addAll(ordered(modes));
    // As in Ansible, what changes below is not shown.
    AttributeChange own = AttributeChange.of(want, top);
    return PathResult.changes(
        List.of(
            Step.change(
                "set owner, group and mode below " + path,
                Script.of(SET, words.toArray(String[]::new)),
                new Undo.RestoreAttributes(List.of(path)))),
        List.of(Diff.Properties.of(path, own.before(), own.after())),
        PathResult.with(base, top).changed(true),
        true);
  }

  private static boolean sameRule(List<String> rules, List<String> rule) {
    for (int i = 0; i < rules.size(); i += 3) {
      if (rules.subList(i, i + 3).equals(rule)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Files first, then directories, so that a directory that closes is still open while we are in
   * it.
   */
  private static List<String> ordered(List<String> rules) {
    List<List<String>> left = new ArrayList<>();
    for (int i = 0; i < rules.size(); i += 3) {
      left.add(rules.subList(i, i + 3));
    }
    List<String> words = new ArrayList<>();
    for (String type : List.of("f", "d")) {
      left.stream().filter(rule -> rule.getFirst().equals(type)).forEach(words::addAll);
    }
    return words;
  }
}
