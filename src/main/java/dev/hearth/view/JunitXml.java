package dev.hearth.view;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Test cases as the XML that CI servers read, laid out as Ansible's callback does. Java's own
 * writer leaves line ends in attributes as they are, which readers take for blanks.
 */
final class JunitXml {

  private final UnaryOperator<String> masked;
  private final List<JunitCase> cases;
  private final StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" ?>\n");

  /**
   * @param masked takes secrets out of a text
   */
  JunitXml(UnaryOperator<String> masked, List<JunitCase> cases) {
    this.masked = masked;
    this.cases = cases;
  }

  /** The whole document. */
  String document(String suite) {
    xml.append("<testsuites");
    failures();
    totals();
    xml.append(">\n\t<testsuite");
    failures();
    attribute("name", suite);
    attribute("skipped", count(JunitCase.Outcome.SKIPPED));
    totals();
    xml.append(">");
    cases.forEach(this::write);
    return xml.append("\n\t</testsuite>\n</testsuites>\n").toString();
  }

  private void failures() {
    attribute("disabled", "0");
    attribute("errors", count(JunitCase.Outcome.ERROR));
    attribute("failures", count(JunitCase.Outcome.FAILED));
  }

  private void totals() {
    attribute("tests", String.valueOf(cases.size()));
    attribute(
        "time", seconds(cases.stream().map(JunitCase::took).reduce(Duration.ZERO, Duration::plus)));
  }

  private String count(JunitCase.Outcome outcome) {
    return String.valueOf(cases.stream().filter(each -> each.outcome() == outcome).count());
  }

  private void write(JunitCase each) {
    boolean skipped = each.outcome() == JunitCase.Outcome.SKIPPED;
    String element = each.outcome().element();
    xml.append("\n\t\t<testcase");
    attribute("classname", each.place());
    attribute("name", each.name());
    attribute("time", seconds(each.took()));
    xml.append(">\n\t\t\t<").append(element);
    if (!skipped && each.outcome() != JunitCase.Outcome.PASSED) {
      attribute("message", each.message());
      attribute("type", element);
    }
    xml.append('>').append(safe(skipped ? each.message() : each.output()));
    xml.append("</").append(element).append(">\n\t\t</testcase>");
  }

  private void attribute(String name, String value) {
    String text = safe(value).replace("\"", "&quot;").replace("\n", "&#10;").replace("\t", "&#9;");
    xml.append(' ').append(name).append("=\"").append(text).append('"');
  }

  private static String seconds(Duration took) {
    return String.format(Locale.ROOT, "%.3f", took.toMillis() / 1000.0);
  }

  /** As XML text: without secrets, and without the characters that XML 1.0 cannot have. */
  private String safe(String text) {
    StringBuilder plain = new StringBuilder();
    masked
        .apply(text)
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
    return plain.toString().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
