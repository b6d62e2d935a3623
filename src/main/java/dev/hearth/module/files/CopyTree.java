package dev.hearth.module.files;

import dev.hearth.fact.Facts;
import dev.hearth.fact.HostPath;
import dev.hearth.fact.PathFact;
import dev.hearth.fact.PathInfo;
import dev.hearth.fact.WhichCommand;
import dev.hearth.module.ControllerFile;
import dev.hearth.module.ControllerTree;
import dev.hearth.module.FileAttributes;
import dev.hearth.module.FileMode;
import dev.hearth.module.Refusal;
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
 * {@code copy} of a directory of this machine: what differs goes over as one archive, is unpacked
 * beside the destination where nobody else can look, and is then moved in place.
 *
 * @param tree the directory
 * @param want the parameters
 */
record CopyTree(ControllerTree tree, CopyModule.Args want) {

  private static final String UNPACK =
      TreeMove.FUNCTION
          + MissingDirectories.FUNCTION
          + """
          dest=$1 owner=$2 group=$3
          make_directories "$dest" "$4" "$owner" "$group" || exit 1
          umask 077
          work=$(mktemp -d "$dest/.hearth.XXXXXX") || exit 1
          trap 'rm -rf -- "$work"' EXIT
          trap 'exit 130' HUP INT TERM
          dest=$(cd -- "$dest" && pwd) || exit 1
          cd -P -- "$work" || exit 1
          [ "$(stat -c '%u %a' .)" = "$(id -u) 700" ] || {
            echo "somebody else is changing $dest meanwhile" >&2
            exit 1
          }
          tar -xpmf - || exit 1
          if [ -n "$owner" ]; then
            chown -R -h "$owner${group:+:$group}" . || exit 1
          elif [ -n "$group" ]; then
            chgrp -R -h "$group" . || exit 1
          fi
          sync
          move "$dest"
          """;

  private static final String ATTRIBUTES =
      AttributeChange.FUNCTION
          + """
          cd -- "$1" || exit 1
          shift
          while [ $# -gt 0 ]; do
            attributes "$1" "$2" "$3" "$4" || exit 1
            shift 4
          done
          """;

  Verdict plan(Facts host) {
    String to = new HostPath(want.dest()).on(host);
    if (!tree.name().endsWith("/")) {
      to = (to.equals("/") ? "" : to) + "/" + HostPath.name(tree.name());
    }
    PathInfo there = host.get(new PathFact(to)).followed();
    if (there.exists() && !there.directory()) {
      return Verdict.rejected(
          "cannot copy the directory " + tree.path() + " to " + to + ", which is a file");
    }
    List<String> paths = new ArrayList<>(tree.directories());
    tree.files().forEach(file -> paths.add(file.name()));
    if (paths.stream().anyMatch(path -> path.contains("\n"))) {
      throw new Refusal(tree.path() + " has a name with a line end in it, which is not supported");
    }
    Difference difference = new Difference(to, host.get(new TreeContents(to, paths)));
    difference.look();
    Result base =
        Result.ok()
            .with("src", HostPath.trimmed(tree.path()) + (tree.name().endsWith("/") ? "/" : ""))
            .with("dest", HostPath.trimmed(want.dest()) + "/");
    List<Step> steps = new ArrayList<>();
    if (difference.archived > 0 || !there.exists()) {
      steps.addAll(difference.transfer(host));
    }
    if (!difference.attributes.isEmpty()) {
      difference.attributes.addFirst(to);
      steps.add(
          Step.change(
              "set owner, group and mode below " + to,
              Script.of(ATTRIBUTES, difference.attributes.toArray(String[]::new)),
              new Undo.RestoreAttributes(List.of(to))));
    }
    if (steps.isEmpty()) {
      return Verdict.satisfied(base);
    }
    return Verdict.changes(steps, difference.diffs, base.changed(true));
  }

  private String directoryMode() {
    return want.directoryMode().map(it -> FileMode.show(it.applyTo(0755, true))).orElse("");
  }

