package dev.hearth.module.storage;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
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
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code community.general.lvol}: logical volumes, snapshots and thin pools of LVM. */
public final class Lvol implements Module<Lvol.Args> {

  private static final String RUN =
      """
      PATH=$PATH:/usr/sbin:/sbin
      export LC_ALL=C
      exec "$@" </dev/null >/dev/null
      """;

  /** LVM calls it an error when a volume has its size already. */
  private static final String RESIZE =
      """
      PATH=$PATH:/usr/sbin:/sbin
      export LC_ALL=C
      said=$("$@" </dev/null 2>&1)
      code=$?
      case $said in
        *'Reached maximum COW size'*) printf '%s\\n' "$said" >&2; exit 1 ;;
      esac
      [ $code -ne 0 ] || exit 0
      case $said in
        *'matches existing size'* | *'not larger than existing size'*) echo same; exit 0 ;;
      esac
      printf '%s\\n' "$said" >&2
      exit $code
      """;

  /** The parameters. */
  public record Args(
      @Arg(doc = "The volume group.") String vg,
      @Arg(doc = "The volume.") Optional<String> lv,
      @Arg(
              doc =
                  "How large: `512m`, `10g` (megabytes without a unit), `80%FREE`; with `+` or `-`"
                      + " so much more or less.")
          Optional<String> size,
      @Arg(doc = "Further options of lvcreate.") Optional<String> opts,
      @Arg(
              doc = "Whether it is there.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "Whether it can be used.", defaultsTo = "true") boolean active,
      @Arg(doc = "Remove and shrink; what is in it is lost.", defaultsTo = "false") boolean force,
      @Arg(doc = "Make it smaller when it is too large; needs force.", defaultsTo = "true")
          boolean shrink,
      @Arg(doc = "The name of a snapshot of the volume.") Optional<String> snapshot,
      @Arg(doc = "The physical volumes it lies on.") List<String> pvs,
      @Arg(doc = "Resize the file system in it as well.", defaultsTo = "false") boolean resizefs,
      @Arg(doc = "The thin pool: it itself, or that of the volume.") Optional<String> thinpool) {

    private String target() {
      return snapshot.or(() -> lv).or(() -> thinpool).orElseThrow();
    }

    private Optional<VolumeSize> wanted() {
      return size.filter(text -> !text.isEmpty())
          .map(text -> VolumeSize.of(text, snapshot.isPresent()));
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.lvol",
        Args.class,
        "Makes, resizes and removes logical volumes, snapshots and thin pools of LVM.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(fact(want));
  }

  private static VolumeGroupFact fact(Args want) {
    return new VolumeGroupFact(want.vg(), want.wanted().map(VolumeSize::asked).orElse("m"));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.lv().isEmpty() && want.thinpool().isEmpty()) {
      throw new Refusal("one of the following is required: lv, thinpool");
    }
    Optional<VolumeGroupFact.Answer> group = host.get(fact(want));
    if (group.isEmpty()) {
      String none = "Volume group " + want.vg() + " does not exist.";
      return want.state().equals("absent")
          ? Verdict.satisfied(Result.ok().with("stdout", none))
          : Verdict.rejected(none);
    }
    conditions(want, group.get());
    Optional<VolumeGroupFact.Volume> now = group.get().volume(want.target());
    if (want.state().equals("absent")) {
      return now.map(volume -> remove(want, volume)).orElse(Verdict.satisfied(Result.ok()));
    }
    return now.map(volume -> keep(want, group.get(), volume))
        .orElseGet(() -> create(want, group.get()));
  }

  private static void conditions(Args want, VolumeGroupFact.Answer group) {
    if (want.snapshot().isPresent()) {
      String origin = want.lv().or(want::thinpool).orElseThrow();
      VolumeGroupFact.Volume volume =
          group
              .volume(origin)
              .orElseThrow(
                  () ->
                      new Refusal(
                          "Snapshot origin LV "
                              + origin
                              + " does not exist in volume group "
                              + want.vg()
                              + "."));
      if (volume.pool() || want.thinpool().isPresent()) {
        throw new Refusal("no snapshot is made of a thin pool or a volume in one");
      }
    } else if (want.thinpool().isPresent()
        && want.lv().isPresent()
        && group.volume(want.thinpool().get()).isEmpty()) {
      throw new Refusal(
          "Thin pool LV "
              + want.thinpool().get()
              + " does not exist in volume group "
              + want.vg()
              + ".");
    }
  }

  private static Verdict remove(Args want, VolumeGroupFact.Volume volume) {
    if (!want.force()) {
      throw new Refusal(
          "logical volume "
              + volume.name()
              + " is removed with all that is on it only with force: true");
    }
    return changes(
        List.of(
            Step.change(
                "remove the volume " + volume.name(),
                Script.of(RUN, "lvremove", "--force", want.vg() + "/" + volume.name()),
                new Undo.Impossible("what was in the volume is gone"))),
        Map.of("lv", Value.text(volume.name())),
        Map.of(),
        Result.changedNow());
  }

  private static Verdict create(Args want, VolumeGroupFact.Answer group) {
    Optional<VolumeSize> size = want.wanted();
    boolean ofThin =
        want.snapshot().isPresent()
            && want.lv().flatMap(group::volume).filter(VolumeGroupFact.Volume::thin).isPresent();
    if (size.isEmpty() && !ofThin) {
      throw new Refusal("No size given.");
    }
    if (size.filter(it -> it.sign().equals("-")).isPresent()) {
      throw new Refusal("Bad size specification of '" + size.get().words() + "' for creating LV");
    }
    List<String> words = new ArrayList<>(List.of("lvcreate", "--yes"));
    List<String> options = CommandLine.split(want.opts().orElse(""));
    if (want.snapshot().isPresent()) {
      size.ifPresent(it -> words.addAll(List.of(it.option(), it.amount())));
      words.addAll(List.of("-s", "-n", want.snapshot().get()));
      words.addAll(options);
      words.add(want.vg() + "/" + want.lv().orElseThrow());
    } else if (want.thinpool().isPresent()) {
      String option = size.orElseThrow().option();
      if (want.lv().isPresent()) {
        if (size.get().percentage()) {
          throw new Refusal("a thin volume has a size of its own; write it without a percentage");
        }
        option = "-V";
        words.addAll(List.of("-n", want.lv().get()));
      }
      words.addAll(List.of(option, size.get().amount()));
      words.addAll(options);
      words.addAll(List.of("-T", want.vg() + "/" + want.thinpool().get()));
    } else {
      words.addAll(List.of("-n", want.lv().orElseThrow()));
      words.addAll(List.of(size.orElseThrow().option(), size.get().amount()));
      words.addAll(options);
      words.add(want.vg());
      words.addAll(want.pvs());
    }
    String volume = want.vg() + "/" + want.target();
    return changes(
        List.of(
            Step.change(
                "make the volume " + want.target(),
                Script.of(RUN, words.toArray(String[]::new)),
                new Undo.Run(
                    "remove the volume " + want.target(),
                    Script.of(RUN, "lvremove", "--force", volume)))),
        Map.of(),
        Map.of("lv", Value.text(want.target())),
        Result.changedNow().with("msg", ""));
  }

  private static Verdict keep(
      Args want, VolumeGroupFact.Answer group, VolumeGroupFact.Volume volume) {
    Optional<Step> resize = want.wanted().flatMap(size -> resize(want, size, group, volume));
    List<Step> steps = new ArrayList<>(resize.stream().toList());
    if (want.active() != volume.active()) {
      steps.add(
          Step.change(
              (want.active() ? "activate " : "deactivate ") + volume.name(),
              Script.of(RUN, activation(want.active(), want, volume)),
              new Undo.Run(
                  (want.active() ? "deactivate " : "activate ") + volume.name(),
                  Script.of(RUN, activation(!want.active(), want, volume)))));
    }
    Result result =
        Result.ok()
            .with("vg", want.vg())
            .with("lv", volume.name())
            .with("size", new Value.Real(volume.size()));
    if (steps.isEmpty()) {
      return Verdict.satisfied(result);
    }
    Verdict.Changes changes =
        changes(
            steps,
            Map.of("size", new Value.Real(volume.size()), "active", Value.bool(volume.active())),
            Map.of(
                "size",
                resize.isEmpty()
                    ? new Value.Real(volume.size())
                    : Value.text(want.size().orElse("")),
                "active",
                Value.bool(want.active())),
            result.changed(true));
    return changes.telling(
        (end, ends) ->
            end.changed(
                steps.size() > 1
                    || resize.isEmpty()
                    || !ends.getFirst().out().strip().equals("same")));
  }

  private static String[] activation(boolean on, Args want, VolumeGroupFact.Volume volume) {
    return new String[] {"lvchange", on ? "-ay" : "-an", want.vg() + "/" + volume.name()};
  }

  private static Optional<Step> resize(
      Args want, VolumeSize size, VolumeGroupFact.Answer group, VolumeGroupFact.Volume volume) {
    double wanted = size.value();
    boolean larger;
    boolean smaller;
    if (size.percentage()) {
      wanted = wanted * (size.whole().equals("FREE") ? group.free() : group.size()) / 100;
      wanted =
          switch (size.sign()) {
            case "+" -> wanted + volume.size();
            case "-" -> volume.size() - wanted;
            default -> wanted;
          };
      wanted -= wanted % group.extent();
      larger = volume.size() < wanted;
      smaller = !larger && want.shrink() && volume.size() > wanted + group.extent();
      if (larger && group.free() < wanted - volume.size()) {
        throw new Refusal(
            String.format(
                Locale.ROOT,
                "the volume group has too little room to extend %s: %sm are wanted, %sm are free",
                volume.name(),
                wanted - volume.size(),
                group.free()));
      }
    } else {
      larger = size.sign().equals("+") || size.sign().isEmpty() && wanted > volume.size();
      smaller = !larger && (size.sign().equals("-") || want.shrink() && wanted < volume.size());
    }
    if (!larger && !smaller) {
      return Optional.empty();
    }
    if (smaller) {
      if (wanted < 1 && size.percentage() || wanted == 0) {
        throw new Refusal("Sorry, no shrinking of " + volume.name() + " to 0 permitted.");
      }
      if (!want.force()) {
        throw new Refusal("Sorry, no shrinking of " + volume.name() + " without force=true.");
      }
    }
    List<String> words = new ArrayList<>();
    words.add(larger ? "lvextend" : "lvreduce");
    if (smaller) {
      words.add("--force");
    }
    if (want.resizefs()) {
      words.add("--resizefs");
    }
    words.addAll(List.of(size.option(), size.words(), want.vg() + "/" + volume.name()));
    words.addAll(want.pvs());
    return Optional.of(
        Step.change(
            (larger ? "extend " : "shrink ") + volume.name() + " to " + size.words(),
            Script.of(RESIZE, words.toArray(String[]::new)),
            new Undo.Impossible(
                larger
                    ? "a volume is not made smaller without being told"
                    : "what was cut off is gone")));
  }

  private static Verdict.Changes changes(
      List<Step> steps, Map<String, Value> before, Map<String, Value> after, Result result) {
    return Verdict.changes(steps, List.of(new Diff.Properties(before, after)), result);
  }
}
