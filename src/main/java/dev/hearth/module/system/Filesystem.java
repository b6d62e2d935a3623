package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.module.Arg;
import dev.hearth.module.CommandLine;
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

/**
 * {@code community.general.filesystem}: a file system on a device. One that is there is replaced
 * only with {@code force}.
 */
public final class Filesystem implements Module<Filesystem.Args> {

  private static final String MAKE =
      """
      PATH=$PATH:/usr/sbin:/sbin
      type=$1 force=$2 uuid=$3 device=$4
      shift 4
      case $type in
        lvm) exec pvcreate -q ${force:+-ff} -y ${uuid:+--norestorefile -u "$uuid"} "$@" "$device" ;;
        swap) exec mkswap ${force:+-f} ${uuid:+-U "$uuid"} "$@" "$device" ;;
        ext*) exec "mkfs.$type" ${force:+-F} -q ${uuid:+-U "$uuid"} "$@" "$device" ;;
        xfs) exec mkfs.xfs ${force:+-f} -q ${uuid:+-m "uuid=$uuid"} "$@" "$device" ;;
        btrfs) exec mkfs.btrfs ${force:+-f} ${uuid:+-U "$uuid"} "$@" "$device" ;;
        *) exec "mkfs.$type" "$@" "$device" ;;
      esac >/dev/null
      """;

  private static final String GROW =
      """
      PATH=$PATH:/usr/sbin:/sbin
      case $1 in
        ext*) exec resize2fs "$2" ;;
        xfs) exec xfs_growfs "$(findmnt -n -o TARGET --source "$2" | head -n 1)" ;;
        btrfs) exec btrfs filesystem resize max "$(findmnt -n -o TARGET --source "$2" | head -n 1)" ;;
        lvm) exec pvresize "$2" ;;
        *) echo "$1 cannot be made larger" >&2; exit 1 ;;
      esac
      """;

  private static final String WIPE = "PATH=$PATH:/usr/sbin:/sbin\nexec wipefs -q --all \"$1\"\n";

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "The device, or a file that serves as one.",
              aliases = {"device"})
          String dev,
      @Arg(
              doc = "Its kind; `lvm` for a physical volume.",
              aliases = {"type"},
              choices = {
                "bcachefs",
                "btrfs",
                "ext2",
                "ext3",
                "ext4",
                "ext4dev",
                "f2fs",
                "lvm",
                "ocfs2",
                "reiserfs",
                "swap",
                "ufs",
                "vfat",
                "xfs"
              })
          Optional<String> fstype,
      @Arg(
              doc = "Whether it is there; `absent` wipes the device.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "Replace another file system; what is in it is lost.", defaultsTo = "false")
          boolean force,
      @Arg(
              doc = "Make it as large as its device; counts as a change each time.",
              defaultsTo = "false")
          boolean resizefs,
      @Arg(doc = "Further options of its maker.") Optional<String> opts,
      @Arg(doc = "Its UUID when it is made.") Optional<String> uuid) {}

  /**
   * The kind of file system on a device; empty for none.
   *
   * @param device the device
   */
  record Kind(String device) implements Fact<String> {

    private static final String PROBE =
        """
        PATH=$PATH:/usr/sbin:/sbin
        [ -b "$1" ] || [ -f "$1" ] || { echo "Device $1 not found." >&2; exit 1; }
        blkid -c /dev/null -o value -s TYPE "$1" 2>/dev/null
        exit 0
        """;

    @Override
    public String key() {
      return "filesystem " + device;
    }

    @Override
    public Script probe() {
      return Script.of(PROBE, device);
    }

    @Override
    public String parse(Outcome.Exited answer) {
      if (!answer.ok()) {
        throw new UnreadableFact(answer.err().strip());
      }
      String kind = answer.out().strip();
      return kind.equals("LVM2_member") ? "lvm" : kind;
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.filesystem", Args.class, "Makes and removes file systems on devices.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(new Kind(want.dev()));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    String now = host.get(new Kind(want.dev()));
    Map<String, Value> before = Map.of("fstype", Value.text(now));
    if (want.state().equals("absent")) {
      return now.isEmpty()
          ? Verdict.satisfied(Result.ok())
          : changes(
              Step.change(
                  "wipe " + want.dev(),
                  Script.of(WIPE, want.dev()),
                  new Undo.Impossible("what was in the file system is gone")),
              before,
              "");
    }
    String kind =
        want.fstype()
            .orElseThrow(
                () -> new Refusal("state is present but all of the following are missing: fstype"));
    if (now.equals(kind) && !want.force()) {
      return want.resizefs() && !host.get(new FilesystemSize(want.dev(), kind)).whole()
          ? Verdict.changes(
              List.of(
                  Step.change(
                      "make the file system on " + want.dev() + " as large as its device",
                      Script.of(GROW, kind, want.dev()),
                      new Undo.Impossible("file systems do not shrink by themselves"))),
              List.of(),
              Result.changedNow())
          : Verdict.satisfied(Result.ok());
    }
    if (!now.isEmpty() && !want.force()) {
      throw new Refusal(
          "'"
              + want.dev()
              + "' is already used as "
              + now
              + ", use force=true to overwrite; what is in it is lost then");
    }
    List<String> words = new ArrayList<>();
    words.add(kind);
    words.add(want.force() ? "yes" : "");
    words.add(want.uuid().orElse(""));
    words.add(want.dev());
    words.addAll(CommandLine.split(want.opts().orElse("")));
    return changes(
        Step.change(
            "make " + kind + " on " + want.dev(),
            Script.of(MAKE, words.toArray(String[]::new)),
            now.isEmpty()
                ? new Undo.Run("wipe " + want.dev(), Script.of(WIPE, want.dev()))
                : new Undo.Impossible("what was in the file system is gone")),
        before,
        kind);
  }

  private static Verdict changes(Step step, Map<String, Value> before, String after) {
    return Verdict.changes(
        List.of(step),
        List.of(new Diff.Properties(before, Map.of("fstype", Value.text(after)))),
        Result.changedNow());
  }
}
