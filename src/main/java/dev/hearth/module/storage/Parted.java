package dev.hearth.module.storage;

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
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code community.general.parted}: the partitions of a disk. */
public final class Parted implements Module<Parted.Args> {

  private static final List<String> UNITS =
      List.of(
          "B", "KB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "TiB", "s", "%", "cyl", "chs",
          "compact", "");

  /** Tables that do not fill their disk are mended on the way where parted can. */
  private static final String RUN =
      """
      PATH=$PATH:/usr/sbin:/sbin
      export LC_ALL=C
      align=$1 device=$2
      shift 2
      fix=
      ! parted --help 2>/dev/null | grep -q -e --fix || fix=-f
      parted -s $fix -m ${align:+-a "$align"} "$device" -- "$@" </dev/null
      """;

  /** The parameters. */
  public record Args(
      @Arg(doc = "The disk.") String device,
      @Arg(
              doc = "How new partitions are aligned.",
              choices = {"cylinder", "minimal", "none", "optimal", "undefined"},
              defaultsTo = "optimal")
          String align,
      @Arg(doc = "The partition's number.") Optional<Integer> number,
      @Arg(
              doc = "The unit of numbers without one, and of those that come back.",
              choices = {
                "s", "B", "KB", "KiB", "MB", "MiB", "GB", "GiB", "TB", "TiB", "%", "cyl", "chs",
                "compact"
              },
              defaultsTo = "KiB")
          String unit,
      @Arg(
              doc = "The kind of table; a disk with another one gets a new, empty one.",
              choices = {
                "aix", "amiga", "bsd", "dvh", "gpt", "loop", "mac", "msdos", "pc98", "sun"
              },
              defaultsTo = "msdos")
          String label,
      @Arg(
              doc = "The kind of partition in a msdos or dvh table.",
              choices = {"extended", "logical", "primary"},
              defaultsTo = "primary")
          String partType,
      @Arg(doc = "Where it begins.", defaultsTo = "0%") String partStart,
      @Arg(doc = "Where it ends.", defaultsTo = "100%") String partEnd,
      @Arg(doc = "Its name, in tables that have names.") Optional<String> name,
      @Arg(doc = "Its flags; others are taken off it.") List<String> flags,
      @Arg(
              doc = "Whether it is there; `info` only looks.",
              choices = {"absent", "info", "present"},
              defaultsTo = "info")
          String state,
      @Arg(doc = "What it is marked to hold; no file system is made.") Optional<String> fsType,
      @Arg(doc = "Move its end to `part_end`.", defaultsTo = "false") boolean resize) {

    /** With the flag that parted sets along with esp. */
    private List<String> allFlags() {
      List<String> all = new ArrayList<>(flags);
      if (all.contains("esp") && !all.contains("boot")) {
        all.add("boot");
      }
      return all;
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.parted",
        Args.class,
        "Makes, resizes and removes partitions, and tells what is on a disk.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(new PartedFact(want.device(), want.unit()));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.number().filter(number -> number < 1).isPresent()) {
      throw new Refusal("partitions are numbered from 1");
    }
    if (!want.state().equals("info") && want.number().isEmpty()) {
      throw new Refusal(
          "state is " + want.state() + " but all of the following are missing: number");
    }
    checkSize("part_start", want.partStart());
    checkSize("part_end", want.partEnd());
    PartedFact.Disk disk = host.get(new PartedFact(want.device(), want.unit()));
    return switch (want.state()) {
      case "present" -> present(want, disk, want.number().orElseThrow());
      case "absent" -> absent(want, disk, want.number().orElseThrow());
      default -> Verdict.satisfied(told(Result.ok(), disk, "unit '" + want.unit() + "' print"));
    };
  }

  private static void checkSize(String parameter, String text) {
    if (!UNITS.contains(PartedFact.Size.of(text, "").unit())) {
      throw new Refusal(
          "The argument '"
              + parameter
              + "' doesn't respect required format. The size unit is case sensitive.");
    }
  }

  private static Result told(Result result, PartedFact.Disk disk, String script) {
    return result
        .with("disk", Value.Dict.ofTexts(disk.about()))
        .with(
            "partitions",
            new Value.Seq(disk.partitions().stream().<Value>map(Value.Dict::ofTexts).toList()))
        .with("script", script);
  }

  private static Verdict absent(Args want, PartedFact.Disk disk, int number) {
    Optional<Map<String, Value>> partition = disk.partition(number);
    if (partition.isEmpty()) {
      return Verdict.satisfied(told(Result.ok(), disk, ""));
    }
    return new Change(want, disk)
        .then(
            "remove the partition " + number + " of " + want.device(),
            new Undo.Impossible("what was in the partition cannot be found again"),
            "rm",
            Integer.toString(number))
        .verdict(partition.get(), Map.of(), false);
  }

