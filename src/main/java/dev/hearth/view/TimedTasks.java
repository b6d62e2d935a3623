package dev.hearth.view;

import dev.hearth.run.Event;
import dev.hearth.run.EventSink;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How long tasks and the whole run take, in the form of the callbacks {@code
 * ansible.posix.profile_tasks} and {@code ansible.posix.timer}.
 */
public final class TimedTasks implements EventSink {

  /** How many tasks the recap shows. */
  private static final int SHOWN = 20;

  private static final int WIDTH = 79;
  private static final int SECONDS_WIDTH = 9;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEEE dd MMMM yyyy  HH:mm:ss xx", Locale.ENGLISH);

  private final Terminal terminal;
  private final Masker masker;
  private final Clock clock;
  private final boolean tasks;
  private final boolean total;
  private final Instant start;
  private Instant last;
  private Optional<String> current = Optional.empty();
  private final List<Timed> done = new ArrayList<>();

  private record Timed(String name, Duration took) {}

  /**
   * A view on a terminal, which starts counting now.
   *
   * @param tasks whether to tell of each task
   * @param total whether to tell of the whole run
   */
  public TimedTasks(Terminal terminal, Masker masker, Clock clock, boolean tasks, boolean total) {
    this.terminal = terminal;
    this.masker = masker;
    this.clock = clock;
    this.tasks = tasks;
    this.total = total;
    this.start = clock.instant();
    this.last = start;
  }

  @Override
  public void accept(Event event) {
    switch (event) {
      case Event.TaskStarted task -> {
        if (tasks) {
          line();
          current = Optional.of(task.name());
        }
      }
      case Event.Finished finished -> {
        if (tasks) {
          banner("TASKS RECAP");
          line();
          recap();
        }
        if (total) {
          banner("PLAYBOOK RECAP");
          terminal.out().println("Playbook run took " + days(between(start)) + "\n");
        }
      }
      default -> {}
    }
  }

  /** Ends the task before, and says when it is and what it took. */
  private void line() {
    Duration took = between(last);
    current.ifPresent(name -> done.add(new Timed(name, took)));
    current = Optional.empty();
    String text =
        DATE.format(ZonedDateTime.now(clock))
            + " ("
            + clockTime(took)
            + ")       "
            + clockTime(between(start))
            + " ";
    terminal.out().println(text + "*".repeat(Math.max(3, WIDTH - text.length())) + " ");
    last = clock.instant();
  }

  private void recap() {
    terminal.out().println("=".repeat(WIDTH) + " ");
    done.stream()
        .sorted((a, b) -> b.took().compareTo(a.took()))
        .limit(SHOWN)
        .forEach(each -> terminal.out().println(masker.mask(Printable.of(recapLine(each)))));
  }

  private String recapLine(Timed task) {
    String name = task.name() + " ";
    String seconds = String.format(Locale.ROOT, " %.2fs", task.took().toMillis() / 1000.0);
    int columns = terminal.width() - 1 - SECONDS_WIDTH;
    return name
        + "-".repeat(Math.max(0, columns - name.length()))
        + "-".repeat(Math.max(0, SECONDS_WIDTH - seconds.length()))
        + seconds;
  }

  private void banner(String text) {
    terminal.out().println();
    terminal.out().println(text + " " + "*".repeat(terminal.width() - 1 - text.length()));
  }

  private Duration between(Instant from) {
    return Duration.between(from, clock.instant());
  }

  private static String clockTime(Duration took) {
    return String.format(
        Locale.ROOT,
        "%d:%02d:%02d.%03d",
        took.toHours(),
        took.toMinutesPart(),
        took.toSecondsPart(),
        took.toMillisPart());
  }

  private static String days(Duration took) {
    return took.toDaysPart()
        + " days, "
        + took.toHoursPart()
        + " hours, "
        + took.toMinutesPart()
        + " minutes, "
        + took.toSecondsPart()
        + " seconds";
  }
}
