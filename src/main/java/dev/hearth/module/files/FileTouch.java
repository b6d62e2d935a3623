package dev.hearth.module.files;

import dev.hearth.fact.Facts;
import dev.hearth.fact.PathFact;
import dev.hearth.fact.PathInfo;
import dev.hearth.fact.PathStatus;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Script;
import java.util.List;
import java.util.Optional;

/** Files that exist or are made empty, and their times. */
final class FileTouch {

  private static final String TOUCH =
      PathFact.DESCRIBE
          + AttributeChange.FUNCTION
          + FileTimes.FUNCTION
          + """
          if [ ! -e "$1" ]; then
            [ -z "$2" ] || umask 077
            (set -C; : >"$1") || exit 1
          fi
          attributes "$1" "$2" "$3" "$4" || exit 1
          set_times "$1" "$5" "$6" || exit 1
          describe "$1"
          """;

  private static final String FORMER_TIMES =
      """
      touch -c -m -d "@$2" -- "$1" && touch -c -a -d "@$3" -- "$1"
      """;

  /** {@code state: file}: it must exist. */
  static Verdict existing(FileModule.Args want, String path, PathStatus now, Facts host) {
    PathInfo there = now.info(want.follow());
    if (!there.exists()) {
      return FileModule.rejected(path, "file (" + path + ") is absent, cannot continue");
    }
    if (!there.file()) {
      return FileModule.rejected(
          path, "file (" + path + ") is " + there.state() + ", cannot continue");
    }
    FileTimes times =
        FileTimes.of(
            want.modificationTime().orElse("preserve"), want.accessTime().orElse("preserve"));
    if (times.differs(there, host)) {
      return touched(want, path, now, times, host);
    }
    return FileModule.attributes(want, path, now, "path");
  }

  /** {@code state: touch}: it gets a new time, and is made when it is missing. */
  static Verdict touch(FileModule.Args want, String path, PathStatus now, Facts host) {
    FileTimes times =
        FileTimes.of(want.modificationTime().orElse("now"), want.accessTime().orElse("now"));
    PathInfo there = now.info(true);
    if (there.exists() && !there.file() && !there.directory()) {
      return FileModule.rejected(
          path, "Can only touch files, directories, and hardlinks (" + path + " is another kind)");
    }
    if (there.exists() && !times.differs(there, host)) {
      return FileModule.attributes(want, path, now, "dest");
    }
    return touched(want, path, now, times, host);
  }

  private static Verdict touched(
      FileModule.Args want, String path, PathStatus now, FileTimes times, Facts host) {
    PathInfo there = now.info(true);
    AttributeChange change =
        there.exists()
            ? AttributeChange.of(want.attributes(), there)
            : FileModule.forNew(want.attributes(), 0644, false);
    return PathResult.changes(
        List.of(
            Step.change(
                "touch " + path,
                Script.of(
                    TOUCH,
                    path,
                    change.mode(),
                    change.owner(),
                    change.group(),
                    times.modification(),
                    times.access()),
                undo(path, now, times))),
        List.of(
            FileModule.states(
                path,
                there,
                want.state().equals(Optional.of(FileModule.State.TOUCH)) ? "touch" : there.state(),
                times.shown(there, false, host, change.before()),
                times.shown(there, true, host, change.after()))),
        Result.changedNow().with("dest", path),
        true);
  }

  /** An access time that is asked for must not be lost because the content is kept and compared. */
  private static Undo undo(String path, PathStatus now, FileTimes times) {
    PathInfo there = now.info(false);
    return times.fixesAccess() && there.file()
        ? new Undo.Several(
            List.of(
                new Undo.RestoreAttributes(List.of(path)),
                new Undo.Run(
                    "give " + path + " its former times",
                    Script.of(
                        FORMER_TIMES,
                        path,
                        Long.toString(there.mtime()),
                        Long.toString(there.atime())))))
        : Undo.restore(path);
  }

  private FileTouch() {}
}
