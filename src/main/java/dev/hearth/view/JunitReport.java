package dev.hearth.view;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Location;
import dev.hearth.file.WholeFile;
import dev.hearth.run.Event;
import dev.hearth.run.EventSink;
import dev.hearth.template.python.Printed;
import dev.hearth.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Writes what became of each task on each host as JUnit XML, which CI servers read, as Ansible's
 * callback {@code junit} does: {@code [host] play: task arguments}, in the order of the tasks. A
 * failure that is ignored passes; a hidden result stays hidden. Other than there, an error tells
 * the result instead of Python's traceback, and a host that cannot be reached is an error.
 */
public final class JunitReport implements EventSink {

  private static final String EXPECTED = "EXPECTED FAILURE";
  private static final String TOGGLED = "TOGGLE RESULT";
  private static final String SETUP = "ansible.builtin.setup";
  private static final int WIDE = 4;

  private final Function<String, Path> file;
  private final Path workingDirectory;
  private final JunitOptions options;
  private final Masker masker;
  private final Clock clock;
  private final List<JunitCase> cases = new ArrayList<>();
  private String suite = "run";
  private String play = "";
  private String task = "";
  private String action = "";
  private String place = "";
  private Instant started;
  private final List<String> included = new ArrayList<>();

  /**
   * A report that is written when the run is over.
   *
   * @param file where, by the playbook's name
   * @param workingDirectory where relative paths start
   */
  public JunitReport(
      Function<String, Path> file,
      Path workingDirectory,
      JunitOptions options,
      Masker masker,
      Clock clock) {
    this.file = file;
    this.workingDirectory = workingDirectory;
    this.options = options;
    this.masker = masker;
    this.clock = clock;
    this.started = clock.instant();
  }

  @Override
  public void accept(Event event) {
    switch (event) {
      case Event.PlaybookStarted playbook -> {
        String name = String.valueOf(Path.of(playbook.file()).getFileName());
        suite = name.replaceFirst("\\.[^.]*$", "");
      }
      case Event.PlayStarted next -> {
        tellIncluded();
        play = next.name();
      }
      case Event.TaskStarted next -> start(next);
      case Event.HostDone done when done.item().isEmpty() -> add(done);
      case Event.Included asked -> included.add(told(asked));
      case Event.Finished finished -> {
        tellIncluded();
        write();
      }
      default -> {}
    }
  }

  private void start(Event.TaskStarted next) {
    tellIncluded();
    boolean named = next.arguments().isEmpty() || options.hideArguments();
    task = named ? next.name() : next.name() + " " + next.arguments();
    action = next.action();
    place = next.at().map(this::place).orElse("");
    started = clock.instant();
  }

  private String place(Location at) {
    return options.className(workingDirectory, at.source().name(), at.line());
  }

  private void add(Event.HostDone done) {
    JunitCase.Outcome outcome = outcome(done);
    boolean failed = outcome == JunitCase.Outcome.ERROR || outcome == JunitCase.Outcome.FAILED;
    boolean wanted = task.startsWith(options.prefix()) || failed;
    if (wanted && (options.setupTasks() || !action.equals(SETUP))) {
      cases.add(
          new JunitCase(
              "[" + done.host() + "] " + play + ": " + task,
              place,
              took(),
              outcome,
              message(done, outcome),
              output(done)));
    }
  }

  private JunitCase.Outcome outcome(Event.HostDone done) {
    if (done.status() == Event.Status.UNREACHABLE) {
      return JunitCase.Outcome.ERROR;
    }
    if (done.status() == Event.Status.SKIPPED) {
      return JunitCase.Outcome.SKIPPED;
    }
    boolean ignored = done.status() == Event.Status.IGNORED;
    boolean bad =
        done.status() == Event.Status.FAILED
            || ignored && options.failOnIgnore()
            || options.failOnChange() && done.result().changed();
    boolean fails = bad && task.contains(EXPECTED) ? false : bad != task.contains(TOGGLED);
    return !fails
        ? JunitCase.Outcome.PASSED
        : done.result().failed() ? JunitCase.Outcome.ERROR : JunitCase.Outcome.FAILED;
  }

  private static String message(Event.HostDone done, JunitCase.Outcome outcome) {
    if (done.hidden()) {
      return "hidden by no_log";
    }
    boolean skipped = outcome == JunitCase.Outcome.SKIPPED;
    Map<String, Value> values = done.result().values();
    Value said = values.get(skipped ? "skip_reason" : "msg");
    if (said != null) {
      return Printed.str(said);
    }
    return skipped ? "skipped" : "rc=" + Printed.str(values.getOrDefault("rc", Value.number(0)));
  }

  /** The result as Ansible dumps it: a value a line; what is worth reading is indented. */
  private static String output(Event.HostDone done) {
    boolean wide = done.detail() == Event.Detail.ALWAYS && !done.hidden() && !done.looped();
    String text = ResultText.json(ResultText.dumped(done), WIDE);
    return wide ? text : text.replaceAll("(?m)^ +", "");
  }

  private static String told(Event.Included asked) {
    String item = asked.item().map(it -> "'item': " + Printed.repr(it)).orElse("");
    return asked.file()
        + " (args={} vars={"
        + item
        + "}): ["
        + String.join(", ", asked.hosts())
        + "]";
  }

  /** The files that a task included are a test case of their own. */
  private void tellIncluded() {
    if (!included.isEmpty() && task.startsWith(options.prefix())) {
      cases.add(
          new JunitCase(
              "[include] " + play + ": " + task,
              place,
              took(),
              JunitCase.Outcome.PASSED,
              "",
              String.join("\n", included)));
    }
    included.clear();
  }

  private Duration took() {
    return Duration.between(started, clock.instant());
  }

  private void write() {
    Path report = file.apply(suite);
    try {
      String text = new JunitXml(masker::mask, cases).document(suite);
      Path parent = report.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      WholeFile.write(report, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw Diagnostic.error(ExitCode.FAILED, "the JUnit report " + report + " cannot be written")
          .because(String.valueOf(failure.getMessage()))
          .next("name a file in a directory that you may write to: --junit FILE")
          .failure();
    }
  }
}
