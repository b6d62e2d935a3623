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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The host's time zone: {@code timedatectl} where it works, the files it stands in otherwise. */
public final class Timezone implements Module<Timezone.Args> {

  private static final String BY_FILES =
      """
      t=/etc/.localtime.$$
      ln -s "/usr/share/zoneinfo/$1" "$t" && mv -f "$t" /etc/localtime || exit
      if [ "$2" = yes ]; then printf '%s\\n' "$1" >/etc/timezone; fi
      """;

  /** The arguments of {@code timezone}. */
  public record Args(
      @Arg(doc = "Name of the zone, such as `Europe/Berlin`.") Optional<String> name,
      @Arg(
              doc =
                  "Whether the hardware clock runs in UTC or local time. To change it timedatectl"
                      + " has to work.",
              choices = {"UTC", "local"},
              aliases = {"rtc"})
          Optional<String> hwclock) {}

  /**
   * The zone in force.
   *
   * @param wanted the zone whose file is looked for
   */
  record Zone(String wanted) implements Fact<Zone.Answer> {

    private static final String PROBE =
        """
        l=$(readlink -f /etc/localtime)
        case $l in */zoneinfo/*) printf 'link %s\\n' "${l#*/zoneinfo/}" ;; esac
        if [ -e "/usr/share/zoneinfo/$1" ]; then
          echo known
          r=$(readlink -f "/usr/share/zoneinfo/$1")
          printf 'target %s\\n' "${r#*/zoneinfo/}"
          if cmp -s /etc/localtime "/usr/share/zoneinfo/$1"; then echo same; fi
        fi
        if [ -f /etc/timezone ]; then
          read -r z </etc/timezone
          printf 'file %s\\n' "$z"
        fi
        if [ -f /etc/debian_version ]; then echo debian; fi
        if command -v timedatectl >/dev/null; then
          z=$(timedatectl show -p Timezone --value 2>/dev/null) && printf 'timedatectl %s\\n' "$z"
        fi
        if [ "$(sed -n 3p /etc/adjtime 2>/dev/null)" = LOCAL ]; then echo local; fi
        exit 0
        """;

    /**
     * The answer.
     *
     * @param now the zone that /etc/localtime names; empty when it is no link
     * @param target the zone that the wanted one is another name of
     * @param known whether the wanted zone's file is there
     * @param same whether /etc/localtime has the wanted zone's content
     * @param file what /etc/timezone says, if it is there
     * @param debian whether /etc/timezone is made when it is missing
     * @param service what timedatectl says, where it works
     * @param local whether the hardware clock runs in local time
     */
    record Answer(
        String now,
        String target,
        boolean known,
        boolean same,
        Optional<String> file,
        boolean debian,
        Optional<String> service,
        boolean local) {}

    @Override
    public String key() {
      return ("timezone " + wanted).strip();
    }

    @Override
    public Script probe() {
      return Script.of(PROBE, wanted);
    }

    @Override
    public Answer parse(Outcome.Exited answer) {
      List<String> lines = answer.out().lines().toList();
      return new Answer(
          word(lines, "link ").orElse(""),
          word(lines, "target ").orElse(wanted),
          lines.contains("known"),
          lines.contains("same"),
          word(lines, "file "),
          lines.contains("debian"),
          word(lines, "timedatectl "),
          lines.contains("local"));
    }

    private static Optional<String> word(List<String> lines, String start) {
      return lines.stream()
          .filter(line -> line.startsWith(start))
          .map(line -> line.substring(start.length()).strip())
          .findFirst();
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.timezone",
        Args.class,
        "Sets the host's time zone, and in which one its hardware clock runs.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(zone(want));
  }

  private static Zone zone(Args want) {
    return new Zone(want.name().orElse(""));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.name().isEmpty() && want.hwclock().isEmpty()) {
      throw new Refusal("give the name of a time zone, or hwclock");
    }
    Zone.Answer zone = host.get(zone(want));
    List<Step> steps = new ArrayList<>();
    Map<String, Value> before = new LinkedHashMap<>();
    Map<String, Value> after = new LinkedHashMap<>();
    if (want.name().isPresent() && !current(want.name().get(), zone)) {
      steps.add(set(want.name().get(), zone));
      before.put("name", Value.text(zone.service().or(zone::file).orElse(zone.now())));
      after.put("name", Value.text(want.name().get()));
    }
    String clock = zone.local() ? "local" : "UTC";
    if (want.hwclock().isPresent() && !want.hwclock().get().equals(clock)) {
      steps.add(set(want.hwclock().get().equals("local"), zone));
      before.put("hwclock", Value.text(clock));
      after.put("hwclock", Value.text(want.hwclock().get()));
    }
    return steps.isEmpty()
        ? Verdict.satisfied(Result.ok())
        : Verdict.changes(steps, List.of(new Diff.Properties(before, after)), Result.changedNow());
  }

  private static boolean current(String name, Zone.Answer zone) {
    if (zone.service().isPresent()) {
      return zone.service().get().equals(name);
    }
    return (zone.now().isEmpty()
            ? zone.same()
            : zone.now().equals(name) || zone.now().equals(zone.target()))
        && zone.file().map(name::equals).orElse(true);
  }

  private static Step set(String name, Zone.Answer zone) {
    if (!zone.known()) {
      throw new Refusal(
          "there is no time zone '"
              + name
              + "' in /usr/share/zoneinfo of this host; check its spelling or install tzdata");
    }
    boolean writes = zone.file().isPresent() || zone.debian();
    return Step.change(
        "set the time zone to " + name,
        zone.service().isPresent()
            ? Script.of("exec timedatectl set-timezone -- \"$1\"\n", name)
            : Script.of(BY_FILES, name, writes ? "yes" : "no"),
        Undo.restore("/etc/localtime", "/etc/timezone"));
  }

  private static Step set(boolean local, Zone.Answer zone) {
    if (zone.service().isEmpty()) {
      throw new Refusal(
          "timedatectl does not work on this host; set the hardware clock with the host's own means"
              + " and leave hwclock out");
    }
    return Step.change(
        "let the hardware clock run in " + (local ? "local time" : "UTC"),
        clock(local),
        new Undo.Run(
            "let the hardware clock run in " + (local ? "UTC" : "local time"), clock(!local)));
  }

  private static Script clock(boolean local) {
    return Script.of("exec timedatectl set-local-rtc \"$1\"\n", local ? "1" : "0");
  }
}
