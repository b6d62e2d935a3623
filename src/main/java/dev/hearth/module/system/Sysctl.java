package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.module.textfile.TextFile;
import dev.hearth.module.textfile.TextFileFact;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Kernel settings: a line in a file of settings and, when asked, the kernel itself. */
public final class Sysctl implements Module<Sysctl.Args> {

  /** The arguments of {@code sysctl}. */
  public record Args(
      @Arg(
              doc = "The setting's name, with dots.",
              aliases = {"key"})
          String name,
      @Arg(
              doc = "Its value; required unless it shall be absent.",
              aliases = {"val"})
          Optional<String> value,
      @Arg(
              doc = "Whether the file has a line for it.",
              choices = {"present", "absent"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "Go on when the kernel does not know a setting.", defaultsTo = "false")
          boolean ignoreerrors,
      @Arg(doc = "Make the kernel read the file again when it changed.", defaultsTo = "true")
          boolean reload,
      @Arg(doc = "The file of settings.", defaultsTo = "/etc/sysctl.conf") String sysctlFile,
      @Arg(doc = "Set it in the running kernel too.", defaultsTo = "false") boolean sysctlSet) {}

  /**
   * What the running kernel has.
   *
   * @param name the setting
   */
  record Running(String name) implements Fact<Optional<String>> {

    @Override
    public String key() {
      return "sysctl " + name;
    }

    @Override
    public Script probe() {
      return Script.of("sysctl -e -n -- \"$1\" 2>/dev/null\nexit 0\n", name);
    }

    @Override
    public Optional<String> parse(Outcome.Exited answer) {
      String value = answer.out().strip();
      return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.posix.sysctl", Args.class, "Sets kernel settings, now and after a reboot.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    TextFileFact file = new TextFileFact(want.sysctlFile());
    return want.sysctlSet() || want.reload()
        ? List.of(file, new Running(want.name()))
        : List.of(file);
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    boolean present = want.state().equals("present");
    if (want.name().isBlank()) {
      throw new Refusal("name cannot be blank");
    }
    if (present && want.value().filter(text -> !text.isBlank()).isEmpty()) {
      throw new Refusal("value cannot be blank: give the value of " + want.name());
    }
    String value = plain(want.value().orElse(""));
    TextFile file = host.get(new TextFileFact(want.sysctlFile()));
    List<Step> steps = new ArrayList<>();
    List<Diff> diffs = new ArrayList<>();
    Optional<String> written = written(file, want.name());
    boolean rewrite =
        present ? !written.map(now -> same(now, value)).orElse(false) : written.isPresent();
    boolean asks = present && (want.sysctlSet() || want.reload());
    Optional<String> running = asks ? host.get(new Running(want.name())) : Optional.<String>empty();
    boolean runs = running.map(now -> same(now, value)).orElse(!asks || want.ignoreerrors());
    if (present && want.sysctlSet() && !runs) {
      steps.add(
          sysctl(
              want,
              "set " + want.name() + " to " + value,
              former(want, running),
              "-w",
              want.name() + "=" + value));
    }
    if (!runs) {
      diffs.add(
          new Diff.Texts(
              want.name(),
              Value.text(running.orElse("") + "\n"),
              want.name(),
              Value.text(value + "\n")));
    }
    if (rewrite) {
      Value.Textual text = new Value.Text(edited(file, want.name(), value, present));
      steps.add(file.replace(text, "0644"));
      diffs.add(file.diff(text));
    }
    if (want.reload() && (rewrite || !runs)) {
      steps.add(
          sysctl(
              want, "load " + want.sysctlFile(), former(want, running), "-p", want.sysctlFile()));
    }
    return steps.isEmpty()
        ? Verdict.satisfied(Result.ok())
        : Verdict.changes(steps, diffs, Result.changedNow());
  }

  private static Step sysctl(Args want, String what, Undo undo, String... words) {
    List<String> all = new ArrayList<>();
    if (want.ignoreerrors()) {
      all.add("-e");
    }
    all.addAll(List.of(words));
    return Step.change(
        what,
        Script.of("exec sysctl \"$@\"\n", all.toArray(String[]::new)),
        undo.and(SystemWatches.sysctl(want.name())));
  }

  private static Undo former(Args want, Optional<String> running) {
    return running
        .<Undo>map(
            value ->
                new Undo.Run(
                    "set " + want.name() + " to " + value,
                    Script.of("exec sysctl -w \"$1\"\n", want.name() + "=" + value)))
        .orElse(new Undo.Impossible("the former value of " + want.name() + " is not known"));
  }

  /** Words that Ansible takes for on and off become 1 and 0. */
  private static String plain(String value) {
    String word = value.strip();
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "yes", "on", "true", "y", "t" -> "1";
      case "no", "off", "false", "n", "f" -> "0";
      default -> word;
    };
  }

  private static boolean same(String left, String right) {
    return left.strip().replaceAll("\\s+", " ").equals(right.strip().replaceAll("\\s+", " "));
  }

  private static boolean setting(String line) {
    String text = line.strip();
    return !text.isEmpty() && !text.startsWith("#") && !text.startsWith(";") && text.contains("=");
  }

  private static Optional<String> written(TextFile file, String name) {
    return file.lines().stream()
        .filter(Sysctl::setting)
        .filter(line -> line.substring(0, line.indexOf('=')).strip().equals(name))
        .map(line -> line.substring(line.indexOf('=') + 1).strip())
        .reduce((first, last) -> last);
  }

  /**
   * The new content. As with ansible.posix every setting is written without blanks around its sign
   * and only the first line of each is kept.
   */
  private static String edited(TextFile file, String name, String value, boolean present) {
    StringBuilder text = new StringBuilder();
    Set<String> seen = new HashSet<>();
    for (String line : file.lines()) {
      if (!setting(line)) {
        text.append(line.strip()).append('\n');
        continue;
      }
      String key = line.substring(0, line.indexOf('=')).strip();
      if (!seen.add(key)) {
        continue;
      }
      if (!key.equals(name)) {
        text.append(key)
            .append('=')
            .append(line.substring(line.indexOf('=') + 1).strip())
            .append('\n');
      } else if (present) {
        text.append(name).append('=').append(value).append('\n');
      }
    }
    if (present && !seen.contains(name)) {
      text.append(name).append('=').append(value).append('\n');
    }
    return text.toString();
  }
}
