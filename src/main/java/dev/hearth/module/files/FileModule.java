package dev.hearth.module.files;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.HostPath;
import dev.hearth.fact.PathFact;
import dev.hearth.fact.PathInfo;
import dev.hearth.fact.PathStatus;
import dev.hearth.module.Arg;
import dev.hearth.module.FileAttributes;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code ansible.builtin.file}: files, directories and links as such, without content. */
public final class FileModule implements Module<FileModule.Args> {

  /** What shall be at the path. */
  public enum State {
    /** Nothing. */
    ABSENT,
    /** A directory, with all its parents. */
    DIRECTORY,
    /** A file that exists already. */
    FILE,
    /** A further name of a file. */
    HARD,
    /** A symbolic link. */
    LINK,
    /** A file, empty when it is new, with a new time. */
    TOUCH
  }

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "The path that is managed.",
              aliases = {"dest", "name"})
          String path,
      @Arg(
              doc =
                  "What shall be there. Left out: what is there stays, a directory with recurse,"
                      + " otherwise a file that must exist.")
          Optional<State> state,
      @Arg(doc = "What a link leads to; relative to the link, as it is written.")
          Optional<String> src,
      @Arg(
              doc = "Set owner, group and mode of everything below the directory as well.",
              defaultsTo = "false")
          boolean recurse,
      @Arg(
              doc =
                  "Make a link although what it leads to does not exist, or in place of a file or"
                      + " an empty directory.",
              defaultsTo = "false")
          boolean force,
      @Arg(doc = "Follow a link at the path and manage what it leads to.", defaultsTo = "true")
          boolean follow,
      @Arg(doc = "preserve, now, or the time of last modification in the format below.")
          Optional<String> modificationTime,
      @Arg(
              doc = "Format of modification_time; only the default is understood.",
              choices = {FileTimes.FORMAT},
              defaultsTo = FileTimes.FORMAT)
          String modificationTimeFormat,
      @Arg(doc = "preserve, now, or the time of last access in the format below.")
          Optional<String> accessTime,
      @Arg(
              doc = "Format of access_time; only the default is understood.",
              choices = {FileTimes.FORMAT},
              defaultsTo = FileTimes.FORMAT)
          String accessTimeFormat,
      @Inline FileAttributes attributes) {}

  private static final String MAKE_DIRECTORIES =
      PathFact.DESCRIBE
          + """
          mode=$2 owner=$3 group=$4
          make() {
            [ ! -d "$1" ] || return 0
            case $1 in
              */*) set -- "$1" "${1%/*}"; [ -z "$2" ] || make "$2" || return ;;
            esac
            if ! said=$(mkdir ${mode:+-m "$mode"} -- "$1" 2>&1); then
              # Somebody else may have made it since we looked: another name of the same machine.
              [ -d "$1" ] || { echo "$said" >&2; return 1; }
              [ -z "$mode" ] || chmod "$mode" -- "$1" || return
            fi
            if [ -n "$owner" ]; then
              chown -h "$owner${group:+:$group}" "$1"
            elif [ -n "$group" ]; then
              chgrp -h "$group" "$1"
            fi
          }
          make "$1" || exit 1
          describe "$1"
          """;

  private static final String REMOVE = "rm -rf -- \"$1\"\n";

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

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.file",
        Args.class,
        "Makes and removes directories, links and empty files, and sets owner, group, mode and"
            + " times.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    HostPath path = new HostPath(want.path());
    if (path.needs().isPresent()) {
      return List.of(path.needs().get());
    }
    List<Fact<?>> facts = new ArrayList<>();
    facts.add(new PathFact(HostPath.trimmed(want.path())));
    if (want.recurse()) {
      facts.add(new TreeAttributes(HostPath.trimmed(want.path())));
    }
    want.src()
        .map(HostPath::new)
        .filter(src -> src.needs().isEmpty())
        .ifPresent(src -> facts.add(new PathFact(source(want, src))));
    return facts;
  }

  /** What src leads to: from the link's own directory, if it is a link that is wanted. */
  private static String source(Args want, HostPath src) {
    String text = HostPath.trimmed(src.text());
    return want.state().equals(Optional.of(State.LINK))
        ? absolute(text, HostPath.trimmed(want.path()))
        : text;
  }

  private static String absolute(String target, String link) {
    return target.startsWith("/") ? target : HostPath.directory(link) + "/" + target;
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    String path = new HostPath(want.path()).on(host);
    if (path.isEmpty() || path.equals("/") && want.state().equals(Optional.of(State.ABSENT))) {
      throw new Refusal("path '" + want.path() + "' cannot be managed; name a file or directory");
    }
    PathStatus now = host.get(new PathFact(path));
    State state = want.state().orElseGet(() -> implied(want, now));
    if (want.recurse() && state != State.DIRECTORY) {
      throw new Refusal("recurse needs state: directory");
    }
    return switch (state) {
      case ABSENT -> absent(path, now);
      case DIRECTORY -> directory(want, path, now, host);
      case FILE -> existing(want, path, now, host);
      case TOUCH -> touch(want, path, now, host);
      case LINK -> symbolic(want, path, now, host);
      case HARD -> hard(want, path, now, host);
    };
  }

  private static State implied(Args want, PathStatus now) {
    if (now.self().exists()) {
      return switch (now.self().type()) {
        case DIRECTORY -> State.DIRECTORY;
        case LINK -> State.LINK;
        default -> State.FILE;
      };
    }
    return want.recurse() ? State.DIRECTORY : State.FILE;
  }

  private static Verdict absent(String path, PathStatus now) {
    Result result = Result.ok().with("path", path).with("state", "absent");
    if (!now.self().exists()) {
      return Verdict.satisfied(result);
    }
    return Verdict.changes(
        List.of(
            Step.change(
                "remove " + path,
                Script.of(REMOVE, path),
                now.self().directory()
                    ? new Undo.RestoreTrees(List.of(path))
                    : Undo.restore(path))),
        List.of(states(path, now.self(), "absent", Map.of(), Map.of())),
        result.changed(true));
  }

  private static Verdict directory(Args want, String path, PathStatus now, Facts host) {
    PathInfo there = now.info(want.follow());
    if (there.directory()) {
      return want.recurse()
          ? RecursiveAttributes.plan(path, there, want.attributes(), host)
          : attributes(want, path, now, "path");
    }
    if (now.self().exists()) {
      return rejected(path, path + " already exists as a " + now.self().state());
    }
    AttributeChange all = forNew(want.attributes(), 0755, true);
    Result result = Result.changedNow().with("path", path).with("state", "directory");
    return PathResult.changes(
        List.of(
            Step.change(
                "make directory " + path,
                Script.of(MAKE_DIRECTORIES, path, all.mode(), all.owner(), all.group()),
                Undo.restore(path))),
        List.of(states(path, now.self(), "directory", all.before(), all.after())),
        result,
        false);
  }

  private static Verdict existing(Args want, String path, PathStatus now, Facts host) {
    PathInfo there = now.info(want.follow());
    if (!there.exists()) {
      return rejected(path, "file (" + path + ") is absent, cannot continue");
    }
    if (!there.file()) {
      return rejected(path, "file (" + path + ") is " + there.state() + ", cannot continue");
    }
    FileTimes times =
        FileTimes.of(
            want.modificationTime().orElse("preserve"), want.accessTime().orElse("preserve"));
    if (times.differs(there, host)) {
      return touched(want, path, now, times);
    }
    return attributes(want, path, now, "path");
  }

  private static Verdict touch(Args want, String path, PathStatus now, Facts host) {
    FileTimes times =
        FileTimes.of(want.modificationTime().orElse("now"), want.accessTime().orElse("now"));
    PathInfo there = now.info(true);
    if (there.exists() && !there.file() && !there.directory()) {
      return rejected(
          path, "Can only touch files, directories, and hardlinks (" + path + " is another kind)");
    }
    if (there.exists() && !times.differs(there, host)) {
      return attributes(want, path, now, "dest");
    }
    return touched(want, path, now, times);
  }

  private static Verdict touched(Args want, String path, PathStatus now, FileTimes times) {
    PathInfo there = now.info(true);
    AttributeChange change =
        there.exists()
            ? AttributeChange.of(want.attributes(), there)
            : forNew(want.attributes(), 0644, false);
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
                Undo.restore(path))),
        List.of(
            states(
                path,
                there,
                there.exists() ? there.state() : "touch",
                change.before(),
                change.after())),
        Result.changedNow().with("dest", path),
        true);
  }

  private static Verdict symbolic(Args want, String path, PathStatus now, Facts host) {
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
      return rejected(
          path,
          "src file does not exist, use \"force=yes\" if you really want to create the link: "
              + absolute);
    }
    if (self.directory() && !want.force()) {
      return rejected(path, "refusing to convert from directory to symlink for " + path);
    }
    if (self.exists() && !self.link() && !self.directory() && !want.force()) {
      return rejected(path, "refusing to convert from " + self.state() + " to symlink for " + path);
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
    Optional<AttributeChange> change = linkAttributes(want, now, leadsTo);
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
        steps, List.of(states(path, self, "link", before, after)), base.changed(true), false);
  }

  /** What has to change about the link's end, or the link itself when links are not followed. */
  private static Optional<AttributeChange> linkAttributes(
      Args want, PathStatus now, PathInfo leadsTo) {
    PathInfo subject = want.follow() ? leadsTo : now.self();
    if (!subject.exists() || !want.follow() && !subject.link()) {
      AttributeChange fresh = forNew(want.attributes().withMode(Optional.empty()), 0777, false);
      return want.follow() || !fresh.needed() ? Optional.empty() : Optional.of(fresh);
    }
    AttributeChange change = AttributeChange.of(want.attributes(), subject);
    return change.needed() ? Optional.of(change) : Optional.empty();
  }

  private static Verdict hard(Args want, String path, PathStatus now, Facts host) {
    if (want.src().isEmpty()) {
      throw new Refusal("src is required for creating new hardlinks");
    }
    String source = new HostPath(want.src().get()).on(host);
    PathInfo from = host.get(new PathFact(source)).followed();
    if (!from.exists()) {
      return rejected(path, "src does not exist: " + source);
    }
    PathInfo self = now.self();
    Result base = Result.ok().with("dest", path).with("src", source);
    if (self.exists() && self.inode() == from.inode() && self.device() == from.device()) {
      AttributeChange change = AttributeChange.of(want.attributes(), self);
      return change.needed()
          ? PathResult.changes(
              List.of(change.step(path, false)),
              List.of(states(path, self, "hard", change.before(), change.after())),
              base.changed(true),
              false)
          : Verdict.satisfied(PathResult.with(base, self));
    }
    if (self.directory() || self.exists() && !want.force()) {
      return rejected(
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
        List.of(states(path, self, "hard", change.before(), change.after())),
        base.changed(true),
        false);
  }

  private static Verdict attributes(Args want, String path, PathStatus now, String key) {
    PathInfo there = now.info(want.follow());
    AttributeChange change = AttributeChange.of(want.attributes(), there);
    Result base = Result.ok().with(key, path);
    if (!change.needed()) {
      return Verdict.satisfied(PathResult.with(base, there));
    }
    return PathResult.changes(
        List.of(change.step(path, want.follow())),
        List.of(states(path, there, there.state(), change.before(), change.after())),
        PathResult.with(base, there).changed(true),
        want.follow());
  }

  /** All wishes as a change, for something that does not exist yet. */
  static AttributeChange forNew(FileAttributes want, int usual, boolean directory) {
    Map<String, Value> before = new LinkedHashMap<>();
    Map<String, Value> after = new LinkedHashMap<>();
    want.owner().ifPresent(owner -> after.put("owner", Value.text(owner)));
    want.group().ifPresent(group -> after.put("group", Value.text(group)));
    String mode =
        want.mode()
            .map(it -> String.format(Locale.ROOT, "%04o", it.applyTo(usual, directory)))
            .orElse("");
    // What is made has the usual mode first, and then the one that is wanted.
    String made = String.format(Locale.ROOT, "%04o", usual);
    if (!mode.isEmpty() && !mode.equals(made)) {
      before.put("mode", Value.text(made));
      after.put("mode", Value.text(mode));
    }
    return new AttributeChange(
        mode, want.owner().orElse(""), want.group().orElse(""), before, after);
  }

  private static Diff states(
      String path,
      PathInfo now,
      String state,
      Map<String, Value> before,
      Map<String, Value> after) {
    Map<String, Value> old = new LinkedHashMap<>();
    Map<String, Value> fresh = new LinkedHashMap<>();
    old.put("path", Value.text(path));
    fresh.put("path", Value.text(path));
    if (!now.state().equals(state)) {
      old.put("state", Value.text(now.state()));
      fresh.put("state", Value.text(state));
    }
    old.putAll(before);
    fresh.putAll(after);
    return new Diff.Properties(old, fresh);
  }

  private static Verdict rejected(String path, String message) {
    return new Verdict.Rejected(Result.failure(message).with("path", path));
  }
}
