package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.module.files.BackupCopy;
import dev.hearth.module.textfile.TextFile;
import dev.hearth.module.textfile.TextFileFact;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code community.general.pam_limits}: limits of users' processes. */
public final class PamLimits implements Module<PamLimits.Args> {

  private static final Set<String> UNLIMITED = Set.of("unlimited", "infinity", "-1");

  private static final String KEEP =
      """
      f=$(readlink -f -- "$1") && copy=$(backup_name "$f") && cp -p -- "$f" "$copy" && printf '%s\\n' "$copy"
      """;

  /** The parameters. */
  public record Args(
      @Arg(doc = "A user, `@group`, `*` or a pattern.") String domain,
      @Arg(
              doc = "Whether users may go beyond it.",
              choices = {"-", "hard", "soft"})
          String limitType,
      @Arg(
              doc = "What is limited.",
              choices = {
                "as", "chroot", "core", "cpu", "data", "fsize", "locks", "maxlogins",
                "maxsyslogins", "memlock", "msgqueue", "nice", "nofile", "nproc", "priority", "rss",
                "rtprio", "sigpending", "stack"
              })
          String limitItem,
      @Arg(doc = "The limit: a number or `unlimited`.") String value,
      @Arg(doc = "A comment behind it.") Optional<String> comment,
      @Arg(doc = "The file.", defaultsTo = "/etc/security/limits.conf") String dest,
      @Arg(doc = "Keep a limit that is higher already.", defaultsTo = "false") boolean useMax,
      @Arg(doc = "Keep a limit that is lower already.", defaultsTo = "false") boolean useMin,
      @Arg(doc = "Keep the old file beside it when it changes.", defaultsTo = "false")
          boolean backup) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of("community.general.pam_limits", Args.class, "Sets limits of users' processes.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(new TextFileFact(want.dest()));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    boolean number = want.value().matches("-?\\d+");
    if (!number && !UNLIMITED.contains(want.value())) {
      throw new Refusal("Argument 'value' must be one of 'unlimited', 'infinity', '-1' or digits");
    }
    if (want.useMax() && want.useMin()) {
      throw new Refusal("Cannot use use_min and use_max at the same time.");
    }
    TextFile file = host.get(new TextFileFact(want.dest()));
    String wanted = want.value();
    List<String> lines = new ArrayList<>();
    boolean found = false;
    for (String line : file.lines()) {
      String[] words = line.replaceFirst("#.*", "").strip().split("\\s+");
      boolean same =
          words.length == 4
              && words[0].equals(want.domain())
              && words[1].equals(want.limitType())
              && words[2].equals(want.limitItem());
      if (!same) {
        lines.add(line);
        continue;
      }
      if (found) {
        continue;
      }
      found = true;
      wanted = chosen(want, words[3]);
      lines.add(words[3].equals(wanted) ? line : line(want, wanted));
    }
    if (!found) {
      lines.add(line(want, wanted));
    }
    String after = String.join("\n", lines) + "\n";
    Result result = Result.ok().with("msg", line(want, wanted));
    if (after.equals(file.content())) {
      return Verdict.satisfied(result);
    }
    boolean keeps = want.backup() && file.exists();
    Step write = file.replace(Value.text(after), "0644");
    Verdict.Changes changes =
        Verdict.changes(
            keeps ? List.of(keep(want.dest()), write) : List.of(write),
            List.of(file.diff(Value.text(after))),
            result.changed(true));
    return keeps
        ? changes.telling((end, ends) -> end.with("backup_file", ends.getFirst().out().strip()))
        : changes;
  }

  private static Step keep(String path) {
    return Step.change(
        "keep a copy of " + path,
        Script.of(BackupCopy.FUNCTION + KEEP, path),
        BackupCopy.undo(path, true, true));
  }

  private static String line(Args want, String value) {
    return String.join("\t", want.domain(), want.limitType(), want.limitItem(), value)
        + want.comment().map(text -> "\t#" + text).orElse("");
  }

  private static String chosen(Args want, String now) {
    if (!want.useMax() && !want.useMin()) {
      return want.value();
    }
    boolean higher = weight(now) > weight(want.value());
    return want.useMax() == higher ? now : want.value();
  }

  private static long weight(String value) {
    try {
      return UNLIMITED.contains(value) ? Long.MAX_VALUE : Long.parseLong(value);
    } catch (NumberFormatException notOne) {
      return 0;
    }
  }
}
