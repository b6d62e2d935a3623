package dev.hearth.module.commands;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.GlobExists;
import dev.hearth.module.Arg;
import dev.hearth.plan.Result;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What decides whether a command runs at all, and where.
 *
 * @param chdir directory to run in
 * @param creates not run when this exists
 * @param removes not run when this does not exist
 */
public record Guards(
    @Arg(doc = "Directory to run in.") Optional<String> chdir,
    @Arg(doc = "Do not run when this path, or anything that matches this pattern, exists.")
        Optional<String> creates,
    @Arg(doc = "Do not run when neither this path nor anything that matches this pattern exists.")
        Optional<String> removes) {

  /** Enters the directory that the first word names, and has {@link Ending#CLOCK}. */
  static final String ENTER =
      Ending.CLOCK
          + """
          [ -z "$1" ] || case $1 in
            '~') cd -- "$HOME" ;;
            '~/'*) cd -- "$HOME/${1#'~/'}" ;;
            *) cd -- "$1" ;;
          esac || { printf '\\036' >&2; exit 1; }
          """;

  /** What has to be known. */
  List<Fact<?>> reads() {
    List<Fact<?>> facts = new ArrayList<>();
    creates.ifPresent(path -> facts.add(new GlobExists(chdir.orElse(""), path)));
    removes.ifPresent(path -> facts.add(new GlobExists(chdir.orElse(""), path)));
    return facts;
  }

  /** The result when there is nothing to run. */
  Optional<Result> satisfied(Facts host) {
    return done(host)
        ? Optional.of(notRun("since '" + creates.orElseThrow() + "' exists"))
        : gone(host)
            ? Optional.of(notRun("since '" + removes.orElseThrow() + "' does not exist"))
            : Optional.empty();
  }

  /** Why there is nothing to run, as it is told of a script. */
  Optional<String> needless(Facts host) {
    return done(host)
        ? Optional.of(creates.orElseThrow() + " exists, matching creates option")
        : gone(host)
            ? Optional.of(removes.orElseThrow() + " does not exist, matching removes option")
            : Optional.empty();
  }

  private boolean done(Facts host) {
    return creates.isPresent() && host.get(new GlobExists(chdir.orElse(""), creates.get()));
  }

  private boolean gone(Facts host) {
    return removes.isPresent() && !host.get(new GlobExists(chdir.orElse(""), removes.get()));
  }

  /**
   * What check mode reports: with a guard it is known that something would run. As in Ansible, a
   * skipped command has not changed anything, and has the values that conditions ask for.
   */
  Result predicted() {
    String message = "Command would have run if not in check mode";
    Result result = guarded() ? Result.changedNow().with("msg", message) : Result.skip(message);
    return ended(result, "");
  }

  /** Whether it is known that something would run. */
  boolean guarded() {
    return creates.isPresent() || removes.isPresent();
  }

  private static Result notRun(String reason) {
    String said = "skipped, " + reason.replace("'", "");
    return ended(Result.ok().with("msg", "Did not run command " + reason), said);
  }

  /** The values of a command that printed this without having run. */
  private static Result ended(Result result, String said) {
    return result
        .with("rc", 0)
        .with("stdout", said)
        .with("stdout_lines", said.isEmpty() ? Value.Seq.of() : Value.Seq.of(Value.text(said)))
        .with("stderr", "")
        .with("stderr_lines", Value.Seq.of())
        .with("start", Value.NULL)
        .with("end", Value.NULL)
        .with("delta", Value.NULL);
  }
}
