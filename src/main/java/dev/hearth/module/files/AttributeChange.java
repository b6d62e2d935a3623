package dev.hearth.module.files;

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
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What has to be changed about owner, group and mode of something that exists; an empty text leaves
 * the property as it is.
 *
 * @param mode octal digits
 * @param owner name or number
 * @param group name or number
 * @param before what is shown as old
 * @param after what is shown as new
 */
public record AttributeChange(
    String mode, String owner, String group, Map<String, Value> before, Map<String, Value> after) {

  /**
   * A shell function {@code attributes PATH MODE OWNER GROUP [-h]}; with {@code -h} a link itself
   * gets the owner. The mode comes last because a new owner takes the set-user bit away; five
   * digits also clear the set-group bit of a directory.
   */
  public static final String FUNCTION =
      """
      attributes() {
        if [ -n "$3" ]; then
          chown $5 "$3${4:+:$4}" "$1" || return
        elif [ -n "$4" ]; then
          chgrp $5 "$4" "$1" || return
        fi
        [ -z "$2" ] || chmod "0$2" "$1"
      }
      """;

  private static final String SET =
      PathFact.DESCRIBE
          + FUNCTION
          + """
          attributes "$1" "$2" "$3" "$4" $5 || exit 1
          describe "$1"
          """;

  /** Of a file that is as it is wanted but for these, perhaps. */
  public static Verdict alone(String path, FileAttributes want, PathInfo now, Result result) {
    AttributeChange change = of(want, now);
    return change.needed()
        ? Verdict.changes(
            List.of(change.step(path, true)),
            List.of(Diff.Properties.of(path, change.before(), change.after())),
            result.changed(true))
        : Verdict.satisfied(result);
  }

  /** Compares the wish with what is there. The mode of a link cannot be changed. */
  public static AttributeChange of(FileAttributes want, PathInfo now) {
    Map<String, Value> before = new LinkedHashMap<>();
    Map<String, Value> after = new LinkedHashMap<>();
    String owner = want.owner().filter(name -> !now.ownedBy(name)).orElse("");
    if (!owner.isEmpty()) {
      before.put("owner", Value.text(now.owner()));
      after.put("owner", Value.text(owner));
    }
    String group = want.group().filter(name -> !now.groupedBy(name)).orElse("");
    if (!group.isEmpty()) {
      before.put("group", Value.text(now.group()));
      after.put("group", Value.text(group));
    }
    String mode = "";
    if (want.mode().isPresent() && !now.link()) {
      int wanted = want.mode().get().applyTo(now.mode(), now.directory());
      if (wanted != now.mode()) {
        mode = FileMode.show(wanted);
        before.put("mode", Value.text(FileMode.show(now.mode())));
        after.put("mode", Value.text(mode));
      }
    }
    return new AttributeChange(mode, owner, group, before, after);
  }

  /**
   * The step that makes it so and describes the path afterwards.
   *
   * @param follow whether a link at the path leads to what is meant
   */
  public Step step(String path, boolean follow) {
    return Step.change(
        "set " + String.join(", ", after.keySet()) + " of " + path,
        Script.of(SET, path, mode, owner, group, follow ? "" : "-h"),
        Undo.restore(path));
  }

  /** Whether anything has to be changed. */
  public boolean needed() {
    return !after.isEmpty();
  }
}
