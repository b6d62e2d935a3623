package dev.hearth.view;

import dev.hearth.diag.Diagnostic;
import dev.hearth.run.Event;
import dev.hearth.run.EventSink;
import dev.hearth.run.HostTally;
import dev.hearth.run.ShownDiff;
import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The run as JSON lines on standard output, one object for each event with a {@code message_type}.
 * Readers must expect fields and types of messages that they do not know.
 */
public final class JsonView implements EventSink {

  private final Terminal terminal;
  private final Masker masker;
  private final int verbosity;

  /**
   * A view that writes to the terminal's standard output.
   *
   * @param verbosity how often {@code -v} was given
   */
  public JsonView(Terminal terminal, Masker masker, int verbosity) {
    this.verbosity = verbosity;
    this.terminal = terminal;
    this.masker = masker;
  }

  @Override
  public void accept(Event event) {
    if (event instanceof Event.Remarked remark && remark.verbosity() > verbosity) {
      return;
    }
    terminal.out().println(masker.mask(Json.write(message(event), Json.Style.PLAIN)));
    terminal.out().flush();
  }

  private static Value message(Event event) {
    return switch (event) {
      case Event.PlaybookStarted playbook ->
          fields("playbook_started", "file", text(playbook.file()));
      case Event.PlayStarted play ->
          fields(
              "play_started",
              "name",
              text(play.name()),
              "hosts",
              texts(play.hosts()),
              "check_mode",
              Value.bool(play.checkMode()));
      case Event.HostStarted started -> fields("host_started", "host", text(started.host()));
      case Event.Asked asked -> fields("asked", "question", text(asked.question()));
      case Event.NoHostsMatched none -> fields("no_hosts_matched", "play", text(none.play()));
      case Event.TaskStarted task ->
          fields(
              "task_started",
              "kind",
              text(lower(task.kind())),
              "name",
              text(task.name()),
              "at",
              task.at().map(at -> text(at.toString())).orElse(Value.NULL),
              "check_mode",
              Value.bool(task.checkMode()));
      case Event.Said said -> fields("said", "host", text(said.host()), "text", text(said.text()));
      case Event.Remarked remark ->
          fields(
              "remarked",
              "verbosity",
              Value.number(remark.verbosity()),
              "text",
              text(remark.text()));
      case Event.HostDone done -> done(done);
      case Event.Retrying retry ->
          fields(
              "retrying",
              "host",
              text(retry.host()),
              "task",
              text(retry.task()),
              "left",
              Value.number(retry.left()));
      case Event.Async async ->
          fields(
              "async",
              "host",
              text(async.host()),
              "job",
              text(async.job()),
              "standing",
              text(lower(async.standing())));
      case Event.Included included ->
          fields("included", "file", text(included.file()), "hosts", texts(included.hosts()));
      case Event.NoMoreHosts gone -> fields("no_more_hosts");
      case Event.Warned warned -> diagnostic("warning", warned.diagnostic());
      case Event.Explained explained -> diagnostic("error", explained.diagnostic());
      case Event.Finished finished -> fields("finished", "hosts", tallies(finished.tallies()));
    };
  }

  private static Value done(Event.HostDone done) {
    Map<String, Value> message = new LinkedHashMap<>();
    message.put("message_type", text("host_done"));
    message.put("host", text(done.host()));
    done.delegate().ifPresent(other -> message.put("delegate", text(other)));
    message.put("action", text(done.action()));
    message.put("status", text(lower(done.status())));
    done.item().filter(item -> !done.hidden()).ifPresent(item -> message.put("item", item));
    message.put("loop_summary", Value.bool(done.looped()));
    if (done.hidden()) {
      message.put("censored", Value.bool(true));
    } else {
      message.put("result", ResultText.brief(done.result().toValue(), 0));
      message.put("diff", new Value.Seq(done.diffs().stream().map(JsonView::diff).toList()));
    }
    return Value.Dict.ofTexts(message);
  }

  private static Value diff(ShownDiff diff) {
    return switch (diff) {
      case ShownDiff.Prepared prepared ->
          Value.Dict.ofTexts(Map.of("prepared", text(prepared.text())));
      case ShownDiff.Texts texts -> {
        Map<String, Value> sides = new LinkedHashMap<>();
        sides.put("before_header", text(texts.beforeHeader()));
        sides.put("before", texts.before());
        sides.put("after_header", text(texts.afterHeader()));
        sides.put("after", texts.after());
        yield Value.Dict.ofTexts(sides);
      }
    };
  }

  static Value diagnostic(String type, Diagnostic finding) {
    return fields(
        type,
        "summary",
        text(finding.summary()),
        "at",
        finding.at().map(at -> text(at.toString())).orElse(Value.NULL),
        "why",
        text(finding.why()),
        "next",
        text(finding.next()),
        "exit_code",
        Value.number(finding.exit().number()));
  }

  private static Value tallies(List<HostTally> tallies) {
    Map<String, Value> hosts = new LinkedHashMap<>();
    for (HostTally tally : tallies) {
      Map<String, Value> counts = new LinkedHashMap<>();
      counts.put("ok", Value.number(tally.ok()));
      counts.put("changed", Value.number(tally.changed()));
      counts.put("unreachable", Value.number(tally.unreachable()));
      counts.put("failed", Value.number(tally.failed()));
      counts.put("skipped", Value.number(tally.skipped()));
      counts.put("rescued", Value.number(tally.rescued()));
      counts.put("ignored", Value.number(tally.ignored()));
      counts.put("round_trips", Value.number(tally.roundTrips()));
      hosts.put(tally.host(), Value.Dict.ofTexts(counts));
    }
    return Value.Dict.ofTexts(hosts);
  }

  private static Value fields(String type, Object... namesAndValues) {
    Map<String, Value> message = new LinkedHashMap<>();
    message.put("message_type", text(type));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      message.put((String) namesAndValues[i], (Value) namesAndValues[i + 1]);
    }
    return Value.Dict.ofTexts(message);
  }

  private static Value text(String characters) {
    return Value.text(characters);
  }

  private static Value texts(List<String> all) {
    return new Value.Seq(all.stream().map(JsonView::text).toList());
  }

  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
