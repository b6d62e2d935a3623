package dev.hearth.module.files;

import dev.hearth.fact.Facts;
import dev.hearth.module.ControllerListing;
import dev.hearth.module.Refusal;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code synchronize} has to remove, send and set.
 *
 * @param want the parameters
 * @param options those and rsync's together
 * @param source what this machine has
 * @param dest the directory that rsync would make if it is not there
 * @param root what paths are relative to on the host
 * @param single the name that a single file gets; empty for a directory
 * @param shown what stands before paths in the list of changes
 */
record SyncPlan(
    Synchronize.Args want,
    SyncOptions options,
    ControllerListing source,
    String dest,
    String root,
    String single,
    String shown) {

  private static final String REMOVE =
      """
      cd -- "$1" || exit 1
      while IFS= read -r path; do
        if [ -d "$path" ] && [ ! -L "$path" ]; then
          rmdir -- "$path" || exit 1
        else
          rm -f -- "$path" || exit 1
        fi
      done
      """;

  private static final String UNPACK =
      TreeMove.FUNCTION
          + """
          dest=$1 root=$2 times=$3
          [ -d "$dest" ] || mkdir -- "$dest" || exit 1
          [ -d "$root" ] || mkdir -- "$root" || exit 1
          umask 077
          work=$(mktemp -d "$root/.hearth.XXXXXX") || exit 1
          trap 'rm -rf -- "$work"' EXIT
          trap 'exit 130' HUP INT TERM
          root=$(cd -- "$root" && pwd) || exit 1
          command -v tar >/dev/null 2>&1 || {
            echo "tar is not on the host; install the package tar first" >&2
            exit 1
          }
          cd -P -- "$work" || exit 1
          [ "$(stat -c '%u %a' .)" = "$(id -u) 700" ] || {
            echo "somebody else is changing $root meanwhile" >&2
            exit 1
          }
          if [ -n "$times" ]; then tar -xpf - || exit 1; else tar -xpmf - || exit 1; fi
          sync
          move "$root"
          """;

  /** A line for each: mode, owner, time (a dash to leave it) and the path. */
  private static final String ATTRIBUTES =
      """
      cd -- "$1" || exit 1
      while read -r mode owner time path; do
        [ "$owner" = - ] || chown -h "$owner" "$path" || exit 1
        [ "$mode" = - ] || chmod "0$mode" "$path" || exit 1
        [ "$time" = - ] || touch -d "@$time" "$path" || exit 1
      done
      """;

  Verdict verdict(Facts host) {
    Map<String, ControllerListing.Entry> wanted = wanted();
    List<String> files =
        wanted.values().stream()
            .filter(entry -> entry.kind() == ControllerListing.Kind.FILE)
            .map(ControllerListing.Entry::path)
            .toList();
    boolean sums = options.checksum() || !options.times();
    SyncContents fact =
        new SyncContents(
            single.isEmpty() ? root : root + "/" + single,
            sums ? files : List.of(),
            names(wanted, ControllerListing.Entry::owner, options.owner(), options.asOwner()),
            names(wanted, ControllerListing.Entry::group, options.group(), options.asGroup()));
    SyncContents.Listing there = host.get(fact);
    if (there.rootIsFile() && single.isEmpty()) {
      throw new Refusal(root + " is no directory on the host");
    }
    SyncDifference difference = new SyncDifference(this, wanted, there);
    return difference.nothing()
        ? Verdict.satisfied(result(difference))
        : Verdict.changes(
            steps(difference, wanted),
            List.of(new Diff.Prepared(String.join("\n", difference.told) + "\n")),
            result(difference).changed(true));
  }

  private Map<String, ControllerListing.Entry> wanted() {
    Map<String, ControllerListing.Entry> wanted = new LinkedHashMap<>();
    for (ControllerListing.Entry entry : source.entries()) {
      boolean directory = entry.kind() == ControllerListing.Kind.DIRECTORY;
      String path = single.isEmpty() ? entry.path() : single;
      boolean out =
          source.directory() && !reaches(entry.path())
              || !entry.path().isEmpty() && options.filter().leavesOut(entry.path(), directory)
              || entry.kind() == ControllerListing.Kind.LINK && !options.links();
      if (path.contains("\n") || entry.target().contains("\n")) {
        throw new Refusal(
            source.path() + " has a name with a line end in it, which is not supported");
      }
      if (!out) {
        wanted.put(path, options.chmod().of(entry));
      }
    }
    return wanted;
  }

  /** Without what is in directories only those go that are named, or lie in one with a slash. */
  private boolean reaches(String path) {
    return want.recurses() || path.isEmpty() || source.name().endsWith("/") && !path.contains("/");
  }

  private List<String> names(
      Map<String, ControllerListing.Entry> wanted,
      java.util.function.Function<ControllerListing.Entry, ControllerListing.Account> account,
      boolean counts,
      Optional<String> same) {
    if (!counts) {
      return List.of();
    }
    return same.map(List::of)
        .orElseGet(
            () ->
                options.numeric()
                    ? List.of()
                    : wanted.values().stream()
                        .map(entry -> account.apply(entry).name())
                        .distinct()
                        .sorted()
                        .toList());
  }

  private static Result result(SyncDifference difference) {
    List<String> told = difference.told;
    return Result.ok()
        .with("msg", told.isEmpty() ? "" : String.join("\n", told) + "\n")
        .with("rc", 0)
        .with("stdout_lines", new Value.Seq(told.stream().<Value>map(Value::text).toList()));
  }

  private List<Step> steps(SyncDifference difference, Map<String, ControllerListing.Entry> wanted) {
    List<Step> steps = new ArrayList<>();
    if (!difference.removed.isEmpty()) {
      List<String> deepest = new ArrayList<>(difference.removed);
      deepest.sort(Collections.reverseOrder());
      steps.add(
          Step.change(
              "remove " + difference.removed.size() + " entries below " + root,
              Script.of(REMOVE, root)
                  .reading(Payload.of(Value.text("./" + String.join("\n./", deepest) + "\n"))),
              undoOfRemoval(difference)));
    }
    if (!difference.sent.isEmpty()) {
      List<String> paths = new ArrayList<>();
      if (!dest.equals(root)) {
        paths.add(dest);
      }
      paths.add(root);
      difference.sent.stream()
          .filter(path -> !path.isEmpty())
          .forEach(path -> paths.add(root + "/" + path));
      steps.add(
          Step.change(
              "send " + difference.sent.size() + " entries of " + source.path() + " to " + root,
              Script.of(UNPACK, dest, root, options.times() ? "times" : "")
                  .reading(difference.archive.end()),
              new Undo.Restore(paths)));
    }
    // What was put into a directory, or taken out of it, made it younger.
    if (options.times() && options.directoryTimes() && !steps.isEmpty() && single.isEmpty()) {
      wanted.forEach(
          (path, entry) -> {
            if (entry.kind() == ControllerListing.Kind.DIRECTORY
                && (!want.existingOnly() || difference.at(path).isPresent())) {
              difference.set.add(
                  difference.line(-1, -1, -1, path.isEmpty() ? "." : "./" + path, entry));
            }
          });
    }
    if (!difference.set.isEmpty()) {
      steps.add(
          Step.change(
              "set modes, owners and times below " + root,
              Script.of(ATTRIBUTES, root)
                  .reading(Payload.of(Value.text(String.join("\n", difference.set) + "\n"))),
              single.isEmpty()
                  ? new Undo.RestoreAttributes(List.of(root))
                  : Undo.restore(root + "/" + single)));
    }
    return steps;
  }

  private Undo undoOfRemoval(SyncDifference difference) {
    List<String> trees = new ArrayList<>();
    List<String> files = new ArrayList<>();
    for (String path : difference.removed) {
      if (difference.removed.contains(SyncDifference.parent(path))) {
        continue;
      }
      boolean directory = difference.at(path).filter(SyncContents.Entry::directory).isPresent();
      (directory ? trees : files).add(root + "/" + path);
    }
    List<Undo> parts = new ArrayList<>();
    if (!trees.isEmpty()) {
      parts.add(new Undo.RestoreTrees(trees));
    }
    if (!files.isEmpty()) {
      parts.add(new Undo.Restore(files));
    }
    return parts.size() == 1 ? parts.getFirst() : new Undo.Several(parts);
  }
}
