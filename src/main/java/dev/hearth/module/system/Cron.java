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
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Optional;

/** Jobs and variables of cron, in a user's timetable or a file of {@code /etc/cron.d}. */
public final class Cron implements Module<Cron.Args> {

  private static final String INSTALL =
      """
      if [ -n "$1" ] && [ "$1" != "$(id -un)" ]; then exec crontab -u "$1" -; fi
      exec crontab -
      """;

  private static final String INSTALL_OR_REMOVE =
      """
      set -- "$1" "$2" crontab
      if [ -n "$1" ] && [ "$1" != "$(id -un)" ]; then set -- "$@" -u "$1"; fi
      if [ -n "$2" ]; then shift 2; exec "$@" -r; fi
      shift 2
      exec "$@" -
      """;

  /** The arguments of {@code cron}. */
  public record Args(
      @Arg(doc = "The job's name, which finds it again; with `env` the variable's.") String name,
      @Arg(doc = "Whose timetable; with `cron_file` who runs the job.") Optional<String> user,
      @Arg(
              doc = "The command; with `env` the variable's value.",
              aliases = {"value"})
          Optional<String> job,
      @Arg(doc = "A file in /etc/cron.d, or an absolute path.") Optional<String> cronFile,
      @Arg(
              doc = "Whether the job is there.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "Keep a copy of the timetable before a change.", defaultsTo = "false")
          boolean backup,
      @Arg(doc = "Minute.", defaultsTo = "*") String minute,
      @Arg(doc = "Hour.", defaultsTo = "*") String hour,
      @Arg(
              doc = "Day of the month.",
              aliases = {"dom"},
              defaultsTo = "*")
          String day,
      @Arg(doc = "Month.", defaultsTo = "*") String month,
      @Arg(
              doc = "Day of the week.",
              aliases = {"dow"},
              defaultsTo = "*")
          String weekday,
      @Arg(
              doc = "A nickname instead of times.",
              choices = {"annually", "daily", "hourly", "monthly", "reboot", "weekly", "yearly"})
          Optional<String> specialTime,
      @Arg(doc = "Keep the job, commented out.", defaultsTo = "false") boolean disabled,
      @Arg(doc = "Manage a variable and not a job.", defaultsTo = "false") boolean env,
      @Arg(doc = "Put the variable behind this one.") Optional<String> insertafter,
      @Arg(doc = "Put the variable before this one.") Optional<String> insertbefore) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of("ansible.builtin.cron", Args.class, "Manages cron's jobs and variables.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return path(want)
        .<List<Fact<?>>>map(path -> List.of(new TextFileFact(path)))
        .orElse(List.of(new CrontabFact(want.user().orElse(""))));
  }

  private static Optional<String> path(Args want) {
    return want.cronFile().map(file -> file.startsWith("/") ? file : "/etc/cron.d/" + file);
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    return plan(want, host, "\"");
  }

  /**
   * The same.
   *
   * @param quote what stands around the value of a variable
   */
  static Verdict plan(Args want, Facts host, String quote) {
    check(want);
    Optional<TextFile> file = path(want).map(path -> host.get(new TextFileFact(path)));
    String text =
        file.isPresent() ? file.get().content() : host.get(new CrontabFact(want.user().orElse("")));
    Crontab table = Crontab.of(text);
    boolean changed = want.env() ? variable(want, table, quote) : job(want, table);
    boolean unended = !text.isEmpty() && !text.endsWith("\n") && !text.endsWith("\r");
    boolean removes = changed && !want.env() && want.state().equals("absent") && table.empty();
    Result result =
        removes && file.isPresent()
            ? Result.ok().with("state", "absent")
            : Result.ok().with("jobs", texts(table.jobs())).with("envs", texts(table.variables()));
    if (want.cronFile().isPresent()) {
      result = result.with("cron_file", want.cronFile().get());
    }
    if (!changed && !unended) {
      return Verdict.satisfied(result);
    }
    Value.Textual rendered = new Value.Text(table.render());
    Step step =
        file.map(it -> removes ? it.remove() : it.replace(rendered, "0644"))
            .orElseGet(() -> install(want.user().orElse(""), text, rendered));
    List<Step> steps = List.of(want.backup() ? CrontabCopy.before(step, text) : step);
    String header =
        file.map(TextFile::path)
            .orElse(want.user().map(user -> "crontab for user \"" + user + "\"").orElse("crontab"));
    Diff diff = new Diff.Texts(header, Value.text(text), header, rendered);
    Verdict.Changes changes = Verdict.changes(steps, List.of(diff), result.changed(true));
    if (!want.backup()) {
      return changes;
    }
    return changes.telling(
        (end, ends) ->
            end.with("backup_file", ends.getFirst().out().lines().findFirst().orElse("")));
  }

  private static Step install(String user, String before, Value.Textual after) {
    return Step.change(
        "install the timetable",
        Script.of(INSTALL, user).reading(Payload.of(after)),
        new Undo.Run(
                "install the former timetable",
                Script.of(INSTALL_OR_REMOVE, user, before.isEmpty() ? "none" : "")
                    .reading(Payload.of(Value.text(before))))
            .and(SystemWatches.timetable(user)));
  }

  private static void check(Args want) {
    boolean present = want.state().equals("present");
    boolean times =
        !(want.minute() + want.hour() + want.day() + want.month() + want.weekday()).equals("*****");
    if (want.specialTime().isPresent() && times) {
      throw new Refusal("special_time cannot be combined with minute, hour, day, month or weekday");
    }
    if (want.cronFile().filter("/etc/crontab"::equals).isPresent()) {
      throw new Refusal("/etc/crontab is not managed by cron_file; use a file in /etc/cron.d");
    }
    if (present && want.cronFile().isPresent() && want.user().isEmpty()) {
      throw new Refusal("cron_file needs user: say who runs the job");
    }
    if (present && want.job().isEmpty()) {
      throw new Refusal("give job: the command, or the variable's value");
    }
    if ((want.insertafter().isPresent() || want.insertbefore().isPresent()) && !want.env()) {
      throw new Refusal("insertafter and insertbefore are for variables only: add env: true");
    }
    if (want.insertafter().isPresent() && want.insertbefore().isPresent()) {
      throw new Refusal("insertafter and insertbefore exclude each other");
    }
    if (want.env() && want.name().contains(" ")) {
      throw new Refusal("'" + want.name() + "' cannot be the name of a variable");
    }
    if (present && !want.env() && want.job().orElse("").strip().contains("\n")) {
      throw new Refusal("the job has a line end in it; cron runs one line");
    }
    if (want.name().contains("\n")) {
      throw new Refusal("the name has a line end in it");
    }
  }

  private static boolean job(Args want, Crontab table) {
    if (want.state().equals("absent")) {
      return table.remove(want.name());
    }
    return table.put(want.name(), line(want));
  }

  private static String line(Args want) {
    String when =
        want.specialTime()
            .map(name -> "@" + name)
            .orElse(
                String.join(
                    " ", want.minute(), want.hour(), want.day(), want.month(), want.weekday()));
    String who = want.cronFile().isPresent() ? " " + want.user().orElseThrow() : "";
    String job = want.job().orElseThrow().replaceAll("^[\r\n]+|[\r\n]+$", "");
    return (want.disabled() ? "#" : "") + when + who + " " + job;
  }

  private static boolean variable(Args want, Crontab table, String quote) {
    Optional<String> now = table.variable(want.name());
    if (want.state().equals("absent")) {
      table.removeVariable(want.name());
      return now.isPresent();
    }
    String line = want.name() + "=" + quote + want.job().orElseThrow() + quote;
    if (now.isEmpty()) {
      want.insertafter()
          .or(want::insertbefore)
          .filter(other -> table.variable(other).isEmpty())
          .ifPresent(
              other -> {
                throw new Refusal("Variable named '" + other + "' not found.");
              });
      table.addVariable(line, want.insertafter(), want.insertbefore());
      return true;
    }
    if (quote.isEmpty()
        && now.get().equals(want.name() + "=\"" + want.job().orElseThrow() + "\"")) {
      return false;
    }
    table.replaceVariable(want.name(), line);
    return !now.get().equals(line);
  }

  private static Value texts(List<String> names) {
    return new Value.Seq(names.stream().map(name -> (Value) Value.text(name)).toList());
  }
}
