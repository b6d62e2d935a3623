package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Groups, by groupadd and its sisters, or busybox's addgroup. */
public final class Group implements Module<Group.Args> {

  private static final String ADD =
      AccountFile.FREE
          + """
          n=$1 gid=$2 system=$3 again=$4 local=$5
          shift 5
          if [ -n "$local" ]; then
            set --
            [ -z "$gid" ] || set -- "$@" -g "$gid"
            [ "$system" = no ] || set -- "$@" -r
            lgroupadd "$@" "$n" || exit
          elif command -v groupadd >/dev/null; then
            [ -z "$gid" ] || set -- "$@" -g "$gid"
            [ "$again" = no ] || set -- "$@" -o
            [ "$system" = no ] || set -- "$@" -r
            groupadd "$@" -- "$n" || exit
          else
            least='' most=''
            for w; do
              case $w in
                GID_MIN=*) least=${w#*=} ;;
                GID_MAX=*) most=${w#*=} ;;
              esac
            done
            if [ -z "$gid" ] && [ -n "$least$most" ]; then gid=$(free "$least" "$most" /etc/group) || exit; fi
            set --
            [ -z "$gid" ] || set -- "$@" -g "$gid"
            [ "$system" = no ] || set -- "$@" -S
            addgroup "$@" "$n" || exit
          fi
          grep "^$n:" /etc/group
          """;

  private static final String DELETE =
      """
      [ "$2" != local ] || exec lgroupdel "$1"
      if command -v groupdel >/dev/null; then
        if [ "$2" = yes ]; then exec groupdel -f -- "$1"; else exec groupdel -- "$1"; fi
      fi
      exec delgroup "$1"
      """;

