package dev.hearth.module.files;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.HostPath;
import dev.hearth.fact.PathFact;
import dev.hearth.fact.PathInfo;
import dev.hearth.fact.PathStatus;
import dev.hearth.module.Arg;
import dev.hearth.module.FileAttributes;
import dev.hearth.module.FileMode;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** {@code community.general.archive}: files and directories of the host in one archive there. */
public final class ArchiveModule implements Module<ArchiveModule.Args> {

  /** The parameters. */
  public record Args(
      @Arg(doc = "What goes into it: paths on the host, or patterns with `*` and `?`.")
          List<String> path,
      @Arg(
              doc = "How it is compressed; everything but zip is a tar unless it is one file.",
              choices = {"bz2", "gz", "tar", "xz", "zip"},
              defaultsTo = "gz")
          String format,
      @Arg(doc = "The archive; beside the file when that is the only one.") Optional<String> dest,
      @Arg(doc = "Paths, or patterns of paths, that `path` does not mean.")
          List<String> excludePath,
      @Arg(doc = "Patterns; what they match is left out, in directories as well.")
          List<String> exclusionPatterns,
      @Arg(doc = "Make an archive also of one file.", defaultsTo = "false") boolean forceArchive,
      @Arg(doc = "Remove what went into it.", defaultsTo = "false") boolean remove,
      @Inline FileAttributes attributes) {}

