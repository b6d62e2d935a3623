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

/**
 * {@code ansible.posix.mount}: a line of fstab and what is mounted now. When mounting fails, the
 * former fstab is put back, so that a wrong line never waits for the next boot.
 */
public final class Mount implements Module<Mount.Args> {

  private static final String KEEPING = "keep a copy of ";

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "The mount point; `none` for swap.",
              aliases = {"name"})
          String path,
      @Arg(doc = "The device, share or directory.") Optional<String> src,
      @Arg(doc = "The type of the file system.") Optional<String> fstype,
      @Arg(doc = "Options of the mount, with commas.") Optional<Value.Textual> opts,
      @Arg(doc = "Do not show the options.", defaultsTo = "false") boolean optsNoLog,
      @Arg(doc = "Fifth field of fstab.", defaultsTo = "0") String dump,
      @Arg(doc = "Sixth field of fstab: when it is checked.", defaultsTo = "0") String passno,
      @Arg(
              doc =
                  "`mounted` is in fstab and mounted, `present` only in fstab, `unmounted` only not"
                      + " mounted, `ephemeral` mounted without fstab; `absent` is neither and the"
                      + " mount point is removed.",
              choices = {
                "absent",
                "absent_from_fstab",
                "ephemeral",
                "mounted",
                "present",
                "remounted",
                "unmounted"
              })
          String state,
      @Arg(doc = "Another table than /etc/fstab.") Optional<String> fstab,
      @Arg(doc = "Mount it at boot; adds noauto when false.", defaultsTo = "true") boolean boot,
      @Arg(doc = "Keep a copy of the table when it is changed.", defaultsTo = "false")
          boolean backup) {

    String table() {
      return fstab.orElse("/etc/fstab");
    }

    boolean hidden() {
      return optsNoLog || opts.filter(Value.Secret.class::isInstance).isPresent();
    }

    /** A text with the options in it, which must not be shown when they must not. */
    Value.Textual shown(String text) {
      return hidden() ? new Value.Secret(text) : Value.text(text);
    }

    String options() {
      String given = opts.map(Value.Textual::reveal).orElse("defaults");
      boolean adds = !boot && !List.of(given.split(",")).contains("noauto");
      return adds ? given + ",noauto" : given;
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of("ansible.posix.mount", Args.class, "Mounts file systems, now and at each boot.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(new MountTable(want.path()), new TextFileFact(want.table()));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    boolean source = List.of("mounted", "present", "ephemeral").contains(want.state());
    if (source && (want.src().isEmpty() || want.fstype().isEmpty())) {
      throw new Refusal("state " + want.state() + " needs src and fstype");
    }
    Result result = result(want);
    MountTable.Answer now = host.get(new MountTable(want.path()));
    return switch (want.state()) {
      case "mounted", "present" -> present(want, now, host.get(new TextFileFact(want.table())));
      case "absent", "absent_from_fstab" ->
          absent(want, now, host.get(new TextFileFact(want.table())));
      case "ephemeral" -> ephemeral(want, now);
      case "remounted" ->
          now.mount().isEmpty()
              ? Verdict.rejected("Error remounting " + want.path() + ": nothing is mounted there")
              : Verdict.changes(List.of(remount(want)), List.of(), result.changed(true));
      default ->
          now.mount().isEmpty()
              ? Verdict.satisfied(result)
              : Verdict.changes(
                  List.of(unmount(want, now.mount().get())),
                  List.of(mounts(want, now.mount().get().source(), "")),
                  result.changed(true));
    };
  }

  private static Fstab.Entry entry(Args want) {
    return new Fstab.Entry(
        want.src().orElseThrow(),
        want.path(),
        want.fstype().orElseThrow(),
        want.options(),
        want.dump(),
        want.passno());
  }

  private static Verdict present(Args want, MountTable.Answer now, TextFile file) {
    String text = new Fstab(file.lines()).with(entry(want)).text();
    boolean writes = !text.equals(new Fstab(file.lines()).text());
    boolean mounts = want.state().equals("mounted") && now.mount().isEmpty();
    List<Step> steps = new ArrayList<>();
    List<Diff> diffs = new ArrayList<>();
    if (mounts && !now.exists()) {
      steps.add(
          Step.change(
              "make directory " + want.path(),
              Script.of("mkdir -p -- \"$1\"\n", want.path()),
              Undo.restore(want.path())));
    }
    if (writes) {
      steps.addAll(backup(want, file));
      steps.add(file.replace(want.shown(text), "0644"));
      diffs.add(table(want, file, text));
    }
    if (mounts) {
      Script script =
          Script.of(MountScripts.MOUNT, want.path(), want.table(), writes ? "yes" : "no")
              .reading(Payload.of(want.shown(file.content())));
      steps.add(Step.change("mount " + want.path(), script, unmounting(want)));
      diffs.add(mounts(want, "", want.src().orElseThrow()));
    } else if (writes && want.state().equals("mounted")) {
      steps.add(remount(want));
    }
    Result result = result(want);
    return steps.isEmpty() ? Verdict.satisfied(result) : changes(want, steps, diffs, result);
  }

  private static List<Step> backup(Args want, TextFile table) {
    return want.backup() && table.exists()
        ? List.of(
            Step.change(
                KEEPING + table.path(),
                Script.of(MountScripts.BACKUP, table.path()),
                BackupCopy.undo(table.path(), true, true)))
        : List.of();
  }

  /** A copy of the table tells its name. */
  private static Verdict changes(Args want, List<Step> steps, List<Diff> diffs, Result result) {
    int copy = steps.stream().map(Step::what).toList().indexOf(KEEPING + want.table());
    return Verdict.changes(steps, diffs, result.changed(true))
        .telling(
            (end, ends) -> copy < 0 ? end : end.with("backup_file", ends.get(copy).out().strip()));
  }

  private static Diff table(Args want, TextFile file, String text) {
    return new Diff.Texts(
        file.exists() ? file.path() : "/dev/null",
        want.shown(file.content()),
        file.path(),
        want.shown(text));
  }

  private static Verdict absent(Args want, MountTable.Answer now, TextFile file) {
    String text = new Fstab(file.lines()).without(want.path(), want.src()).text();
    Result result = result(want);
    if (text.equals(new Fstab(file.lines()).text())) {
      return Verdict.satisfied(result);
    }
    List<Step> steps = new ArrayList<>();
    List<Diff> diffs = new ArrayList<>();
    steps.addAll(backup(want, file));
    steps.add(file.replace(want.shown(text), "0644"));
    diffs.add(table(want, file, text));
    if (want.state().equals("absent")) {
      now.mount()
          .ifPresent(
              mounted -> {
                steps.add(unmount(want, mounted));
                diffs.add(mounts(want, mounted.source(), ""));
              });
      if (now.exists()) {
        steps.add(
            Step.change(
                "remove directory " + want.path(),
                Script.of(MountScripts.REMOVE, want.path()),
                Undo.restore(want.path())));
      }
    }
    return changes(want, steps, diffs, result);
  }

  /** Options that are not shown are read from a table of their own. */
  private static Script mounting(Args want) {
    String src = want.src().orElseThrow();
    if (!want.hidden()) {
      return Script.of(
          MountScripts.DIRECT, want.fstype().orElseThrow(), want.options(), src, want.path());
    }
    String line = new Fstab(List.of()).with(entry(want)).text();
    return Script.of(MountScripts.HIDDEN, want.path()).reading(Payload.of(want.shown(line)));
  }

  private static Verdict ephemeral(Args want, MountTable.Answer now) {
    String src = want.src().orElseThrow();
    Result result = result(want);
    if (now.mount().isPresent()) {
      MountTable.Mounted mounted = now.mount().get();
      if (mounted.source().equals(src) || mounted.root().equals(src)) {
        return Verdict.satisfied(result);
      }
      return Verdict.rejected(
          "Ephemeral mount point is already mounted with a different source than the specified"
              + " one. Failing in order to prevent an unwanted unmount or override operation. Try"
              + " replacing this command with a \"state: unmounted\" followed by a \"state:"
              + " ephemeral\", or use a different destination path.");
    }
    List<Step> steps = new ArrayList<>();
    if (!now.exists()) {
      steps.add(
          Step.change(
              "make directory " + want.path(),
              Script.of("mkdir -p -- \"$1\"\n", want.path()),
              Undo.restore(want.path())));
    }
    steps.add(Step.change("mount " + want.path(), mounting(want), unmounting(want)));
    return Verdict.changes(steps, List.of(mounts(want, "", src)), result.changed(true));
  }

  private static Step remount(Args want) {
    boolean given = want.state().equals("remounted") && !want.options().equals("defaults");
    if (given && want.hidden()) {
      throw new Refusal(
          "secret options would stand in the host's list of processes; use state: mounted");
    }
    return Step.change(
        "mount " + want.path() + " again",
        Script.of(
            MountScripts.REMOUNT, want.path(), want.table(), given ? "," + want.options() : ""),
        given
            ? new Undo.Impossible("the former options of the mount are not known")
            : Undo.momentary());
  }

  private static Step unmount(Args want, MountTable.Mounted mounted) {
    Undo undo =
        mounted.root().equals("/")
            ? new Undo.Run(
                "mount " + want.path() + " again",
                Script.of(
                    MountScripts.DIRECT,
                    mounted.type(),
                    mounted.options(),
                    mounted.source(),
                    want.path()))
            : new Undo.Impossible("what was bound to " + want.path() + " is not known");
    return Step.change(
        "unmount " + want.path(),
        Script.of(MountScripts.UNMOUNT, want.path()),
        undo.and(SystemWatches.mount(want.path())));
  }

  private static Undo unmounting(Args want) {
    return new Undo.Run("unmount " + want.path(), Script.of(MountScripts.UNMOUNT, want.path()))
        .and(SystemWatches.mount(want.path()));
  }

  private static Diff mounts(Args want, String before, String after) {
    return new Diff.Texts(
        want.path() + " (mounted)",
        Value.text(before.isEmpty() ? "" : before + "\n"),
        want.path() + " (mounted)",
        Value.text(after.isEmpty() ? "" : after + "\n"));
  }

  private static Result result(Args want) {
    Result result =
        Result.ok()
            .with("name", want.path())
            .with("opts", want.shown(want.options()))
            .with("dump", want.dump())
            .with("passno", want.passno())
            .with("fstab", want.table())
            .with("boot", want.boot() ? "yes" : "no")
            .with("backup_file", "");
    if (want.src().isPresent()) {
      result = result.with("src", want.src().get());
    }
    return want.fstype().isPresent() ? result.with("fstype", want.fstype().get()) : result;
  }
}
