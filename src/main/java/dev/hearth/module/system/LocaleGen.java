package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.module.textfile.TextFile;
import dev.hearth.module.textfile.TextFileFact;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** {@code community.general.locale_gen}: locales of a Debian host. */
public final class LocaleGen implements Module<LocaleGen.Args> {

  private static final String FILE = "/etc/locale.gen";
  private static final String ARCHIVE = "/usr/lib/locale/locale-archive";
  private static final String GENERATE = "exec locale-gen </dev/null >/dev/null\n";

  /** The parameters. */
  public record Args(
      @Arg(doc = "The locales, such as `de_DE.UTF-8`.") List<String> name,
      @Arg(
              doc = "Whether the host has them.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.locale_gen", Args.class, "Makes and removes locales of a Debian host.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(new TextFileFact(FILE), new LocalesFact());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.name().isEmpty()) {
      throw new Refusal("locale_gen needs the parameter 'name'");
    }
    TextFile file = host.get(new TextFileFact(FILE));
    if (!file.exists()) {
      throw new Refusal(
          "/etc/locale.gen is missing; install the package 'locales' before this task");
    }
    LocalesFact.Answer now = host.get(new LocalesFact());
    boolean present = want.state().equals("present");
    List<String> open = want.name().stream().filter(name -> now.has(name) != present).toList();
    Result result = Result.ok().with("mechanism", "glibc");
    if (open.isEmpty()) {
      return Verdict.satisfied(result);
    }
    String after = file.content();
    for (String name : open) {
      after = present ? enabled(after, name, now) : disabled(after, name);
    }
    List<Step> steps = new ArrayList<>();
    if (!after.equals(file.content())) {
      steps.add(file.replace(Value.text(after), "0644"));
    }
    steps.add(Step.change("make the locales", Script.of(GENERATE), Undo.restore(ARCHIVE)));
    return Verdict.changes(steps, List.of(file.diff(Value.text(after))), result.changed(true));
  }

  private static String enabled(String text, String name, LocalesFact.Answer now) {
    Pattern line = Pattern.compile("(?m)^#?[ \\t]*(" + Pattern.quote(name) + "(?:[ \\t].*)?)$");
    if (line.matcher(text).find()) {
      return line.matcher(text).replaceFirst("$1");
    }
    String charset =
        now.supported(name)
            .orElseThrow(
                () ->
                    new Refusal(
                        "The following locales you have entered are not available on your system: "
                            + name));
    return text + (text.isEmpty() || text.endsWith("\n") ? "" : "\n") + name + " " + charset + "\n";
  }

  private static String disabled(String text, String name) {
    return Pattern.compile("(?m)^[ \\t]*(" + Pattern.quote(name) + "(?:[ \\t].*)?)$")
        .matcher(text)
        .replaceAll("# $1");
  }
}