  /** The arguments of {@code group}. */
  public record Args(
      @Arg(doc = "The group's name.") String name,
      @Arg(
              doc = "Whether there is such a group.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "Its number.") Optional<Integer> gid,
      @Arg(doc = "Take the number from the range for system groups.", defaultsTo = "false")
          boolean system,
      @Arg(
              doc =
                  "Only the host's own files count, not those of a directory service; needs libuser"
                      + " on the host.",
              defaultsTo = "false")
          boolean local,
      @Arg(doc = "Let the number be one that another group has.", defaultsTo = "false")
          boolean nonUnique,
      @Arg(doc = "Remove it even if it is some user's primary group.", defaultsTo = "false")
          boolean force,
      @Arg(doc = "Least number that it may get; only when it is made.") Optional<Integer> gidMin,
      @Arg(doc = "Largest number that it may get; only when it is made.")
          Optional<Integer> gidMax) {

    /** How a group is removed, for the script. */
    private String removal() {
      return local ? "local" : force ? "yes" : "no";
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.group",
        Args.class,
        "Makes, renumbers and removes groups. Where groupmod is missing, as on Alpine, users keep"
            + " the number of their primary group when it gets another one.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(fact(want));
  }

  private static GroupFact fact(Args want) {
    return new GroupFact(want.name(), want.gid().map(Object::toString).orElse(""), want.local());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.local()) {
      if (want.gidMin().isPresent() || want.gidMax().isPresent()) {
        throw new Refusal("gid_min and gid_max can not be used with local: true");
      }
      if (want.force() || want.nonUnique()) {
        throw new Refusal("force and non_unique can not be used with local: true");
      }
    }
    if (want.nonUnique() && want.gid().isEmpty()) {
      throw new Refusal("non_unique needs gid");
    }
    GroupFact.Answer answer = host.get(fact(want));
    Optional<Integer> gid = answer.gid();
    boolean busybox = answer.tools() == AccountTools.Kind.BUSYBOX;
    Result result = Result.ok().with("name", want.name()).with("state", want.state());
    if (want.state().equals("absent")) {
      if (gid.isEmpty()) {
        return Verdict.satisfied(result);
      }
      possible(want, answer);
      return changes(
          List.of(
              Step.change(
                  "remove the group " + want.name(),
                  busybox && want.force()
                      ? AccountFile.remove("/etc/group", want.name())
                      : Script.of(DELETE, want.name(), want.removal()),
                  Undo.restore("/etc/group", "/etc/gshadow")
                      .and(SystemWatches.group(want.name())))),
          "present",
          "absent",
          result);
    }
    if (gid.isEmpty()) {
      possible(want, answer);
      return create(want, answer, result.with("system", want.system()));
    }
    Result known = result.with("system", want.system());
    if (want.gid().isEmpty() || want.gid().equals(gid)) {
      return Verdict.satisfied(known.with("gid", gid.get()));
    }
    possible(want, answer);
    return changes(
        List.of(
            Step.change(
                "renumber the group " + want.name(),
                renumber(answer.tools(), want.name(), want.gid().get(), want.nonUnique()),
                new Undo.Run(
                        "give the group " + want.name() + " its former number",
                        renumber(answer.tools(), want.name(), gid.get(), true))
                    .and(SystemWatches.group(want.name())))),
        "gid " + gid.get(),
        "gid " + want.gid().get(),
        known.with("gid", want.gid().get()));
  }

  /** As in Ansible, without groupmod the users keep the number of their primary group. */
  private static Script renumber(AccountTools.Kind tools, String name, int gid, boolean again) {
    if (tools == AccountTools.Kind.LIBUSER) {
      return Script.of("exec lgroupmod -g \"$1\" \"$2\"\n", Integer.toString(gid), name);
    }
    if (tools == AccountTools.Kind.BUSYBOX) {
      return AccountFile.set("/etc/group", name, List.of("3", Integer.toString(gid)));
    }
    List<String> words = new ArrayList<>(List.of("-g", Integer.toString(gid)));
    if (again) {
      words.add("-o");
    }
    words.addAll(List.of("--", name));
    return Script.of("exec groupmod \"$@\"\n", words.toArray(String[]::new));
  }

  /** Refuses what the host's programs would refuse later. */
  private static void possible(Args want, GroupFact.Answer answer) {
    if (answer.tools() == AccountTools.Kind.NONE) {
      throw new Refusal(
          want.local()
              ? "local: true needs lgroupadd; install the package libuser on the host first"
              : "neither groupadd nor busybox's addgroup is on this host; install the package that"
                  + " has groupadd (passwd on Debian, shadow on Alpine, shadow-utils on Red"
                  + " Hat)");
    }
    if (want.state().equals("present") && answer.holder().isPresent() && !want.nonUnique()) {
      throw new Refusal(
          "the gid "
              + want.gid().orElseThrow()
              + " is that of the group "
              + answer.holder().get()
              + "; take another, or set non_unique: true");
    }
  }

  private static Verdict create(Args want, GroupFact.Answer answer, Result result) {
    // addgroup gives no number that is taken: it follows when the group is there.
    boolean follows = answer.tools() == AccountTools.Kind.BUSYBOX && answer.holder().isPresent();
    List<String> words =
        new ArrayList<>(
            List.of(
                want.name(),
                follows ? "" : want.gid().map(Object::toString).orElse(""),
                want.system() ? "yes" : "no",
                want.nonUnique() ? "yes" : "no",
                want.local() ? "local" : ""));
    want.gidMin().ifPresent(least -> words.addAll(List.of("-K", "GID_MIN=" + least)));
    want.gidMax().ifPresent(most -> words.addAll(List.of("-K", "GID_MAX=" + most)));
    List<Step> steps = new ArrayList<>();
    steps.add(
        Step.change(
            "make the group " + want.name(),
            Script.of(ADD, words.toArray(String[]::new)),
            new Undo.Run(
                    "remove the group " + want.name(),
                    Script.of(DELETE, want.name(), want.local() ? "local" : "no"))
                .and(SystemWatches.group(want.name()))));
    if (follows) {
      steps.add(
          Step.change(
              "renumber the group " + want.name(),
              renumber(answer.tools(), want.name(), want.gid().orElseThrow(), true),
              new Undo.Nothing("the number goes with the group")));
    }
    Verdict.Changes simple = changes(steps, "absent", "present", result);
    return new Verdict.Changes(
        simple.steps(),
        simple.diffs(),
        simple.predicted(),
        ends -> {
          Result end = numbered(simple.conclusion().of(ends), ends.getFirst());
          return follows && !end.failed() ? end.with("gid", want.gid().orElseThrow()) : end;
        },
        false);
  }

  private static Result numbered(Result result, Outcome.Exited end) {
    String[] fields = end.out().strip().split(":", -1);
    return !result.failed() && fields.length > 2 && fields[2].matches("[0-9]+")
        ? result.with("gid", Long.parseLong(fields[2]))
        : result;
  }

  private static Verdict.Changes changes(
      List<Step> steps, String before, String after, Result result) {
    return Verdict.changes(
        steps,
        List.of(
            new Diff.Properties(
                Map.of("state", Value.text(before)), Map.of("state", Value.text(after)))),
        result.changed(true));
  }
}
