package dev.hearth.module.files;

import dev.hearth.fact.DirectoryTree;
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
          + MissingDirectories.FUNCTION
          + """
          make_directories "$1" "$2" "$3" "$4" || exit 1
          describe "$1"
          """;

  private static final String REMOVE = "rm -rf -- \"$1\"\n";

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

  /** What gets flags and SELinux context. */
  static Optional<FileMarking.Target> marked(Args want) {
    boolean link = want.state().equals(Optional.of(State.LINK));
    return want.state().equals(Optional.of(State.ABSENT))
        ? Optional.empty()
        : Optional.of(
            new FileMarking.Target(
                want.path(),
                want.follow() && !link,
                want.recurse() ? FileMarking.Target.Reach.BELOW : FileMarking.Target.Reach.ALONE));
  }

  /** What src leads to: from the link's own directory, if it is a link that is wanted. */
  private static String source(Args want, HostPath src) {
    String text = HostPath.trimmed(src.text());
    return want.state().equals(Optional.of(State.LINK))
        ? FileLinks.absolute(text, HostPath.trimmed(want.path()))
        : text;
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
      case FILE -> FileTouch.existing(want, path, now, host);
      case TOUCH -> FileTouch.touch(want, path, now, host);
      case LINK -> new FileLinks(want, path, now).symbolic(host);
      case HARD -> new FileLinks(want, path, now).hard(host);
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
        List.of(
            now.self().directory()
                ? new Diff.Removed(path, new DirectoryTree(path))
                : states(path, now.self(), "absent", Map.of(), Map.of())),
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

  /** What is there keeps its content and gets its properties. */
  static Verdict attributes(Args want, String path, PathStatus now, String key) {
    PathInfo there = now.info(want.follow());
    AttributeChange change = AttributeChange.of(want.attributes(), there);
    Result base = Result.ok().with(key, path);
    if (!change.needed()) {
      return Verdict.satisfied(PathResult.with(base, there));
    }
    return PathResult.changes(
        List.of(change.step(path, want.follow())),
        List.of(
            states(
                path,
                there,
                key.equals("dest") ? "touch" : there.state(),
                change.before(),
                change.after())),
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

  /** What changes, the state only when it does. */
  static Diff states(
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

  /** Refused, with the path. */
  static Verdict rejected(String path, String message) {
    return new Verdict.Rejected(Result.failure(message).with("path", path));
  }
}