  /** What the host lacks. */
  private final class Difference {
    final List<Diff> diffs = new ArrayList<>();
    final List<String> attributes = new ArrayList<>();
    int archived;
    private final TarStream archive = new TarStream();
    private final List<ControllerFile> files = new ArrayList<>();
    private final List<String> directories = new ArrayList<>();
    private final String to;
    private final TreeContents.Listing host;

    Difference(String to, TreeContents.Listing host) {
      this.to = to;
      this.host = host;
    }

    void look() {
      FileAttributes forDirectories = want.attributes().withMode(want.directoryMode());
      for (String path : tree.directories()) {
        PathInfo there = host.at(path);
        if (!there.exists()) {
          int mode =
              want.directoryMode().map(it -> it.applyTo(0755, true)).orElse(0777 & ~host.umask());
          archive.directory(path, mode, host.uid(), host.gid());
          directories.add(path);
          archived++;
        } else {
          compare(path, there, forDirectories);
        }
      }
      tree.files().forEach(this::look);
    }

    private void look(ControllerFile file) {
      PathInfo there = host.at(file.name());
      FileAttributes wanted = want.attributes();
      if (wanted.mode().isPresent() && wanted.mode().get().preserve()) {
        wanted = wanted.withMode(Optional.of(new FileMode(FileMode.show(file.mode()))));
      }
      if (there.exists() && !want.force()) {
        return;
      }
      if (there.file() && host.sum(file.name()).equals(Optional.of(file.sha1()))) {
        compare(file.name(), there, wanted);
        return;
      }
      int usual = there.file() ? there.mode() : 0666 & ~host.umask();
      int mode = wanted.mode().map(it -> it.applyTo(usual, false)).orElse(usual);
      archive.file(
          file.name(),
          mode,
          there.file() ? there.uid() : host.uid(),
          there.file() ? there.gid() : host.gid(),
          file.content());
      files.add(file);
      archived++;
      diffs.add(
          new Diff.Content(
              to + "/" + file.name(),
              new dev.hearth.fact.FileExcerpt(to + "/" + file.name()),
              file.content(),
              file.path()));
    }

    private void compare(String path, PathInfo there, FileAttributes wanted) {
      AttributeChange change = AttributeChange.of(wanted, there);
      if (change.needed()) {
        attributes.addAll(List.of("./" + path, change.mode(), change.owner(), change.group()));
        diffs.add(Diff.Properties.of(to + "/" + path, change.before(), change.after()));
      }
    }

    /** What the transfer makes or replaces, directories before what is in them. */
    private List<String> brought() {
      List<String> paths = new ArrayList<>(List.of(to));
      directories.forEach(path -> paths.add(to + "/" + path));
      files.forEach(file -> paths.add(to + "/" + file.name()));
      return paths;
    }

    List<Step> transfer(Facts host) {
      String owner = want.attributes().owner().orElse("");
      String group = want.attributes().group().orElse("");
      if (host.get(new WhichCommand("tar")).isPresent()) {
        return List.of(
            Step.change(
                "copy " + archived + " entries of " + tree.path() + " to " + to,
                Script.of(UNPACK, to, owner, group, directoryMode()).reading(archive.end()),
                new Undo.Restore(brought())));
      }
      List<Step> steps = new ArrayList<>();
      List<String> made = new ArrayList<>(List.of(to));
      directories.forEach(path -> made.add(to + "/" + path));
      for (String path : made) {
        AttributeChange all =
            FileModule.forNew(want.attributes().withMode(want.directoryMode()), 0755, true);
        steps.add(
            Step.change(
                "make directory " + path,
                Script.of(
                    "[ -d \"$1\" ] || mkdir -p ${2:+-m \"$2\"} -- \"$1\"\n", path, all.mode()),
                Undo.restore(path)));
      }
      for (ControllerFile file : files) {
        steps.add(
            new FileWrite(
                    to + "/" + file.name(),
                    this.host.at(file.name()),
                    want.attributes().mode().filter(FileMode::preserve).isPresent()
                        ? want.attributes()
                            .withMode(Optional.of(new FileMode(FileMode.show(file.mode()))))
                        : want.attributes(),
                    file.content(),
                    file.sha1(),
                    want.validate(),
                    want.backup(),
                    want.follow())
                .step());
      }
      return steps;
    }
  }
}
