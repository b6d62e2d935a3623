package dev.hearth.view;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.diag.Severity;
import dev.hearth.run.Event;
import dev.hearth.run.EventSink;
import dev.hearth.run.HostTally;
import dev.hearth.value.Value;
import dev.hearth.view.Palette.Colour;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The lines that people know from {@code ansible-playbook}'s default output: banners, one line for
 * each host, the recap. Results go to standard output, warnings and explanations to standard error;
 * every line passes the masker.
 */
public final class ConsoleView implements EventSink {

  private final Terminal terminal;
  private final Masker masker;
  private final int verbosity;
  private final ConsoleStyle style;
  private final ResultText results;
  private final DiffText diffs;
  private final CustomStats stats = new CustomStats();
  private final boolean checking;
  private final List<String> called;

  /** The banner of a task of which nothing has been shown yet. */
  private Optional<Event.TaskStarted> waiting = Optional.empty();

  private String task = "";

  /**
   * A view on a terminal.
   *
   * @param verbosity how often {@code -v} was given
   * @param checking whether the whole run changes nothing
   * @param called how the run was called, a line each, for {@code -vvvv}
   */
  public ConsoleView(
      Terminal terminal,
      Masker masker,
      int verbosity,
      boolean checking,
      ConsoleStyle style,
      List<String> called) {
    this.called = List.copyOf(called);
    this.style = style;
    this.checking = checking;
    this.terminal = terminal;
    this.masker = masker;
    this.verbosity = verbosity;
    this.results = new ResultText(style, verbosity);
    this.diffs = new DiffText(terminal.palette(), style.diffContext());
  }

  @Override
  public void accept(Event event) {
    switch (event) {
      case Event.PlaybookStarted playbook -> playbook(playbook);
      case Event.PlayStarted play ->
          banner("PLAY [" + play.name() + "]" + marker(play.checkMode()));
      case Event.NoHostsMatched none -> line(Colour.SKIPPED, "skipping: no hosts matched");
      case Event.TaskStarted started -> taskStarted(started);
      case Event.HostStarted started -> hostStarted(started);
      case Event.Asked asked -> banner(asked.question().strip());
      case Event.Said said -> said(said);
      case Event.Remarked remark -> remarked(remark);
      case Event.HostDone done -> done(done);
      case Event.Retrying retry -> retrying(retry);
      case Event.Async async -> asynchronous(async);
      case Event.Included included -> included(included);
      case Event.NoMoreHosts gone -> banner("NO MORE HOSTS LEFT");
      case Event.Warned warned -> diagnostic(warned.diagnostic());
      case Event.Explained explained -> diagnostic(explained.diagnostic());
      case Event.Finished finished -> recap(finished);
    }
  }

  private void banner(String text) {
    String shown = Printable.of(masker.mask(text)).strip();
    int stars = Math.max(3, terminal.width() - 1 - TextWidth.of(shown));
    terminal.out().println();
    terminal.out().println(shown + " " + "*".repeat(stars));
  }

  private void said(Event.Said said) {
    terminal.out().println(Printable.of(masker.mask(said.text())));
    terminal.out().flush();
  }

  private void remarked(Event.Remarked remark) {
    if (verbosity >= remark.verbosity()) {
      line(Colour.VERBOSE, remark.text());
    }
  }

  private void asynchronous(Event.Async async) {
    String where = " on " + async.host() + ": jid=" + async.job();
    line(
        Colour.VERBOSE,
        switch (async.standing()) {
          case RUNNING -> "ASYNC POLL" + where + " started=True finished=False";
          case OK -> "ASYNC OK" + where;
          case FAILED -> "ASYNC FAILED" + where;
        });
  }

  private void playbook(Event.PlaybookStarted playbook) {
    if (verbosity > 1) {
      Path name = Path.of(playbook.file()).getFileName();
      banner("PLAYBOOK: " + name);
      if (verbosity > 3) {
        called.forEach(line -> line(Colour.VERBOSE, line));
      }
      terminal.out().println(playbook.plays() + " plays in " + name);
    }
    if (checking && style.checkMarkers()) {
      banner("DRY RUN");
    }
  }

