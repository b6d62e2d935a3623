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
              doc = "Whether the hardware clock runs in UTC or local time; refused.",
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
     */
    record Answer(
        String now,
        String target,
        boolean known,
        boolean same,
        Optional<String> file,
        boolean debian,
        Optional<String> service) {}

    @Override
    public String key() {
      return "timezone " + wanted;
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
          word(lines, "timedatectl "));
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
    return Spec.of("community.general.timezone", Args.class, "Sets the host's time zone.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return want.name().<List<Fact<?>>>map(name -> List.of(new Zone(name))).orElse(List.of());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.hwclock().isPresent()) {
      throw new Refusal("hwclock is not supported; leave it out, Linux keeps it in UTC");
    }
    String name = want.name().orElseThrow(() -> new Refusal("give the name of a time zone"));
    Zone.Answer zone = host.get(new Zone(name));
    boolean current =
        zone.now().isEmpty()
            ? zone.same()
            : zone.now().equals(name) || zone.now().equals(zone.target());
    if (zone.service().isPresent()) {
      current = zone.service().get().equals(name);
    }
    boolean file = zone.service().isPresent() || zone.file().map(name::equals).orElse(true);
    Result result = Result.ok();
    if (current && file) {
      return Verdict.satisfied(result);
    }
    if (!zone.known()) {
      throw new Refusal(
          "there is no time zone '"
              + name
              + "' in /usr/share/zoneinfo of this host; check its spelling or install tzdata");
    }
    List<Step> steps = new ArrayList<>();
    if (zone.service().isPresent()) {
      steps.add(
          Step.change(
              "set the time zone to " + name,
              Script.of("exec timedatectl set-timezone -- \"$1\"\n", name),
              Undo.restore("/etc/localtime", "/etc/timezone")));
    } else {
      boolean writes = zone.file().isPresent() || zone.debian();
      steps.add(
          Step.change(
              "set the time zone to " + name,
              Script.of(BY_FILES, name, writes ? "yes" : "no"),
              Undo.restore("/etc/localtime", "/etc/timezone")));
    }
    String before = zone.service().or(zone::file).orElse(zone.now());
    return Verdict.changes(
        steps,
        List.of(
            new Diff.Properties(
                Map.of("name", Value.text(before)), Map.of("name", Value.text(name)))),
        result.changed(true));
  }
}
