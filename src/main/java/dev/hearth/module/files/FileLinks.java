package dev.hearth.module.files;

import dev.hearth.fact.Facts;
import dev.hearth.fact.HostPath;
import dev.hearth.fact.PathFact;
import dev.hearth.fact.PathInfo;
import dev.hearth.fact.PathStatus;
import dev.hearth.module.Refusal;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The states of {@code file} that are links.
 *
 * @param want the parameters
 * @param path the link
 * @param now what is there
 */
record FileLinks(FileModule.Args want, String path, PathStatus now) {

  private static final String LINK =
      PathFact.DESCRIBE
          + """
          case $2 in */*) d=${2%/*}/ ;; *) d= ;; esac
          t=$d.hearth.$$
          [ ! -d "$2" ] || [ -L "$2" ] || rmdir -- "$2" || exit 1
          ln $3 -- "$1" "$t" || exit 1
          mv -fT -- "$t" "$2" 2>/dev/null || { rm -f -- "$2" && mv -f -- "$t" "$2"; } || {
            rm -f -- "$t"
            echo "cannot put the link at $2" >&2
            exit 1
          }
          describe "$2"
          """;

  /** What a link says, from the directory that it is in. */
  static String absolute(String target, String link) {
    return target.startsWith("/") ? target : HostPath.directory(link) + "/" + target;
  }

  /** {@code state: link}. */
  Verdict symbolic(Facts host) {
    PathInfo self = now.self();
    String target;
    if (want.src().isPresent()) {
      target = new HostPath(want.src().get()).on(host);
    } else if (self.link()) {
      target = now.target();
    } else {
      throw new Refusal("src is required for creating new symlinks");
    }
    String absolute = absolute(target, path);
    PathInfo leadsTo = host.get(new PathFact(absolute)).followed();
    if (!want.force() && want.src().isPresent() && !leadsTo.exists()) {
      return FileModule.rejected(
          path,
          "src file does not exist, use 'force=yes' if you really want to create the link: "
              + absolute);
    }
    if (self.directory() && !want.force()) {
      return FileModule.rejected(path, "refusing to convert from directory to symlink for " + path);
    }
    if (self.exists() && !self.link() && !self.directory() && !want.force()) {
      return FileModule.rejected(
          path, "refusing to convert from " + self.state() + " to symlink for " + path);
    }
    Result base = Result.ok().with("dest", path).with("src", target);
    List<Step> steps = new ArrayList<>();
    Map<String, Value> before = new LinkedHashMap<>();
    Map<String, Value> after = new LinkedHashMap<>();
    if (!self.link() || !now.target().equals(target)) {
      steps.add(
          Step.change(
              "link " + path + " to " + target,
              Script.of(LINK, target, path, "-s"),
              Undo.restore(path)));
      if (self.link()) {
        before.put("src", Value.text(now.target()));
        after.put("src", Value.text(target));
      }
    }
    Optional<AttributeChange> change = linkAttributes(leadsTo);
    change.ifPresent(
        it -> {
          steps.add(it.step(path, want.follow()));
          before.putAll(it.before());
          after.putAll(it.after());
        });
    if (steps.isEmpty()) {
      return Verdict.satisfied(PathResult.with(base, now.self()));
    }
    return PathResult.changes(
        steps,
        List.of(FileModule.states(path, self, "link", before, after)),
        base.changed(true),
        false);
  }

  /** What has to change about the link's end, or the link itself when links are not followed. */
  private Optional<AttributeChange> linkAttributes(PathInfo leadsTo) {
    PathInfo subject = want.follow() ? leadsTo : now.self();
    if (!subject.exists() || !want.follow() && !subject.link()) {
      AttributeChange fresh =
          FileModule.forNew(want.attributes().withMode(Optional.empty()), 0777, false);
      return want.follow() || !fresh.needed() ? Optional.empty() : Optional.of(fresh);
    }
    AttributeChange change = AttributeChange.of(want.attributes(), subject);
    return change.needed() ? Optional.of(change) : Optional.empty();
  }

  /** {@code state: hard}. */
  Verdict hard(Facts host) {
    if (want.src().isEmpty()) {
      throw new Refusal("src is required for creating new hardlinks");
    }
    String source = new HostPath(want.src().get()).on(host);
    PathInfo from = host.get(new PathFact(source)).followed();
    if (!from.exists()) {
      return FileModule.rejected(path, "src does not exist: " + source);
    }
    PathInfo self = now.self();
    Result base = Result.ok().with("dest", path).with("src", source);
    if (self.exists() && self.inode() == from.inode() && self.device() == from.device()) {
      AttributeChange change = AttributeChange.of(want.attributes(), self);
      return change.needed()
          ? PathResult.changes(
              List.of(change.step(path, false)),
              List.of(FileModule.states(path, self, "hard", change.before(), change.after())),
              base.changed(true),
              false)
          : Verdict.satisfied(PathResult.with(base, self));
    }
    if (self.directory() || self.exists() && !want.force()) {
      return FileModule.rejected(
          path,
          self.state().equals("hard")
              ? "Cannot link, different hard link exists at destination"
              : "Cannot link, " + self.state() + " exists at destination");
    }
    AttributeChange change = AttributeChange.of(want.attributes(), from);
    List<Step> steps = new ArrayList<>();
    steps.add(
        Step.change(
            "link " + path + " to " + source,
            Script.of(LINK, source, path, ""),
            Undo.restore(path)));
    if (change.needed()) {
      steps.add(change.step(path, false));
    }
    return PathResult.changes(
        steps,
        List.of(FileModule.states(path, self, "hard", change.before(), change.after())),
        base.changed(true),
        false);
  }
}