  private String marker(boolean checkMode) {
    return checkMode && style.checkMarkers() ? " [CHECK MODE]" : "";
  }

  private void taskStarted(Event.TaskStarted started) {
    task = (started.kind() == Event.Kind.TASK ? "TASK: " : "HANDLER: ") + started.name();
    waiting = Optional.of(started);
    if (style.skippedHosts() && style.okHosts()) {
      taskBanner();
    }
  }

  private void hostStarted(Event.HostStarted started) {
    if (style.hostStarts()) {
      line(Colour.OK, " [started " + task + " on " + started.host() + "]");
    }
  }

  /** Shows the task's banner if it has not been shown yet. */
  private void taskBanner() {
    waiting.ifPresent(this::taskBanner);
    waiting = Optional.empty();
  }

  private void taskBanner(Event.TaskStarted task) {
    String kind = task.kind() == Event.Kind.TASK ? "TASK [" : "RUNNING HANDLER [";
    banner(kind + task.name().strip() + "]" + marker(task.checkMode()));
    if (verbosity >= 2) {
      task.at().ifPresent(this::taskPath);
    }
  }

  private void taskPath(Location at) {
    String file = Path.of(at.source().name()).toAbsolutePath().toString();
    line(Colour.VERBOSE, "task path: " + file + ":" + at.line());
  }

  private void done(Event.HostDone done) {
    stats.add(done);
    if (!done.hidden()) {
      done.diffs().stream().map(diffs::of).filter(text -> !text.isEmpty()).forEach(this::diff);
    }
    if (leftOut(done)) {
      return;
    }
    if (done.looped()
        && done.status() != Event.Status.SKIPPED
        && done.status() != Event.Status.IGNORED
        && !toldInSum(done)) {
      return;
    }
    taskBanner();
    String worker =
        done.delegate()
            .filter(other -> !other.equals(done.host()))
            .map(other -> " -> " + other)
            .orElse("");
    String who = "[" + done.host() + worker + "]";
    switch (done.status()) {
      case OK -> told(Colour.OK, "ok: " + who, done, results.worthShowing(done));
      case CHANGED -> told(Colour.CHANGED, "changed: " + who, done, results.worthShowing(done));
      case SKIPPED -> told(Colour.SKIPPED, "skipping: " + who, done, verbosity > 0);
      case FAILED -> failed(Colour.FAILED, who, "FAILED", done);
      case IGNORED -> ignored(who, "FAILED", done);
      case UNREACHABLE -> failed(Colour.UNREACHABLE, who, "UNREACHABLE", done);
      case UNREACHABLE_IGNORED -> ignored(who, "UNREACHABLE", done);
    }
  }

  /**
   * Of debug alone, a loop's failure is told once more behind those of its items, as in Ansible.
   */
  private static boolean toldInSum(Event.HostDone done) {
    return done.action().equals("ansible.builtin.debug")
        && (done.status() == Event.Status.FAILED || done.status() == Event.Status.IGNORED);
  }

  private void diff(String text) {
    taskBanner();
    terminal.out().print(masker.mask(printableLines(text)));
  }

  /** Whether the options hide results like this. */
  private boolean leftOut(Event.HostDone done) {
    return (done.status() == Event.Status.OK && !style.okHosts())
        || (done.status() == Event.Status.SKIPPED && !style.skippedHosts());
  }

  private void told(Colour colour, String head, Event.HostDone done, boolean withResult) {
    StringBuilder text = new StringBuilder(head);
    done.item().ifPresent(item -> text.append(" => (item=").append(label(item, done)).append(") "));
    if (withResult) {
      boolean item = done.item().isPresent() && done.status() != Event.Status.SKIPPED;
      text.append(item ? "=> " : " => ").append(results.of(done));
    }
    line(
        colour,
        done.item().isPresent() && done.status() == Event.Status.SKIPPED
            ? text.toString()
            : text.toString().stripTrailing());
  }