  private static Verdict present(Args want, PartedFact.Disk disk, int number) {
    boolean relabel = !disk.table().equals(want.label());
    Optional<Map<String, Value>> partition = relabel ? Optional.empty() : disk.partition(number);
    Change change = new Change(want, disk);
    Map<String, Value> after = new LinkedHashMap<>();
    if (relabel) {
      change.then(
          "make a new table (" + want.label() + ") on " + want.device(),
          new Undo.Impossible("the table that was there is gone"),
          "mklabel",
          want.label());
      after.put("table", Value.text(want.label()));
    }
    if (partition.isEmpty()) {
      List<String> words = new ArrayList<>(List.of("mkpart", want.partType()));
      want.fsType().ifPresent(words::add);
      words.add(want.partStart());
      words.add(want.partEnd());
      change.then(
          "make the partition " + number + " of " + want.device(),
          relabel
              ? new Undo.Nothing("the new table goes with it")
              : new Undo.Run(
                  "remove the partition " + number,
                  script(want, List.of("rm", Integer.toString(number)))),
          words.toArray(String[]::new));
      after.put("num", Value.number(number));
      after.put("begin", Value.text(want.partStart()));
      after.put("end", Value.text(want.partEnd()));
    } else if (want.resize()) {
      resize(want, disk, number, partition.get(), change, after);
    }
    properties(want, number, partition, change, after);
    if (change.steps.isEmpty()) {
      return Verdict.satisfied(told(Result.ok(), disk, ""));
    }
    Map<String, Value> before = new LinkedHashMap<>(partition.orElse(Map.of()));
    before.keySet().retainAll(after.keySet());
    if (relabel) {
      before.put("table", Value.text(disk.table()));
    }
    // What flags a new partition has by itself is seen only then.
    return change.verdict(before, after, partition.isEmpty() && !want.flags().isEmpty());
  }

  private static void resize(
      Args want,
      PartedFact.Disk disk,
      int number,
      Map<String, Value> partition,
      Change change,
      Map<String, Value> after) {
    double end = partition.get("end") instanceof Value.Real real ? real.value() : 0;
    PartedFact.Size wanted = PartedFact.Size.of(want.partEnd(), want.unit());
    if (wanted.unit().equals("%")) {
      wanted =
          new PartedFact.Size(
              Math.floor(Math.floor(disk.size()) * wanted.value() / 100), want.unit());
    }
    if (new PartedFact.Size(end, want.unit()).bytes() != wanted.bytes()) {
      change.then(
          "move the end of the partition " + number + " of " + want.device(),
          new Undo.Impossible("a partition is not made smaller without being told"),
          "resizepart",
          Integer.toString(number),
          want.partEnd());
      after.put("end", Value.text(want.partEnd()));
    }
  }

  private static void properties(
      Args want,
      int number,
      Optional<Map<String, Value>> partition,
      Change change,
      Map<String, Value> after) {
    String told = partition.map(now -> PartedFact.text(now, "name")).orElse("");
    want.name()
        .filter(name -> !name.equals(told))
        .ifPresent(
            name -> {
              after.put("name", Value.text(name));
              change.then(
                  "name the partition " + number + " " + name,
                  undo(want, partition, "name", Integer.toString(number), quoted(told)),
                  "name",
                  Integer.toString(number),
                  quoted(name));
            });
    List<String> flags = want.allFlags();
    if (flags.isEmpty()) {
      return;
    }
    List<String> now = new ArrayList<>();
    if (partition.isPresent() && partition.get().get("flags") instanceof Value.Seq list) {
      list.items().forEach(flag -> now.add(((Value.Textual) flag).reveal()));
    }
    for (String flag : flags) {
      if (!now.contains(flag)) {
        flag(want, number, partition, change, flag, true);
      }
    }
    for (String flag : now) {
      if (!flags.contains(flag)) {
        flag(want, number, partition, change, flag, false);
      }
    }
    if (!List.copyOf(now).equals(flags)) {
      after.put("flags", new Value.Seq(flags.stream().<Value>map(Value::text).toList()));
    }
  }

  private static void flag(
      Args want,
      int number,
      Optional<Map<String, Value>> partition,
      Change change,
      String flag,
      boolean on) {
    String partitionNumber = Integer.toString(number);
    change.then(
        (on ? "set" : "clear") + " the flag " + flag + " of the partition " + number,
        undo(want, partition, "set", partitionNumber, flag, on ? "off" : "on"),
        "set",
        partitionNumber,
        flag,
        on ? "on" : "off");
  }

  private static Undo undo(Args want, Optional<Map<String, Value>> partition, String... words) {
    return partition.isEmpty()
        ? new Undo.Nothing("the new partition goes with it")
        : new Undo.Run(String.join(" ", words), script(want, List.of(words)));
  }

  /** As parted's own language quotes a text. */
  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static Script script(Args want, List<String> words) {
    List<String> all = new ArrayList<>();
    all.add(want.align().equals("undefined") ? "" : want.align());
    all.add(want.device());
    all.addAll(List.of("unit", want.unit()));
    all.addAll(words);
    return Script.of(RUN, all.toArray(String[]::new));
  }

  /** Steps that are being put together. */
  private static final class Change {
    final List<Step> steps = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final Args want;
    private final PartedFact.Disk disk;

    Change(Args want, PartedFact.Disk disk) {
      this.want = want;
      this.disk = disk;
    }

    Change then(String what, Undo undo, String... words) {
      steps.add(Step.change(what, script(want, List.of(words)), undo));
      told.add(String.join(" ", words));
      return this;
    }

    Verdict verdict(Map<String, Value> before, Map<String, Value> after, boolean again) {
      PartedFact fact = new PartedFact(want.device(), want.unit());
      List<Step> all = new ArrayList<>(steps);
      all.add(Step.read("look at " + want.device(), fact.probe()));
      String script = "unit " + want.unit() + " " + String.join(" ", told);
      Verdict.Changes changes =
          Verdict.changes(
                  all,
                  List.of(Diff.Properties.of(want.device(), before, after)),
                  told(Result.changedNow(), disk, script))
              .telling((end, ends) -> told(end, fact.parse(ends.getLast()), script));
      return new Verdict.Changes(
          changes.steps(), changes.diffs(), changes.predicted(), changes.conclusion(), again);
    }
  }
}
