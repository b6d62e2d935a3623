package dev.hearth.module.files;

import dev.hearth.fact.Checksum;
import dev.hearth.fact.Facts;
import dev.hearth.fact.HostPath;
import dev.hearth.fact.PathFact;
import dev.hearth.fact.PathInfo;
import dev.hearth.fact.PathStatus;
import dev.hearth.module.FileAttributes;
import dev.hearth.module.FileMode;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Script;
import java.util.List;
import java.util.Optional;

/**
 * {@code copy} with {@code remote_src}: from one path of the host to another. It shows no
 * differences, as in Ansible.
 *
 * @param source on the host; a slash at the end of a directory means what is in it
 * @param want the parameters
 */
record RemoteCopy(String source, CopyModule.Args want) {

  private static final String COPY_FILE =
      PathFact.DESCRIBE
          + AttributeChange.FUNCTION
          + MissingDirectories.FUNCTION
          + """
          source=$1 dest=$2 mode=$3 owner=$4 group=$5
          case $dest in */*) dir=${dest%/*}/ ;; *) dir=./ ;; esac
          [ -z "$6" ] || make_directories "${dir%/}" "$7" "$owner" "$group" || exit 1
          [ -d "$dir" ] || { echo "Destination directory ${dir%/} does not exist" >&2; exit 1; }
          # As in Ansible: a new file is made like any other, an old one gets what the source has.
          [ -n "$mode" ] || mode=$(printf %04o $((0666 & ~0$(umask))))
          umask 077
          work=$(mktemp -d "$dir.hearth.XXXXXX") || exit 1
          trap 'rm -rf -- "$work"' EXIT
          trap 'exit 130' HUP INT TERM
          cat <"$source" >"$work/new" || exit 1
          touch -r "$source" -- "$work/new" || exit 1
          attributes "$work/new" "$mode" "$owner" "$group" || exit 1
          sync "$work/new" 2>/dev/null || sync
          mv -fT -- "$work/new" "$dest" 2>/dev/null || mv -f -- "$work/new" "$dest" || exit 1
          describe "$dest"
          """;

  private static final String COPY_TREE =
      PathFact.DESCRIBE
          + """
          source=$1 dest=$2 mode=$3 owner=$4 group=$5 directories=$6
          mkdir -p -- "$dest" || exit 1
          # busybox's cp does not replace a link that is there.
          to=$(cd -- "$dest" && pwd) && cd -- "$source" &&
          find . -type l -exec sh -c 'for link; do [ ! -L "$0/$link" ] || rm -f -- "$0/$link"; done' "$to" {} + || exit 1
          dest=$to
          cp -R -P -p -- . "$dest/" || exit 1
          if [ -n "$owner" ]; then
            chown -R -h "$owner${group:+:$group}" "$dest" || exit 1
          elif [ -n "$group" ]; then
            chgrp -R -h "$group" "$dest" || exit 1
          fi
          [ -z "$mode" ] || find "$dest" -type f -exec chmod "0$mode" {} + || exit 1
          [ -z "$directories" ] || find "$dest" -depth -type d -exec chmod "0$directories" {} + || exit 1
          describe "$dest"
          """;

  Verdict plan(Facts host) {
    String from = new HostPath(source).on(host);
    PathInfo origin = host.get(new PathFact(from)).followed();
    if (!origin.exists()) {
      return Verdict.rejected("Source " + from + " not found");
    }
    String to = new HostPath(want.dest()).on(host);
    PathStatus now = host.get(new PathFact(to));
    if (origin.directory()) {
      return tree(from, source.endsWith("/") ? to : to + "/" + HostPath.name(from), host);
    }
    if (want.dest().endsWith("/") || now.followed().directory()) {
      to = (to.equals("/") ? "" : to) + "/" + HostPath.name(from);
      now = host.get(new PathFact(to));
    }
    return file(from, origin, to, now, host);
  }

  private Verdict file(String from, PathInfo origin, String to, PathStatus now, Facts host) {
    PathInfo there = now.followed();
    Result base = Result.ok().with("src", from).with("dest", to);
    if (there.exists() && !want.force()) {
      return Verdict.satisfied(base.with("msg", "file already exists"));
    }
    Optional<String> wanted = host.get(new Checksum(from, "sha1"));
    base = base.with("checksum", wanted.orElse(""));
    FileAttributes attributes = want.attributes();
    if (attributes.mode().isPresent() && attributes.mode().get().preserve()) {
      attributes = attributes.withMode(Optional.of(new FileMode(FileMode.show(origin.mode()))));
    }
    boolean replacesLink = now.self().link() && !want.follow();
    AttributeChange change = AttributeChange.of(attributes, there.exists() ? there : origin);
    if (there.file() && !replacesLink && wanted.equals(host.get(new Checksum(to, "sha1")))) {
      if (!change.needed()) {
        return Verdict.satisfied(PathResult.with(base, there));
      }
      return PathResult.changes(
          List.of(change.step(to, true)),
          List.of(),
          PathResult.with(base, there).changed(true),
          true);
    }
    int usual = there.file() ? origin.mode() : 0644;
    String mode =
        attributes
            .mode()
            .map(it -> FileMode.show(it.applyTo(usual, false)))
            .orElse(there.file() ? FileMode.show(usual) : "");
    return PathResult.changes(
        List.of(
            Step.change(
                "copy " + from + " to " + to,
                Script.of(
                    COPY_FILE,
                    from,
                    to,
                    mode,
                    attributes.owner().orElse(""),
                    attributes.group().orElse(""),
                    want.dest().endsWith("/") ? "make" : "",
                    directoryMode()),
                Undo.restore(to))),
        List.of(),
        base.changed(true),
        true);
  }

  private Verdict tree(String from, String to, Facts host) {
    String slash = source.endsWith("/") ? "/" : "";
    Result base =
        Result.ok()
            .with("src", from + slash)
            .with("dest", source.endsWith("/") ? HostPath.trimmed(want.dest()) + "/" : to);
    TreeDifference difference = host.get(new TreeDifferenceFact(from, to));
    Optional<FileMode> mode = want.attributes().mode().filter(it -> !it.preserve());
    FileAttributes files = want.attributes().withMode(mode);
    FileAttributes directories = want.attributes().withMode(want.directoryMode());
    boolean attributes =
        difference.entries().stream()
            .anyMatch(
                entry ->
                    AttributeChange.of(entry.directory() ? directories : files, entry).needed());
    if (!difference.differs() && !attributes) {
      return Verdict.satisfied(PathResult.with(base, host.get(new PathFact(to)).followed()));
    }
    return PathResult.changes(
        List.of(
            Step.change(
                "copy " + from + " to " + to,
                Script.of(
                    COPY_TREE,
                    from,
                    to,
                    mode.map(it -> FileMode.show(it.applyTo(0644, false))).orElse(""),
                    want.attributes().owner().orElse(""),
                    want.attributes().group().orElse(""),
                    directoryMode()),
                new Undo.RestoreTrees(List.of(to)))),
        List.of(),
        base.changed(true),
        true);
  }

  private String directoryMode() {
    return want.directoryMode().map(it -> FileMode.show(it.applyTo(0755, true))).orElse("");
  }
}
