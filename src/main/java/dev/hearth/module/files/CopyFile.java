package dev.hearth.module.files;

import dev.hearth.fact.Checksum;
import dev.hearth.fact.Facts;
import dev.hearth.fact.FileExcerpt;
import dev.hearth.fact.HostPath;
import dev.hearth.fact.PathFact;
import dev.hearth.fact.PathInfo;
import dev.hearth.fact.PathStatus;
import dev.hearth.module.ControllerFile;
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
import java.util.Optional;

/**
 * One file of this machine, or one made here, goes to a path on the host.
 *
 * @param source the file
 * @param header how diffs call it
 * @param dest where it goes: a directory when it ends with a slash or is one
 * @param attributes owner, group and mode
 * @param force whether other content is replaced
 * @param backup whether replaced content is kept
 * @param follow whether a link at the path is kept and its end written
 * @param validate a command that must accept the new file
 * @param directoryMode mode of directories that have to be made
 */
record CopyFile(
    ControllerFile source,
    String header,
    String dest,
    FileAttributes attributes,
    boolean force,
    boolean backup,
    boolean follow,
    Optional<String> validate,
    Optional<FileMode> directoryMode) {

  private static final String MAKE_DIRECTORY =
      MissingDirectories.FUNCTION
          + """
          make_directories "$1" "$2" "$3" "$4" || exit 1
          """;

  Verdict plan(Facts host) {
    String path = new HostPath(dest).on(host);
    PathStatus now = host.get(new PathFact(path));
    boolean intoDirectory = dest.endsWith("/") || now.followed().directory();
    String directory = path;
    boolean makeDirectory = dest.endsWith("/") && !now.followed().exists();
    if (intoDirectory) {
      path = (path.equals("/") ? "" : path) + "/" + HostPath.name(source.name());
      now = makeDirectory ? PathStatus.ABSENT : host.get(new PathFact(path));
    }
    if (now.followed().directory()) {
      return Verdict.rejected("the destination " + path + " is a directory");
    }
    Result base = Result.ok().with("dest", path);
    PathInfo there = now.followed();
    if (there.exists() && !force) {
      return Verdict.satisfied(base.with("src", source.path()));
    }
    base = base.with("checksum", source.sha1());
    FileAttributes want = preserved();
    boolean replacesLink = now.self().link() && !follow;
    boolean same =
        there.file()
            && !replacesLink
            && host.get(new Checksum(path, "sha1")).equals(Optional.of(source.sha1()));
    return same
        ? attributesOnly(path, there, want, base)
        : written(
            path, replacesLink ? PathInfo.ABSENT : there, want, base, makeDirectory, directory);
  }

  private FileAttributes preserved() {
    return attributes.mode().isPresent() && attributes.mode().get().preserve()
        ? attributes.withMode(Optional.of(new FileMode(FileMode.show(source.mode()))))
        : attributes;
  }

  private static Verdict attributesOnly(
      String path, PathInfo there, FileAttributes want, Result base) {
    AttributeChange change = AttributeChange.of(want, there);
    Result result = PathResult.with(base.with("path", path), there);
    if (!change.needed()) {
      return Verdict.satisfied(result);
    }
    return PathResult.changes(
        List.of(change.step(path, true)),
        List.of(Diff.Properties.of(path, change.before(), change.after())),
        result.changed(true),
        true);
  }

  private Verdict written(
      String path,
      PathInfo there,
      FileAttributes want,
      Result base,
      boolean makeDirectory,
      String directory) {
    List<Step> steps = new ArrayList<>();
    if (makeDirectory) {
      String mode = directoryMode.map(it -> FileMode.show(it.applyTo(0755, true))).orElse("");
      steps.add(
          Step.change(
              "make directory " + directory,
              Script.of(
                  MAKE_DIRECTORY,
                  directory,
                  mode,
                  want.owner().orElse(""),
                  want.group().orElse("")),
              Undo.restore(directory)));
    }
    steps.add(
        new FileWrite(path, there, want, source.content(), source.sha1(), validate, backup, follow)
            .step());
    // As in Ansible, the content alone is shown when it differs, whatever else does.
    Diff content = new Diff.Content(path, new FileExcerpt(path), source.content(), header);
    return FileWrite.changes(
        steps, List.of(content), base.with("src", source.path()).changed(true));
  }
}
