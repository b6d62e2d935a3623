package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.CommandLine;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.module.textfile.TextFile;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code community.general.modprobe}: a module of the kernel, now and at each boot. */
public final class Modprobe implements Module<Modprobe.Args> {

  private static final String RUN =
      """
      PATH=$PATH:/usr/sbin:/sbin
      exec modprobe "$@"
      """;

  private static final String LOAD_AT_BOOT = "/etc/modules-load.d/";
  private static final String OPTIONS = "/etc/modprobe.d/";

  /** The parameters. */
  public record Args(
      @Arg(doc = "The module.") String name,
      @Arg(doc = "Parameters of the module, such as `numdummies=2`.") Optional<String> params,
      @Arg(
              doc = "Whether it is loaded now.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Arg(
              doc = "Whether it is loaded at each boot; `disabled` leaves that as it is.",
              choices = {"absent", "disabled", "present"},
              defaultsTo = "disabled")
          String persistent) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.modprobe",
        Args.class,
        "Loads modules of the kernel, or unloads them, now and at each boot.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(new KernelModuleFact(want.name()));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (!want.name().matches("[A-Za-z0-9_.-]+")) {
      throw new Refusal("'" + want.name() + "' is no name of a kernel module");
    }
    KernelModuleFact.Answer now = host.get(new KernelModuleFact(want.name()));
    List<Step> steps = new ArrayList<>();
    List<Diff> diffs = new ArrayList<>();
    load(want, now.loaded(), steps, diffs);
    switch (want.persistent()) {
      case "present" -> persist(want, now.files(), steps, diffs);
      case "absent" -> {
        disable(now.files(), LOAD_AT_BOOT, named(want), steps, diffs);
        disable(now.files(), OPTIONS, option(want), steps, diffs);
      }
      default -> {}
    }
    Result result =
        Result.ok()
            .with("name", want.name())
            .with("params", want.params().orElse(""))
            .with("state", want.state());
    return steps.isEmpty()
        ? Verdict.satisfied(result)
        : Verdict.changes(steps, diffs, result.changed(true));
  }

  private static void load(Args want, boolean loaded, List<Step> steps, List<Diff> diffs) {
    boolean present = want.state().equals("present");
    if (loaded == present) {
      return;
    }
    List<String> words = new ArrayList<>(List.of(want.name()));
    words.addAll(CommandLine.split(want.params().orElse("")));
    Script load = Script.of(RUN, words.toArray(String[]::new));
    Script unload = Script.of(RUN, "-r", want.name());
    Undo back =
        present
            ? new Undo.Run("unload " + want.name(), unload)
            : new Undo.Run("load " + want.name(), load);
    steps.add(
        Step.change(
            (present ? "load " : "unload ") + want.name(),
            present ? load : unload,
            back.and(SystemWatches.kernelModule(want.name()))));
    String line = want.name() + "\n";
    diffs.add(
        new Diff.Texts(
            "loaded modules",
            Value.text(present ? "" : line),
            "loaded modules",
            Value.text(present ? line : "")));
  }

  private static void persist(Args want, List<TextFile> files, List<Step> steps, List<Diff> diffs) {
    if (matches(files, LOAD_AT_BOOT, named(want)).isEmpty()) {
      write(file(files, LOAD_AT_BOOT + want.name() + ".conf"), want.name() + "\n", steps, diffs);
    }
    Set<String> wanted = new LinkedHashSet<>(CommandLine.split(want.params().orElse("")));
    if (wanted.equals(new LinkedHashSet<>(matches(files, OPTIONS, option(want))))) {
      return;
    }
    String own = OPTIONS + want.name() + ".conf";
    disable(
        files.stream().filter(file -> !file.path().equals(own)).toList(),
        OPTIONS,
        option(want),
        steps,
        diffs);
    StringBuilder text = new StringBuilder();
    wanted.forEach(each -> text.append("options " + want.name() + " " + each + "\n"));
    write(file(files, own), text.toString(), steps, diffs);
  }

  private static TextFile file(List<TextFile> files, String path) {
    return files.stream()
        .filter(file -> file.path().equals(path))
        .findFirst()
        .orElse(new TextFile(path, false, "", "", ""));
  }

  private static void write(TextFile file, String content, List<Step> steps, List<Diff> diffs) {
    steps.add(file.replace(Value.text(content), "0644"));
    diffs.add(file.diff(Value.text(content)));
  }

  /** Puts a comment sign in front of the lines that match. */
  private static void disable(
      List<TextFile> files, String directory, Pattern line, List<Step> steps, List<Diff> diffs) {
    for (TextFile file : files) {
      if (file.path().startsWith(directory)) {
        String edited =
            String.join(
                "",
                file.lines().stream()
                    .map(each -> (line.matcher(each).matches() ? "#" : "") + each + "\n")
                    .toList());
        if (!edited.equals(file.content())) {
          write(file, edited, steps, diffs);
        }
      }
    }
  }

  private static List<String> matches(List<TextFile> files, String directory, Pattern pattern) {
    List<String> found = new ArrayList<>();
    for (TextFile file : files) {
      if (file.path().startsWith(directory)) {
        for (String line : file.lines()) {
          Matcher matcher = pattern.matcher(line);
          if (matcher.matches()) {
            found.add(matcher.group(1));
          }
        }
      }
    }
    return found;
  }

  private static Pattern named(Args want) {
    return Pattern.compile(" *(" + Pattern.quote(want.name()) + ") *(?:[#;].*)?");
  }

  private static Pattern option(Args want) {
    return Pattern.compile("options " + Pattern.quote(want.name()) + " (\\w+=\\S+) *(?:[#;].*)?");
  }
}