  private void failed(Colour colour, String who, String how, Event.HostDone done) {
    String head =
        done.item()
            .map(item -> "failed: " + who + " (item=" + label(item, done) + ") => ")
            .orElse("fatal: " + who + ": " + how + "! => ");
    if (style.taskPathOnFailure() && verbosity < 2 && done.item().isEmpty()) {
      done.at().ifPresent(this::taskPath);
    }
    PrintStream to = style.failuresToErr() ? terminal.err() : terminal.out();
    String result = done.looped() ? results.sum(done) : results.of(done);
    to.println(terminal.palette().paint(colour, masker.mask(Printable.of(head + result))));
  }

  private void ignored(String who, String how, Event.HostDone done) {
    if (!done.looped() || toldInSum(done)) {
      failed(how.equals("FAILED") ? Colour.FAILED : Colour.UNREACHABLE, who, how, done);
    }
    if (done.item().isEmpty()) {
      line(Colour.SKIPPED, "...ignoring");
    }
  }

  private void retrying(Event.Retrying retry) {
    String result = verbosity >= 2 ? "Result was: " + results.of(retry) : "";
    line(
        Colour.VERBOSE,
        "FAILED - RETRYING: ["
            + retry.host()
            + "]: "
            + retry.task()
            + " ("
            + retry.left()
            + " retries left)."
            + result);
  }

  private void included(Event.Included included) {
    String item =
        included.item().map(value -> " => (item=" + results.shown(value) + ")").orElse("");
    line(
        Colour.SKIPPED,
        "included: " + included.file() + " for " + String.join(", ", included.hosts()) + item);
  }

  private void recap(Event.Finished finished) {
    banner("PLAY RECAP");
    finished.tallies().forEach(tally -> terminal.out().println(recapLine(tally)));
    terminal.out().println();
    if (verbosity >= 3) {
      finished
          .tallies()
          .forEach(
              tally ->
                  terminal
                      .err()
                      .println("round trips to " + tally.host() + ": " + tally.roundTrips()));
    }
    if (style.customStats() && !stats.isEmpty()) {
      banner("CUSTOM STATS: ");
      stats.lines().forEach(line -> terminal.out().println(masker.mask(Printable.of(line))));
    }
    if (checking && style.checkMarkers()) {
      banner("DRY RUN");
    }
    terminal.out().flush();
  }

  private String recapLine(HostTally tally) {
    Palette palette = terminal.palette();
    Colour host =
        tally.failed() + tally.unreachable() > 0
            ? Colour.FAILED
            : tally.changed() > 0 ? Colour.CHANGED : Colour.OK;
    String name = palette.paint(host, tally.host());
    String padded = name + " ".repeat(Math.max(0, 26 - tally.host().length()));
    return padded
        + " : "
        + count("ok", tally.ok(), Optional.of(Colour.OK))
        + " "
        + count("changed", tally.changed(), Optional.of(Colour.CHANGED))
        + " "
        + count("unreachable", tally.unreachable(), Optional.of(Colour.UNREACHABLE))
        + " "
        + count("failed", tally.failed(), Optional.of(Colour.FAILED))
        + " "
        + count("skipped", tally.skipped(), Optional.of(Colour.SKIPPED))
        + " "
        + count("rescued", tally.rescued(), Optional.of(Colour.OK))
        + " "
        + count("ignored", tally.ignored(), Optional.of(Colour.WARNING));
  }

  private String count(String what, int number, Optional<Colour> colour) {
    String text = String.format("%s=%-4d", what, number);
    return number > 0
        ? colour.map(paint -> terminal.palette().paint(paint, text)).orElse(text)
        : text;
  }

  private void diagnostic(Diagnostic finding) {
    Colour colour = finding.severity() == Severity.ERROR ? Colour.FAILED : Colour.WARNING;
    terminal.out().flush();
    terminal
        .err()
        .println(terminal.palette().paint(colour, masker.mask(printableLines(finding.render()))));
  }

  private void line(Colour colour, String text) {
    terminal.out().println(terminal.palette().paint(colour, masker.mask(Printable.of(text))));
  }

  private String label(Value item, Event.HostDone done) {
    return done.hidden() ? "(censored due to no_log)" : results.shown(item);
  }

  /** Keeps our own colours: only what is between them may come from a host. */
  private String printableLines(String text) {
    return terminal.palette().colours() ? text : Printable.of(text);
  }
}
