package dev.hearth.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.plan.Result;
import dev.hearth.run.Event;
import dev.hearth.run.HostTally;
import dev.hearth.run.ShownDiff;
import dev.hearth.value.Value;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsoleViewTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Masker masker = new Masker();

  @Test
  void aBannerFillsTheLine() {
    shown(new Event.PlayStarted("web", List.of("h1"), false));

    assertThat(text()).isEqualTo("\nPLAY [web] " + "*".repeat(69) + "\n");
  }

  @Test
  void theRecapIsAligned() {
    shown(new Event.Finished(List.of(new HostTally("h1", 3, 1, 0, 0, 12, 0, 0, 5))));

    assertThat(text())
        .endsWith(
            "h1                         : ok=3    changed=1    unreachable=0    failed=0    "
                + "skipped=12   rescued=0    ignored=0   \n\n");
  }

  @Test
  void aFailureIsOneLineOfSortedJson() {
    shown(done(Result.failure("no").with("b", 1).with("a", 2), Event.Status.FAILED, false));

    assertThat(text())
        .isEqualTo(
            "fatal: [h1]: FAILED! => {\"a\": 2, \"b\": 1, \"changed\": false, \"msg\": \"no\"}\n");
  }

  @Test
  void aHiddenResultShowsNothingOfItself() {
    shown(done(Result.failure("the password"), Event.Status.FAILED, true));

    assertThat(text()).contains("censored").doesNotContain("the password");
  }

  @Test
  void secretsAreMaskedWhereverTheyComeFrom() {
    masker.add(new Value.Secret("hunter42"));

    shown(done(Result.failure("cannot log in with hunter42"), Event.Status.FAILED, false));

    assertThat(text()).contains("cannot log in with ***").doesNotContain("hunter42");
  }

  @Test
  void aHostCannotMoveTheCursor() {
    shown(new Event.Included("\u001b[2Jfile", List.of("h1"), Optional.empty()));

    assertThat(text()).isEqualTo("included: \\u001b[2Jfile for h1\n");
  }

  @Test
  void aSecretDiffShowsOnlyThatThereIsOne() {
    shown(
        new Event.HostDone(
            "h1",
            Optional.empty(),
            "ansible.builtin.copy",
            Result.changedNow(),
            Event.Status.CHANGED,
            Optional.empty(),
            false,
            List.of(
                new ShownDiff.Texts(
                    "before: /f", Value.text("old"), "after: /f", new Value.Secret("newer"))),
            false,
            Event.Detail.WHEN_VERBOSE,
            Optional.empty()));

    assertThat(text())
        .isEqualTo(
            """
            --- before: /f
            +++ after: /f
            (the content is secret and not shown)

            changed: [h1]
            """);
  }

  private static Event done(Result result, Event.Status status, boolean hidden) {
    return new Event.HostDone(
        "h1",
        Optional.empty(),
        "ansible.builtin.command",
        result,
        status,
        Optional.empty(),
        false,
        List.of(),
        hidden,
        Event.Detail.WHEN_VERBOSE,
        Optional.empty());
  }

  private void shown(Event event) {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    new ConsoleView(
            new Terminal(stream, stream, 80, Palette.NONE),
            masker,
            0,
            false,
            ConsoleStyle.DEFAULT,
            List.of())
        .accept(event);
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
