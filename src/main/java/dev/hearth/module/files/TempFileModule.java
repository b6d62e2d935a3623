package dev.hearth.module.files;

import dev.hearth.fact.Facts;
import dev.hearth.fact.HostPath;
import dev.hearth.fact.PathFact;
import dev.hearth.fact.PathStatus;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Script;
import java.util.List;
import java.util.Optional;

/** {@code ansible.builtin.tempfile}: a new file or directory with a name of its own. */
public final class TempFileModule implements Module<TempFileModule.Args> {

  /** What is made. */
  public enum State {
    /** A file. */
    FILE,
    /** A directory. */
    DIRECTORY
  }

  /** The parameters. */
  public record Args(
      @Arg(doc = "What is made.", defaultsTo = "file") State state,
      @Arg(doc = "The directory in which it is made; the host's own for such files otherwise.")
          Optional<String> path,
      @Arg(doc = "What its name begins with.", defaultsTo = "ansible.") String prefix,
      @Arg(doc = "What its name ends with.") Optional<String> suffix) {}

  /** The paths that such a name could have. */
  private static final String LIST =
      """
      for f in "$1/$2"*"$3"; do
        [ ! -e "$f" ] || printf '%s\\n' "$f"
      done
      """;

  /** The name is made first because busybox wants its random part at the end. */
  private static final String MAKE =
      PathFact.DESCRIBE
          + """
          umask 077
          [ -d "$2" ] || { echo "there is no directory $2" >&2; exit 1; }
          n=0
          while [ "$n" -lt 20 ]; do
            n=$((n + 1))
            path=$(mktemp -u "$2/$3XXXXXXXX")$4 || exit 1
            if [ "$1" = directory ]; then
              mkdir -- "$path" 2>/dev/null || continue
            else
              (set -C; : >"$path") 2>/dev/null || continue
            fi
            printf '%s\\n' "$path"
            describe "$path"
            exit
          done
          echo "cannot make a $1 in $2" >&2
          exit 1
          """;

  @Override
  public Spec<Args> spec() {
    return Spec.of("ansible.builtin.tempfile", Args.class, "Makes a temporary file or directory.");
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.prefix().contains("/") || want.suffix().orElse("").contains("/")) {
      throw new Refusal("prefix and suffix are parts of a name and cannot contain a slash");
    }
    String directory = want.path().map(path -> new HostPath(path).on(host)).orElse("/tmp");
    String kind = want.state() == State.FILE ? "file" : "directory";
    List<Step> steps =
        List.of(
            Step.change(
                "make a temporary " + kind + " in " + directory,
                Script.of(MAKE, kind, directory, want.prefix(), want.suffix().orElse("")),
                new Undo.Appeared(
                    Script.of(LIST, directory, want.prefix(), want.suffix().orElse("")),
                    Script.of("rm -rf -- \"$@\"\n"))));
    return Verdict.changes(steps, List.of(), Result.changedNow())
        .telling(
            (result, ends) -> {
              String[] parts = ends.getLast().out().split("\n", 2);
              return PathResult.with(
                  result.with("path", parts[0]), PathStatus.parse(parts[1]).self());
            });
  }
}
