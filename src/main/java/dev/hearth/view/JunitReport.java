package dev.hearth.view;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Location;
import dev.hearth.file.WholeFile;
import dev.hearth.run.Event;
import dev.hearth.run.EventSink;
import dev.hearth.value.Value;
import dev.hearth.yaml.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes what became of each task on each host as JUnit XML, which CI servers read, with the names
 * that Ansible's callback {@code junit} gives: {@code [host] play: task}. A failure that is ignored
 * passes; a hidden result stays hidden.
 */
public final class JunitReport implements EventSink {

  private final Path file;
  private final Masker masker;
  private final Clock clock;
  private final List<Case> cases = new ArrayList<>();
  private String suite = "run";
  private String play = "";
  private String task = "";
  private Optional<Location> at = Optional.empty();
  private Instant started;

  private enum Outcome {
    PASSED,
    FAILED,
    ERROR,
    SKIPPED
  }

  private record Case(
      String name, String place, Duration took, Outcome outcome, String message, String output) {}

  /** A report that is written to this file when the run is over. */
  public JunitReport(Path file, Masker masker, Clock clock) {
    this.file = file;
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
      case Event.PlayStarted next -> play = next.name();
      case Event.TaskStarted next -> {
        task = next.name();
        at = next.at();
        started = clock.instant();
      }
      case Event.HostDone done when done.item().isEmpty() -> add(done);
      case Event.Finished finished -> write();
      default -> {}
    }
  }

  private void add(Event.HostDone done) {
    Outcome outcome =
        switch (done.status()) {
          case OK, CHANGED, IGNORED, UNREACHABLE_IGNORED -> Outcome.PASSED;
          case SKIPPED -> Outcome.SKIPPED;
          case FAILED -> Outcome.FAILED;
          case UNREACHABLE -> Outcome.ERROR;
        };
    String output =
        done.hidden()
            ? "hidden by no_log"
            : Json.write(ResultText.brief(done.result().toValue(), 0), Json.Style.PLAIN.sort());
    cases.add(
        new Case(
            "[" + done.host() + "] " + play + ": " + task,
            at.map(place -> place.source().name() + ":" + place.line()).orElse(""),
            Duration.between(started, clock.instant()),
            outcome,
            done.hidden() ? "hidden by no_log" : message(done, outcome),
            output));
  }

  private static String message(Event.HostDone done, Outcome outcome) {
    Value said = done.result().values().get(outcome == Outcome.SKIPPED ? "skip_reason" : "msg");
    return said instanceof Value.Textual text
        ? text.reveal()
        : outcome == Outcome.SKIPPED ? "skipped" : "failed";
  }

  private void write() {
    try {
      StringWriter text = new StringWriter();
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuites");
      counts(xml);
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuite");
      attribute(xml, "name", suite);
      counts(xml);
      for (Case each : cases) {
        xml.writeCharacters("\n  ");
        write(xml, each);
      }
      xml.writeCharacters("\n");
      xml.writeEndElement();
      xml.writeCharacters("\n");
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      WholeFile.write(file, (text + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException | XMLStreamException failure) {
      throw Diagnostic.error(ExitCode.FAILED, "the JUnit report " + file + " cannot be written")
          .because(String.valueOf(failure.getMessage()))
          .next("name a file in a directory that you may write to: --junit FILE")
          .failure();
    }
  }

  private void counts(XMLStreamWriter xml) throws XMLStreamException {
    xml.writeAttribute("tests", String.valueOf(cases.size()));
    xml.writeAttribute("failures", count(Outcome.FAILED));
    xml.writeAttribute("errors", count(Outcome.ERROR));
    xml.writeAttribute("skipped", count(Outcome.SKIPPED));
    Duration all = cases.stream().map(Case::took).reduce(Duration.ZERO, Duration::plus);
    xml.writeAttribute("time", seconds(all));
  }

  private String count(Outcome outcome) {
    return String.valueOf(cases.stream().filter(each -> each.outcome() == outcome).count());
  }

  private void write(XMLStreamWriter xml, Case each) throws XMLStreamException {
    xml.writeStartElement("testcase");
    attribute(xml, "name", each.name());
    attribute(xml, "classname", each.place());
    xml.writeAttribute("time", seconds(each.took()));
    switch (each.outcome()) {
      case PASSED -> element(xml, "system-out", Optional.empty(), each.output());
      case FAILED -> element(xml, "failure", Optional.of(each.message()), each.output());
      case ERROR -> element(xml, "error", Optional.of(each.message()), each.output());
      case SKIPPED -> element(xml, "skipped", Optional.of(each.message()), "");
    }
    xml.writeEndElement();
  }

  private void element(XMLStreamWriter xml, String name, Optional<String> message, String text)
      throws XMLStreamException {
    xml.writeStartElement(name);
    if (message.isPresent()) {
      attribute(xml, "message", message.get());
    }
    xml.writeCharacters(safe(text));
    xml.writeEndElement();
  }

  private void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, safe(value));
  }

  private static String seconds(Duration took) {
    return String.format(Locale.ROOT, "%.3f", took.toMillis() / 1000.0);
  }

  /** Without secrets, and without the characters that XML 1.0 cannot have. */
  private String safe(String text) {
    StringBuilder plain = new StringBuilder();
    masker
        .mask(text)
        .codePoints()
        .forEach(
            point -> {
              boolean allowed =
                  point == '\t'
                      || point == '\n'
                      || (point >= ' ' && point <= 0xD7FF)
                      || (point >= 0xE000 && point <= 0xFFFD)
                      || point >= 0x10000;
              plain.appendCodePoint(allowed ? point : 0xFFFD);
            });
    return plain.toString();
  }
}
