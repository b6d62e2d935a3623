package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.UnreadableFact;
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

/** {@code community.general.snap}: packages of snapd. */
public final class Snap implements Module<Snap.Args> {

  private static final String RUN = "exec snap \"$@\" </dev/null\n";

  /** The parameters. */
  public record Args(
      @Arg(doc = "The packages.") List<String> name,
      @Arg(
              doc = "Whether they are installed, and may run.",
              choices = {"absent", "disabled", "enabled", "present"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "The channel, `latest/edge`.") Optional<String> channel,
      @Arg(doc = "Without confinement.", defaultsTo = "false") boolean classic,
      @Arg(doc = "A package that nobody signed.", defaultsTo = "false") boolean dangerous,
      @Arg(
              doc =
                  "Settings of the packages; refused, no snapd could be had to try them with: call"
                      + " `snap set` in a command task.")
          List<String> options) {}

  /** How packages stand: {@code enabled} or {@code disabled}, and the channel. */
  record Installed() implements Fact<Map<String, String>> {

    private static final String PROBE =
        """
        if ! command -v snap >/dev/null; then
          echo "snap is not on this host; install snapd first" >&2
          exit 127
        fi
        snap list 2>/dev/null | tail -n +2
        exit 0
        """;

    @Override
    public String key() {
      return "snap list";
    }

    @Override
    public Script probe() {
      return Script.of(PROBE);
    }

    @Override
    public Map<String, String> parse(Outcome.Exited answer) {
      if (!answer.ok()) {
        throw new UnreadableFact(answer.err().strip());
      }
      Map<String, String> installed = new LinkedHashMap<>();
      for (String line : answer.out().lines().toList()) {
        String[] words = line.strip().split("\\s+");
        if (words.length >= 4) {
          boolean disabled = words[words.length - 1].contains("disabled");
          installed.put(words[0], (disabled ? "disabled " : "enabled ") + words[3]);
        }
      }
      return installed;
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.snap", Args.class, "Installs, removes and switches packages of snapd.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(new Installed());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (!want.options().isEmpty()) {
      throw new Refusal("options is not supported; use 'snap set' in a command task");
    }
    if (want.name().isEmpty()) {
      throw new Refusal("snap needs the parameter 'name'");
    }
    Map<String, String> now = host.get(new Installed());
    List<Step> steps = new ArrayList<>();
    List<Value> installs = new ArrayList<>();
    List<Value> removals = new ArrayList<>();
    for (String name : want.name()) {
      String status = now.getOrDefault(name, "");
      switch (want.state()) {
        case "absent" -> {
          if (!status.isEmpty()) {
            removals.add(Value.text(name));
            steps.add(
                step("remove " + name, run("install " + name, "install", name), "remove", name));
          }
        }
        case "enabled", "disabled" -> {
          if (status.isEmpty()) {
            throw new Refusal("the snap " + name + " is not installed");
          }
          if (!status.startsWith(want.state())) {
            boolean enable = want.state().equals("enabled");
            steps.add(
                step(
                    (enable ? "enable " : "disable ") + name,
                    run(
                        (enable ? "disable " : "enable ") + name,
                        enable ? "disable" : "enable",
                        name),
                    enable ? "enable" : "disable",
                    name));
          }
        }
        default -> install(want, name, status, steps, installs);
      }
    }
    Result result =
        Result.ok()
            .with("classic", want.classic())
            .with("channel", want.channel().<Value>map(Value::text).orElse(Value.NULL))
            .with("snaps_installed", new Value.Seq(installs))
            .with("snaps_removed", new Value.Seq(removals));
    return steps.isEmpty()
        ? Verdict.satisfied(result)
        : Verdict.changes(
            steps,
            List.of(new Diff.Prepared(want.state() + ": " + String.join(" ", want.name()) + "\n")),
            result.changed(true));
  }

  private static void install(
      Args want, String name, String status, List<Step> steps, List<Value> installs) {
    String channel = want.channel().map(Snap::whole).orElse("");
    boolean other =
        !channel.isEmpty() && !status.isEmpty() && !whole(status.split(" ", 2)[1]).equals(channel);
    if (!status.isEmpty() && !other) {
      return;
    }
    List<String> words = new ArrayList<>(List.of(other ? "refresh" : "install"));
    if (want.classic()) {
      words.add("--classic");
    }
    if (want.dangerous()) {
      words.add("--dangerous");
    }
    want.channel().ifPresent(it -> words.add("--channel=" + it));
    words.add(name);
    installs.add(Value.text(name));
    steps.add(
        step(
            (other ? "refresh " : "install ") + name,
            other
                ? run("refresh " + name, "refresh", "--channel=" + status.split(" ", 2)[1], name)
                : run("remove " + name, "remove", name),
            words.toArray(String[]::new)));
  }

  /** snap leaves {@code latest/} away. */
  private static String whole(String channel) {
    return channel.contains("/") ? channel : "latest/" + channel;
  }

  private static Step step(String what, Undo undo, String... words) {
    return Step.change(what, Script.of(RUN, words), undo);
  }

  private static Undo run(String what, String... words) {
    return new Undo.Run(what, Script.of(RUN, words));
  }
}
