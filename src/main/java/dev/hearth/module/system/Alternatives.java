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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code community.general.alternatives}: which of several programs bears a common name. */
public final class Alternatives implements Module<Alternatives.Args> {

  private static final String RUN =
      """
      tool=$(command -v update-alternatives || command -v alternatives) || {
        echo "there is no update-alternatives on this host" >&2
        exit 127
      }
      exec "$tool" "$@" >/dev/null
      """;

  /** The parameters. */
  public record Args(
      @Arg(doc = "The common name, such as `editor`.") String name,
      @Arg(doc = "The program that bears it.") Optional<String> path,
      @Arg(doc = "The link of the name; needed when the name is new.") Optional<String> link,
      @Arg(doc = "The program's priority; 50 when it is added.") Optional<Integer> priority,
      @Arg(
              doc =
                  "The family of programs that it belongs to, or that is chosen; only Red Hat's"
                      + " program knows families.")
          Optional<String> family,
      @Arg(
              doc =
                  "Whether the program is chosen, there, there with the choice by priority, or not"
                      + " there.",
              choices = {"absent", "auto", "present", "selected"},
              defaultsTo = "selected")
          String state,
      @Arg(
              doc = "Links that go along: mappings with `name`, `path` and `link`.",
              aliases = {"slaves"})
          List<Map<String, Value>> subcommands) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.alternatives",
        Args.class,
        "Chooses which of several programs bears a common name.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(new AlternativesFact(want.name()));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.path().isEmpty() && want.family().isEmpty()) {
      throw new Refusal("one of the following is required: path, family");
    }
    AlternativesFact.Answer now = host.get(new AlternativesFact(want.name()));
    String path = want.path().orElse("");
    String chosen = want.path().or(want::family).orElseThrow();
    boolean there = now.paths().containsKey(path);
    List<Step> steps = new ArrayList<>();
    Undo back =
        now.auto() || now.value().isEmpty()
            ? run("choose by priority again", "--auto", want.name())
            : run("choose " + now.value() + " again", "--set", want.name(), now.value());
    Map<String, Value> before = new LinkedHashMap<>();
    Map<String, Value> after = new LinkedHashMap<>();
    if (want.state().equals("absent")) {
      if (there) {
        before.put("path", Value.text(path));
        after.put("path", Value.NULL);
        steps.add(step("take away " + path, back(now, want, path), "--remove", want.name(), path));
      }
    } else {
      boolean other =
          there
              && want.priority().isPresent()
              && !want.priority().get().equals(now.paths().get(path));
      if (!path.isEmpty() && (!there || other)) {
        before.put(
            "priority", there ? Value.number(now.paths().getOrDefault(path, 50)) : Value.NULL);
        int priority = want.priority().orElse(50);
        after.put("priority", Value.number(priority));
        steps.add(install(want, path, priority, now, there));
      }
      if (want.state().equals("selected") && !bears(want, now)) {
        before.put("value", Value.text(now.value()));
        after.put("value", Value.text(chosen));
        steps.add(step("choose " + chosen, back, "--set", want.name(), chosen));
      } else if (want.state().equals("auto") && !now.auto() && !now.value().isEmpty()) {
        before.put("mode", Value.text("manual"));
        after.put("mode", Value.text("auto"));
        steps.add(step("choose by priority", back, "--auto", want.name()));
      }
    }
    return steps.isEmpty()
        ? Verdict.satisfied(Result.ok())
        : Verdict.changes(steps, List.of(new Diff.Properties(before, after)), Result.changedNow());
  }

  /** Whether the name's program is the wanted one, or one of the wanted family. */
  private static boolean bears(Args want, AlternativesFact.Answer now) {
    boolean family =
        want.family().isPresent()
            && want.family().get().equals(now.families().getOrDefault(now.value(), ""));
    return family || want.path().filter(now.value()::equals).isPresent();
  }

  private static Step install(
      Args want, String path, int priority, AlternativesFact.Answer now, boolean there) {
    String link =
        want.link()
            .or(() -> Optional.of(now.link()).filter(known -> !known.isEmpty()))
            .orElseThrow(
                () ->
                    new Refusal(
                        "Needed to install the alternative, but unable to do so as we are missing"
                            + " the link"));
    List<String> words =
        new ArrayList<>(List.of("--install", link, want.name(), path, Integer.toString(priority)));
    want.family().ifPresent(family -> words.addAll(List.of("--family", family)));
    for (Map<String, Value> slave : want.subcommands()) {
      words.add("--slave");
      for (String key : List.of("link", "name", "path")) {
        if (!(slave.get(key) instanceof Value.Textual text)) {
          throw new Refusal("each of subcommands needs " + key);
        }
        words.add(text.reveal());
      }
    }
    Undo undo =
        there ? back(now, want, path) : run("take away " + path, "--remove", want.name(), path);
    return step("add " + path, undo, words.toArray(String[]::new));
  }

  private static Undo back(AlternativesFact.Answer now, Args want, String path) {
    return run(
        "add " + path + " again",
        "--install",
        now.link(),
        want.name(),
        path,
        Integer.toString(now.paths().getOrDefault(path, 50)));
  }

  private static Step step(String what, Undo undo, String... words) {
    return Step.change(what, Script.of(RUN, words), undo);
  }

  private static Undo run(String what, String... words) {
    return new Undo.Run(what, Script.of(RUN, words));
  }
}