  /**
   * Made in a directory that nobody else can enter, compared with what is there, then renamed. Two
   * zips are the same when the names and checksums in them are, whatever times they tell. Patterns
   * come in on standard input.
   */
  private static final String ARCHIVE =
      PathFact.DESCRIBE
          + AttributeChange.FUNCTION
          + """
          dest=$1 format=$2 whole=$3 remove=$4 root=$5 keep=$6 mode=$7 owner=$8
          group=$9
          shift 9
          usual=$(printf '%04o' $((0666 & ~0$(umask))))
          umask 077
          case $dest in */*) dir=${dest%/*}/ ;; *) dir=./ ;; esac
          [ -d "$dir" ] || { echo "the directory ${dir%/} does not exist" >&2; exit 1; }
          need() {
            command -v "$1" >/dev/null 2>&1 || {
              echo "$1 is not on the host; install the package $1 first" >&2
              exit 1
            }
          }
          case $format in
            gz) tool=gzip ;;
            bz2) tool=bzip2 ;;
            xz) tool=xz ;;
            zip) tool=zip ;;
            *) tool=cat ;;
          esac
          need "$tool"
          squeeze() {
            "$tool" <"$1" >"$new" 2>"$work/complaint" || {
              echo "$tool cannot compress; install the package of the real $tool first" >&2
              head -n 1 "$work/complaint" >&2
              exit 1
            }
          }
          work=$(mktemp -d "$dir.hearth.XXXXXX") || exit 1
          trap 'rm -rf -- "$work"' EXIT
          trap 'exit 130' HUP INT TERM
          work=$(cd -- "$work" && pwd) || exit 1
          case $dest in /*) ;; *) dest=$PWD/$dest ;; esac
          cat >"$work/patterns"
          pick() {
            while IFS= read -r path; do
              [ "$path" != "$dest" ] || continue
              out=
              name=${path#"$root"}
              [ "$format" != zip ] || name=$path
              while IFS= read -r pattern; do
                case $name in $pattern) out=yes ;; esac
              done <"$work/patterns"
              [ -n "$out" ] || printf '%s\\n' "$path"
            done
          }
          for path do
            if [ -d "$path" ] && [ ! -L "$path" ]; then
              find "${path%/}/" ! -path "$work*" ! -path "${path%/}/" | sed 's,//,/,g'
            elif [ -d "$path" ]; then
              find -H "${path%/}" ! -path "$work*" ! -path "${path%/}"
            else
              printf '%s\\n' "$path"
            fi
          done | LC_ALL=C sort | pick >"$work/members"
          sed "s,^$(printf '%s' "$root" | sed 's/[][\\\\.*^$,]/\\\\&/g'),," "$work/members" >"$work/names"
          while IFS= read -r path; do
            [ -e "$path" ] || [ -L "$path" ] || {
              echo "a name with a line end in it cannot go into an archive: $path" >&2
              exit 1
            }
          done <"$work/members" || exit 1
          new=$work/new
          same=
          if [ -n "$whole" ] && [ "$format" = zip ]; then
            (cd -- "${root:-.}" && zip -X -q "$new.zip" -@ <"$work/names") >&2 || exit 1
            mv "$new.zip" "$new" || exit 1
            if [ -f "$dest" ] && command -v unzip >/dev/null 2>&1; then
              sums() {
                unzip -v "$1" 2>/dev/null | sed -n 's/^.* \\([0-9a-f]\\{8\\}\\)  \\(.*\\)$/\\1 \\2/p' | sort
              }
              sums "$new" >"$work/one" && sums "$dest" >"$work/two"
              [ ! -s "$work/two" ] || ! cmp -s "$work/one" "$work/two" || same=yes
            fi
          elif [ -n "$whole" ]; then
            need tar
            tar --help >"$work/help" 2>&1
            grep -q -e --no-recursion "$work/help" || {
              echo "the host's tar knows no --no-recursion; install the package tar first" >&2
              exit 1
            }
            verbatim=
            ! grep -q -e --verbatim-files-from "$work/help" || verbatim=--verbatim-files-from
            if grep -q '[[:space:]]-T' "$work/help"; then
              tar -C "${root:-.}" --no-recursion -cf "$work/tar" $verbatim -T "$work/names" || exit 1
            else
              (
                set --
                while IFS= read -r name; do set -- "$@" "$name"; done <"$work/names"
                exec tar -C "${root:-.}" --no-recursion -cf "$work/tar" -- "$@"
              ) || exit 1
            fi
            if [ -f "$dest" ]; then
              case $format in
                tar) cat <"$dest" ;;
                *) "$tool" -dc <"$dest" 2>/dev/null ;;
              esac | cmp -s - "$work/tar" && same=yes
            fi
            if [ "$format" = tar ]; then
              mv "$work/tar" "$new" || exit 1
            else
              squeeze "$work/tar"
            fi
          else
            squeeze "$1"
            [ ! -f "$dest" ] || ! "$tool" -dc <"$dest" 2>/dev/null | cmp -s - "$1" || same=yes
          fi
          changed=no
          now=
          [ ! -e "$dest" ] || now=$(describe "$dest" | cut -d' ' -f1-6)
          if [ -z "$same" ]; then
            changed=yes
            [ ! -d "$dest" ] || { echo "$dest is a directory; name a file" >&2; exit 1; }
            [ -z "$keep" ] || chown "$keep" "$new" 2>/dev/null || :
            attributes "$new" "${mode:-$usual}" "$owner" "$group" || exit 1
            sync "$new" 2>/dev/null || sync
            mv -f -- "$new" "$dest" || exit 1
          else
            attributes "$dest" "$mode" "$owner" "$group" || exit 1
            [ "$now" = "$(describe "$dest" | cut -d' ' -f1-6)" ] || changed=yes
          fi
          if [ -n "$remove" ]; then
            for path do rm -rf -- "${path%/}" || exit 1; done
          fi
          printf '%s\\n' "$changed"
          describe "$dest" | head -n 1
          cat "$work/members"
          """;

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.archive",
        Args.class,
        "Puts files and directories of the host into an archive on it, or compresses one file. An"
            + " archive that would be just the same stays as it is.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    List<Fact<?>> facts = new ArrayList<>();
    all(want).forEach(path -> new HostPath(path).needs().ifPresent(facts::add));
    want.dest()
        .ifPresent(
            dest ->
                new HostPath(dest)
                    .needs()
                    .ifPresentOrElse(
                        facts::add, () -> facts.add(new PathFact(HostPath.trimmed(dest)))));
    return facts;
  }

  private static List<String> all(Args want) {
    List<String> paths = new ArrayList<>(want.path());
    paths.addAll(want.excludePath());
    return paths;
  }

  /** The slash at the end of a path counts: what is archived of it is then below it. */
  private static String on(String path, Facts host) {
    String expanded = new HostPath(path).on(host);
    return path.endsWith("/") && !expanded.equals("/") ? expanded + "/" : expanded;
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.path().isEmpty()) {
      throw new Refusal("path names nothing; give at least one path");
    }
    ArchiveSources asked =
        new ArchiveSources(want.path().stream().map(path -> on(path, host)).toList());
    Map<String, ArchiveSources.Kind> found = host.get(asked);
    Collection<String> excluded =
        want.excludePath().isEmpty()
            ? List.of()
            : host.get(
                    new ArchiveSources(
                        want.excludePath().stream().map(path -> on(path, host)).toList()))
                .keySet();
    TreeSet<String> paths = new TreeSet<>(found.keySet());
    paths.removeAll(excluded);
    if (paths.isEmpty()) {
      throw new Refusal("Error, no source paths were found");
    }
    boolean patterns = asked.paths().stream().anyMatch(path -> path.matches("(?s).*[*?].*"));
    boolean whole =
        want.forceArchive()
            || patterns
            || paths.size() > 1
            || found.get(paths.first()) == ArchiveSources.Kind.DIRECTORY;
    if (whole && want.dest().isEmpty()) {
      throw new Refusal("an archive of several files or of a directory needs dest: where it goes");
    }
    String dest =
        want.dest()
            .map(path -> new HostPath(path).on(host))
            .orElseGet(() -> paths.first() + "." + want.format());
    List<String> targets = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String path : paths) {
      (found.get(path) == ArchiveSources.Kind.ABSENT ? missing : targets).add(path);
    }
    if (want.remove()
        && targets.stream()
            .anyMatch(path -> dest.startsWith(path.endsWith("/") ? path : path + "/"))) {
      throw new Refusal(
          "the archive would lie in what is removed; choose another dest or set remove to false");
    }
    Result base =
        Result.ok()
            .with("dest", dest)
            .with("arcroot", root(paths))
            .with("missing", texts(missing))
            .with("expanded_paths", texts(found.keySet()))
            .with("expanded_exclude_paths", texts(excluded));
    PathInfo there = host.get(new PathFact(dest)).followed();
    return targets.isEmpty()
        ? nothing(want, dest, there, base)
        : archive(want, dest, there, whole, targets, missing, root(paths), base);
  }

  /** What all paths have in common, as far as whole names go, with a slash at its end. */
  static String root(Collection<String> paths) {
    String common = null;
    for (String path : paths) {
      String parent = path.substring(0, path.lastIndexOf('/') + 1);
      int same = 0;
      while (common != null
          && same < Math.min(common.length(), parent.length())
          && common.charAt(same) == parent.charAt(same)) {
        same++;
      }
      common = common == null ? parent : common.substring(0, same);
    }
    return common == null ? "" : common.substring(0, common.lastIndexOf('/') + 1);
  }

  /** All sources are gone, as after a run with {@code remove}: the archive stays as it is. */
  private static Verdict nothing(Args want, String dest, PathInfo there, Result base) {
    String state =
        !there.exists()
            ? "absent"
            : HostPath.name(dest).matches("(?i).*\\.(tar|tar\\.(gz|bz2|xz)|tgz|tbz2|zip)")
                ? "archive"
                : "compress";
    Result result = base.with("dest_state", state).with("archived", new Value.Seq(List.of()));
    AttributeChange change = AttributeChange.of(want.attributes(), there);
    return !there.exists() || !change.needed()
        ? Verdict.satisfied(result)
        : Verdict.changes(
            List.of(change.step(dest, true)),
            List.of(Diff.Properties.of(dest, change.before(), change.after())),
            result.changed(true));
  }

  private static Verdict archive(
      Args want,
      String dest,
      PathInfo there,
      boolean whole,
      List<String> targets,
      List<String> missing,
      String root,
      Result base) {
    boolean members = whole || want.format().equals("zip") || want.format().equals("tar");
    String state = !whole && !members ? "compress" : missing.isEmpty() ? "archive" : "incomplete";
    List<String> words = new ArrayList<>();
    words.add(dest);
    words.add(want.format());
    words.add(members ? "whole" : "");
    words.add(want.remove() ? "remove" : "");
    words.add(root);
    words.add(there.file() ? there.uid() + ":" + there.gid() : "");
    words.add(
        want.attributes()
            .mode()
            .map(it -> FileMode.show(it.applyTo(there.file() ? there.mode() : 0644, false)))
            .orElse(there.file() ? FileMode.show(there.mode()) : ""));
    words.add(want.attributes().owner().orElse(""));
    words.add(want.attributes().group().orElse(""));
    words.addAll(targets);
    List<Undo> undo = new ArrayList<>(List.of(Undo.restore(dest)));
    if (want.remove()) {
      undo.add(new Undo.RestoreTrees(targets.stream().map(HostPath::trimmed).toList()));
    }
    String patterns = String.join("\n", want.exclusionPatterns());
    Map<String, Value> after = new LinkedHashMap<>();
    after.put("state", Value.text(state));
    after.put("archived from", texts(targets));
    return Verdict.changes(
            List.of(
                Step.change(
                    "archive " + String.join(", ", targets) + " as " + dest,
                    Script.of(ARCHIVE, words.toArray(String[]::new))
                        .reading(
                            patterns.isEmpty()
                                ? Payload.none()
                                : Payload.of(Value.text(patterns + "\n"))),
                    undo.size() == 1 ? undo.getFirst() : new Undo.Several(undo))),
            List.of(Diff.Properties.of(dest, Map.of("state", Value.text(there.state())), after)),
            base.changed(whole || !there.exists()).with("dest_state", state))
        .telling((result, ends) -> told(result, ends.getLast()));
  }

  private static Result told(Result result, Outcome.Exited end) {
    List<String> lines = end.out().lines().toList();
    return PathResult.with(
            result.changed(lines.getFirst().equals("yes")),
            PathStatus.parse(lines.get(1) + "\n").followed())
        .with("archived", texts(lines.subList(2, lines.size())));
  }

  private static Value texts(Collection<String> all) {
    return new Value.Seq(all.stream().<Value>map(Value::text).toList());
  }
}
