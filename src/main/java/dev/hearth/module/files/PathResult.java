package dev.hearth.module.files;

import dev.hearth.fact.PathInfo;
import dev.hearth.fact.PathStatus;
import dev.hearth.module.FileMode;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Verdict;
import java.util.List;

/** Adds to results what Ansible tells about a path: owner, group, mode, size, state. */
public final class PathResult {

  private PathResult() {}

  /** The result with the properties of what is there. */
  public static Result with(Result result, PathInfo info) {
    if (!info.exists()) {
      return result.with("state", "absent");
    }
    return result
        .with("uid", info.uid())
        .with("gid", info.gid())
        .with("owner", info.owner())
        .with("group", info.group())
        .with("mode", FileMode.show(info.mode()))
        .with("state", info.state())
        .with("size", info.size());
  }

  /** Whether a result names a file, so that Ansible tells about it. */
  static boolean names(Result result) {
    return result.values().containsKey("path") || result.values().containsKey("dest");
  }

  /**
   * Changes whose last step prints a description of the path, which then becomes part of the
   * result.
   */
  public static Verdict.Changes changes(
      List<Step> steps, List<Diff> diffs, Result predicted, boolean follow) {
    return Verdict.changes(steps, diffs, predicted)
        .telling(
            (result, ends) -> with(result, PathStatus.parse(ends.getLast().out()).info(follow)));
  }
}
