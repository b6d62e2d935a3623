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
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code ansible.posix.acl}: who else may use a file. */
public final class Acl implements Module<Acl.Args> {

  private static final String SET =
      """
      exec setfacl "$@"
      """;

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "The file or directory.",
              aliases = {"name"})
          String path,
      @Arg(
              doc = "Whether the entry is there; `query` only looks.",
              choices = {"absent", "present", "query"},
              defaultsTo = "query")
          String state,
      @Arg(doc = "The entry in one text, `user:joe:rw`.") Optional<String> entry,
      @Arg(
              doc = "Whom it is about.",
              choices = {"group", "mask", "other", "user"})
          Optional<String> etype,
      @Arg(doc = "Name of the user or group; the owner otherwise.") Optional<String> entity,
      @Arg(doc = "What is allowed: r, w, x, X.") Optional<String> permissions,
      @Arg(
              name = "default",
              doc = "It is for what will be made in the directory.",
              defaultsTo = "false")
          boolean inherited,
      @Arg(doc = "Follow a link.", defaultsTo = "true") boolean follow,
      @Arg(
              doc = "Everything below as well.",
              aliases = {"recurse"},
              defaultsTo = "false")
          boolean recursive,
      @Arg(
              doc = "Whether the mask follows.",
              choices = {"default", "mask", "no_mask"},
              defaultsTo = "default")
          String recalculateMask,
      @Arg(
              doc =
                  "Entries of NFSv4; refused: they are another language, of nfs4_setfacl, and only"
                      + " NFSv4 shares have them.",
              defaultsTo = "false")
          boolean useNfsv4Acls) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of("ansible.posix.acl", Args.class, "Says who else may use a file.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(fact(want));
  }

  private static AclFact fact(Args want) {
    return new AclFact(want.path(), want.recursive(), want.follow());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.useNfsv4Acls()) {
      throw new Refusal("use_nfsv4_acls is not supported; use nfs4_setfacl in a command task");
    }
    List<String> now = host.get(fact(want));
    if (want.state().equals("query")) {
      return Verdict.satisfied(Result.ok().with("msg", "current acl").with("acl", texts(now)));
    }
    AclEntry entry = AclEntry.of(want);
    boolean present = want.state().equals("present");
    if (present && entry.permissions().isEmpty()) {
      throw new Refusal("'permissions' is required when 'state' is 'present'");
    }
    boolean open =
        present
            ? now.stream().filter(line -> line.startsWith("# file:")).count()
                != now.stream().filter(entry::is).count()
            : now.stream().anyMatch(entry::names);
    if (!open) {
      return Verdict.satisfied(
          Result.ok()
              .with("msg", entry.subject() + " is " + want.state())
              .with("acl", texts(shown(now))));
    }
    List<String> words = new ArrayList<>();
    if (want.recursive()) {
      words.add(want.follow() ? "-RL" : "-RP");
    }
    if (want.recalculateMask().equals("mask")) {
      words.add("--mask");
    } else if (want.recalculateMask().equals("no_mask")) {
      words.add("--no-mask");
    }
    words.addAll(List.of(present ? "-m" : "-x", present ? entry.whole() : entry.subject()));
    words.addAll(List.of("--", want.path()));
    Undo undo =
        new Undo.Run(
            "put back who may use " + want.path(),
            Script.of("exec setfacl --restore=-\n")
                .reading(Payload.of(Value.text(String.join("\n", now) + "\n"))));
    Step step =
        Step.change(
            "change who may use " + want.path(),
            Script.of(SET, words.toArray(String[]::new)),
            undo);
    return Verdict.changes(
            List.of(step, Step.read("look at " + want.path(), fact(want).probe())),
            List.of(
                new Diff.Prepared(
                    (present ? "+ " + entry.whole() : "- " + entry.subject()) + "\n")),
            Result.changedNow().with("msg", entry.subject() + " is " + want.state()))
        .telling(
            (end, ends) -> end.with("acl", texts(shown(ends.getLast().out().lines().toList()))));
  }

  private static List<String> shown(List<String> lines) {
    return lines.stream().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
  }

  private static Value texts(List<String> lines) {
    return new Value.Seq(shown(lines).stream().<Value>map(line -> Value.text(line)).toList());
  }
}
