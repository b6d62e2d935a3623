package dev.hearth.view;

import dev.hearth.plan.Result;
import dev.hearth.run.Event;
import dev.hearth.run.EventSink;
import dev.hearth.value.Value;
import dev.hearth.view.Palette.Colour;
import dev.hearth.yaml.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** One block for each host, as {@code ansible} shows a single module's results. */
public final class AdHocView implements EventSink {

  private static final Set<String> COMMANDS =
      Set.of(
          "ansible.builtin.command",
          "ansible.builtin.shell",
          "ansible.builtin.raw",
          "ansible.builtin.script");

  private final Terminal terminal;
  private final Masker masker;
  private final DiffText diffs;

  /** A view on a terminal. */
  public AdHocView(Terminal terminal, Masker masker) {
    this.terminal = terminal;
    this.masker = masker;
    this.diffs = new DiffText(terminal.palette(), ConsoleStyle.DEFAULT.diffContext());
  }

  @Override
  public void accept(Event event) {
    switch (event) {
      case Event.HostDone done -> show(done);
      case Event.Explained explained ->
          terminal.err().println(masker.mask(Printable.of(explained.diagnostic().render())));
      case Event.Warned warned ->
          terminal.err().println(masker.mask(Printable.of(warned.diagnostic().render())));
      default -> {}
    }
  }

  private void show(Event.HostDone done) {
    if (done.item().isPresent()) {
      return;
    }
    done.diffs().forEach(diff -> terminal.out().print(masker.mask(Printable.of(diffs.of(diff)))));
    switch (done.status()) {
      case OK -> line(Colour.OK, done, "SUCCESS");
      case CHANGED -> line(Colour.CHANGED, done, "CHANGED");
      case SKIPPED -> print(Colour.SKIPPED, done.host() + " | SKIPPED");
      case FAILED, IGNORED ->
          line(Colour.FAILED, done, COMMANDS.contains(done.action()) ? "FAILED" : "FAILED!");
      case UNREACHABLE, UNREACHABLE_IGNORED -> line(Colour.UNREACHABLE, done, "UNREACHABLE!");
    }
  }

  private void line(Colour colour, Event.HostDone done, String word) {
    Result result = done.result();
    Value code = result.values().getOrDefault("rc", Value.number(-1));
    String text =
        COMMANDS.contains(done.action()) && done.status() != Event.Status.UNREACHABLE
            ? done.host()
                + " | "
                + word
                + " | rc="
                + Json.write(code, Json.Style.PLAIN)
                + " >>\n"
                + output(result)
            : done.host()
                + " | "
                + word
                + " => "
                + Json.write(shown(done), Json.Style.PLAIN.sort().indent(4));
    print(colour, text);
  }

  private void print(Colour colour, String text) {
    terminal.out().println(terminal.palette().paint(colour, masker.mask(Printable.of(text))));
  }

  /** Whether it failed or was skipped stands in front already; debug shows what it is to say. */
  private static Value shown(Event.HostDone done) {
    Map<Value, Value> all =
        new LinkedHashMap<>(ResultText.brief(done.result().toValue(), 0).entries());
    if (done.action().equals("ansible.builtin.debug") && !done.result().failed()) {
      Value message = all.get(Value.text("msg"));
      if (message != null) {
        return new Value.Dict(Map.of(Value.text("msg"), message));
      }
      all.remove(Value.text("changed"));
    }
    all.remove(Value.text("failed"));
    all.remove(Value.text("skipped"));
    return new Value.Dict(all);
  }

  private static String output(Result result) {
    String out = text(result, "stdout") + text(result, "stderr");
    return out.isEmpty() ? text(result, "msg") : out;
  }

  private static String text(Result result, String name) {
    return result.values().get(name) instanceof Value.Textual text ? text.reveal() : "";
  }
}
