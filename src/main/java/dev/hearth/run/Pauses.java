package dev.hearth.run;

import dev.hearth.connection.Target;
import dev.hearth.connection.Unreachable;
import dev.hearth.diag.Diagnostic;
import dev.hearth.plan.Result;
import dev.hearth.template.python.Numbers;
import dev.hearth.template.python.Printed;
import dev.hearth.value.Value;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The actions that wait: {@code pause} and {@code wait_for_connection}. */
final class Pauses {

  private final DirectiveCall call;

  Pauses(DirectiveCall call) {
    this.call = call;
  }

  private static final double WAIT_TIMEOUT = 600;

  private static final double MINUTE = 60;
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,9}");
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

  /**
   * Waits for some time, or for somebody who presses a key; where nobody can, it goes on at once.
   */
  Result pause() throws InterruptedException {
    if (call.arguments().values().containsKey("minutes")
        && call.arguments().values().containsKey("seconds")) {
      return Result.failure("parameters are mutually exclusive: minutes|seconds");
    }
    for (String unit : List.of("minutes", "seconds")) {
      Value given = call.arguments().values().get(unit);
      if (given != null && whole(given).isEmpty()) {
        return Result.failure(
            "argument '"
                + unit
                + "' is of type "
                + ArgumentType.nameOf(given)
                + " and we were unable to convert to int: invalid literal for int() with base 10: "
                + Printed.repr(given));
      }
    }
    boolean echo = call.flag("echo", true);
    String hidden = echo ? "" : " (output is hidden)";
    Optional<Long> minutes = number("minutes");
    Optional<Long> seconds = minutes.map(each -> each * (long) MINUTE).or(() -> number("seconds"));
    LocalDateTime start = LocalDateTime.now(ZoneId.systemDefault());
    String input = "";
    double lasted;
    if (seconds.isPresent()) {
      long length = Math.max(1, seconds.get());
      tell("Pausing for " + length + " seconds" + hidden);
      call.text("prompt").ifPresent(this::tell);
      if (!call.check()) {
        Waiting.seconds((double) length);
      }
      lasted = length;
    } else {
      input = asked(echo, hidden);
      lasted =
          Duration.between(start, LocalDateTime.now(ZoneId.systemDefault())).toMillis() / 1000.0;
    }
    boolean inMinutes = minutes.isPresent() || seconds.isEmpty();
    double shown = Math.round(lasted / (inMinutes ? MINUTE : 1) * 100) / 100.0;
    return Result.ok()
        .with("rc", 0)
        .with("stderr", "")
        .with(
            "stdout",
            "Paused for "
                + Printed.str(new Value.Real(shown))
                + (inMinutes ? " minutes" : " seconds"))
        .with("start", CLOCK.format(start))
        .with("stop", CLOCK.format(LocalDateTime.now(ZoneId.systemDefault())))
        .with("delta", (long) lasted)
        .with("echo", echo)
        .with("user_input", echo || input.isEmpty() ? Value.text(input) : new Value.Secret(input));
  }

  private String asked(boolean echo, String hidden) {
    String question =
        "[%s]\n%s%s:"
            .formatted(
                Names.of(call.task(), call.services().templar(), call.scope()).strip(),
                call.text("prompt").orElse("Press enter to continue, Ctrl+C to interrupt"),
                hidden);
    Optional<String> typed = call.services().asker().ask(question, !echo);
    if (typed.isEmpty()) {
      call.tell()
          .accept(
              new Event.Warned(
                  Diagnostic.warning(
                          call.task().action().at(), "nobody is there to answer; the run goes on")
                      .because("standard input is not a terminal")
                      .next("write seconds: or minutes: if it is to wait")));
    }
    return typed.orElse("");
  }

  private void tell(String text) {
    call.tell().accept(new Event.Said(call.host(), text));
  }

  private Optional<Long> number(String unit) {
    return Optional.ofNullable(call.arguments().values().get(unit)).flatMap(Pauses::whole);
  }

  /** A number without its fraction, or a text that is a whole number. */
  private static Optional<Long> whole(Value written) {
    if (written instanceof Value.Textual text) {
      String digits = text.reveal().strip();
      return WHOLE.matcher(digits).matches() ? Optional.of(Long.valueOf(digits)) : Optional.empty();
    }
    Double number = Numbers.parseReal(Printed.str(written));
    return number == null ? Optional.empty() : Optional.of(number.longValue());
  }

  Result waitForConnection() throws InterruptedException {
    double deadline = call.number("timeout").orElse(WAIT_TIMEOUT);
    double every = call.number("sleep").orElse(1.0);
    Waiting.seconds(call.number("delay").orElse(0.0));
    Target target =
        new Access(
                call.services().options().connection(),
                call.keywords(),
                call.services().templar(),
                call.scope())
            .target(call.host());
    call.services().sessions().reset(target);
    long start = System.nanoTime();
    while (true) {
      try {
        return call.services()
            .sessions()
            .with(Manner.plainly(target), session -> Result.ok().with("elapsed", elapsed(start)));
      } catch (Unreachable notYet) {
        if (elapsed(start) + every > deadline) {
          return Result.failure(
                  "timed out waiting for the connection: " + notYet.diagnostic().summary())
              .with("elapsed", elapsed(start));
        }
        Waiting.seconds(every);
      }
    }
  }

  private static long elapsed(long start) {
    return (System.nanoTime() - start) / 1_000_000_000L;
  }
}
