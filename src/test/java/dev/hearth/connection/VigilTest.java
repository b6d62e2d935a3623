package dev.hearth.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.local.LocalProcess;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shells whose answers never come. The first channel of a connection can be made to lose bytes. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class VigilTest {

  private static final Duration SILENCE = Duration.ofMillis(200);
  private static final String LOST = "never told the last one's end";

  private final AtomicInteger channels = new AtomicInteger();
  private final AtomicBoolean deaf = new AtomicBoolean();
  private final AtomicBoolean dumb = new AtomicBoolean();

  private Connection under(String shell) {
    return new ShellConnection(
        shell,
        (command, receiver) -> {
          boolean first = channels.getAndIncrement() == 0;
          String line = command.replace("exec /bin/sh -c", "exec " + shell + " -c");
          ShellChannel channel =
              LocalProcess.start(shell, line, first ? new Losing(receiver) : receiver);
          return first ? losing(channel) : channel;
        },
        () -> true,
        () -> {},
        SILENCE);
  }

  /** Loses what comes on the standard error. */
  private final class Losing implements Receiver {
    private final Receiver to;

    Losing(Receiver to) {
      this.to = to;
    }

    @Override
    public void stdout(byte[] buffer, int offset, int length) {
      to.stdout(buffer, offset, length);
    }

    @Override
    public void stderr(byte[] buffer, int offset, int length) {
      if (!dumb.get()) {
        to.stderr(buffer, offset, length);
      }
    }

    @Override
    public void ended(String reason) {
      to.ended(reason);
    }
  }

  /** Loses what is sent. */
  private ShellChannel losing(ShellChannel channel) {
    OutputStream stdin =
        new FilterOutputStream(channel.stdin()) {
          @Override
          public void write(byte[] buffer, int offset, int length) throws IOException {
            if (!deaf.get()) {
              out.write(buffer, offset, length);
            }
          }
        };
    return new ShellChannel() {
      @Override
      public OutputStream stdin() {
        return stdin;
      }

      @Override
      public void close() {
        channel.close();
      }
    };
  }

  private static String out(Connection connection, String body) {
    Outcome end = connection.run(Script.of(body), Become.NOBODY_ELSE);
    assertThat(end).isInstanceOf(Outcome.Exited.class);
    return ((Outcome.Exited) end).out();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash --posix", "busybox ash"})
  void anAnswerThatWasLostIsALostChannel(String shell) {
    try (Connection connection = under(shell)) {
      assertThat(out(connection, "echo before")).isEqualTo("before\n");
      dumb.set(true);

      Outcome end = connection.run(Script.of("echo heard; exit 3"), Become.NOBODY_ELSE);

      assertThat(end).isInstanceOf(Outcome.ChannelLost.class);
      assertThat(((Outcome.ChannelLost) end).reason()).contains(LOST);
      assertThat(out(connection, "echo after")).isEqualTo("after\n");
    }
  }

  @Test
  void aFrameThatWasLostIsALostChannel() {
    try (Connection connection = under("dash")) {
      assertThat(out(connection, "echo before")).isEqualTo("before\n");
      deaf.set(true);

      Connection.Answers answers =
          connection.ask(
              List.of(Script.of("cat").reading(Payload.of(Value.text("text")))),
              List.of(Script.of("echo later")),
              Become.NOBODY_ELSE);

      assertThat(answers.now().getFirst()).isInstanceOf(Outcome.ChannelLost.class);
      assertThat(answers.later().answer(0)).isEmpty();
      assertThat(out(connection, "echo after")).isEqualTo("after\n");
    }
  }

  /** It is looked at several times meanwhile. */
  @Test
  void aScriptThatSaysNothingForLongIsLeftAlone() {
    try (Connection connection = under("dash")) {
      assertThat(out(connection, "sleep 5; echo done")).isEqualTo("done\n");
      assertThat(channels.get()).isGreaterThan(1);
    }
  }
}
