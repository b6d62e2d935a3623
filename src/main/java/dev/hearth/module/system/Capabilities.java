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
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code community.general.capabilities}: rights of a program beyond those of its user. */
public final class Capabilities implements Module<Capabilities.Args> {

  private static final String SET =
      """
      PATH=$PATH:/usr/sbin:/sbin
      if [ -n "$2" ]; then exec setcap "$2" "$1"; else exec setcap -r "$1"; fi
      """;

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "The program.",
              aliases = {"key"})
          String path,
      @Arg(
              doc = "The right with its flags, such as `cap_net_raw+ep`.",
              aliases = {"cap"})
          String capability,
      @Arg(
              doc = "Whether it has the right.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.capabilities",
        Args.class,
        "Gives a program rights beyond those of its user, or takes them away.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(new CapabilitiesFact(want.path()));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    Matcher form =
        Pattern.compile("(?i)(cap_\\w+)(?:([=+-])([eip]+))?").matcher(want.capability().strip());
    boolean absent = want.state().equals("absent");
    if (!form.matches() || form.group(2) == null && !absent) {
      throw new Refusal(
          "Couldn't find operator (one of: =, -, +) or flags in " + want.capability());
    }
    Map<String, String> now = host.get(new CapabilitiesFact(want.path()));
    Map<String, String> then = new TreeMap<>(now);
    String name = form.group(1).toLowerCase(Locale.ROOT);
    String flags =
        (absent ? "" : form.group(3))
            .chars()
            .sorted()
            .distinct()
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    if (absent) {
      then.remove(name);
    } else {
      then.put(name, flags);
    }
    if (then.equals(new TreeMap<>(now))) {
      return Verdict.satisfied(
          Result.ok()
              .with("state", want.state())
              .with("msg", "capabilities unchanged")
              .with("stdout", text(now)));
    }
    Step step =
        Step.change(
            "set the capabilities of " + want.path(),
            Script.of(SET, want.path(), text(then)),
            new Undo.Run(
                "put back the capabilities of " + want.path(),
                Script.of(SET, want.path(), text(now))));
    return Verdict.changes(
        List.of(step),
        List.of(
            new Diff.Properties(
                Map.of("capabilities", Value.text(text(now))),
                Map.of("capabilities", Value.text(text(then))))),
        Result.changedNow()
            .with("state", want.state())
            .with("msg", "capabilities changed")
            .with("stdout", text(then)));
  }

  private static String text(Map<String, String> rights) {
    List<String> words = new ArrayList<>();
    new TreeMap<>(rights).forEach((name, flags) -> words.add(name + "=" + flags));
    return String.join(" ", words);
  }
}
