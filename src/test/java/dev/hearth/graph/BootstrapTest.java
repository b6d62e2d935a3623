package dev.hearth.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.diag.HearthException;
import dev.hearth.diag.Source;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.InputSource;

/** Declarations, their order and their pictures. */
final class BootstrapTest {

  private static final String LAB =
      """
      services:
        komodo: {hosts: host01, needs: [traefik], gates: [{http: {port: 9120, path: /version}, deadline: 2m}]}
        periphery: {hosts: ex44, optional: true, needs: [komodo], gates: [{tcp: {port: 8120}, deadline: 60s}]}
        infisical:
          hosts: host01
          up: {compose: /srv/infisical, profiles: [main]}
          gates:
            - deep: {command: [infisical, get]}
              deadline: 60
            - container: infisical-backend
              deadline: 180s
              every: 500ms
              passes: 3
              hints: {authenticate data: the key is another}
        traefik: {hosts: host01, needs: [infisical], gates: [{tls: {port: 443, name: x}, deadline: 1h}]}
        alone: {hosts: ex44, gates: [{command: ["true"], deadline: 1s}]}
      """;

  private static Bootstrap read(String text) {
    return BootstrapReader.read(Source.of("bootstrap.yml", text));
  }

  private static List<List<String>> layers(Bootstrap bootstrap, String... names) {
    return bootstrap.layers(List.of(names)).stream()
        .map(layer -> layer.stream().map(Service::name).toList())
        .toList();
  }

  @Test
  void whatIsNeededComesFirst() {
    Bootstrap lab = read(LAB);

    assertThat(layers(lab, "periphery"))
        .containsExactly(
            List.of("infisical"), List.of("traefik"), List.of("komodo"), List.of("periphery"));
    assertThat(layers(lab, "alone", "traefik"))
        .containsExactly(List.of("infisical", "alone"), List.of("traefik"));
    assertThat(lab.dependents(List.of("traefik")).stream().map(Service::name))
        .containsExactly("periphery", "komodo", "traefik");
  }

  @Test
  void gatesHaveTheirTimesAndDeepOnesAreLast() {
    Service infisical = read(LAB).find("infisical").orElseThrow();

    assertThat(infisical.gates())
        .extracting(Gate::kind)
        .containsExactly(Gate.Kind.CONTAINER, Gate.Kind.DEEP);
    Gate container = infisical.gates().getFirst();
    assertThat(container.every()).isEqualTo(Duration.ofMillis(500));
    assertThat(container.deadline()).isEqualTo(Duration.ofMinutes(3));
    assertThat(container.passes()).isEqualTo(3);
    assertThat(container.hints()).containsEntry("authenticate data", "the key is another");
    assertThat(infisical.gates().getLast().every()).isEqualTo(Duration.ofSeconds(2));
    assertThat(infisical.gates().getLast().passes()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a: {hosts: x, gates: [{tcp: {port: 1}}]}                                            | the gate 'tcp' has no deadline
          a: {hosts: x}                                                                       | a has no gate
          a: {gates: [{tcp: {port: 1}, deadline: 1s}]}                                        | a has no 'hosts'
          a: {hosts: x, needs: [b], gates: [{tcp: {port: 1}, deadline: 1s}]}                  | a needs 'b', which is no service
          a: {hosts: x, needs: [a], gates: [{tcp: {port: 1}, deadline: 1s}]}                  | in a circle: a -> a
          a: {hosts: x, gates: [{tcp: {}, deadline: 1s}]}                                     | has no 'port'
          a: {hosts: x, gates: [{http: {path: /}, deadline: 1s}]}                             | has no 'port'
          a: {hosts: x, gates: [{tpc: {port: 1}, deadline: 1s}]}                              | a gate knows no 'tpc'
          a: {hosts: x, gates: [{tcp: {port: 1}, deadline: never}]}                           | 'deadline' must be a time, not 'never'
          a: {hosts: x, gates: [{tcp: {port: 1}, deadline: 0s}]}                              | 'deadline' must be a time, not '0s'
          a: {hosts: x, gates: [{tcp: {port: 1}, deadline: 1s, passes: 0}]}                   | 'passes' must be a number
          a: {hosts: x, gates: [{tcp: {port: 1}, tls: {port: 1, name: n}, deadline: 1s}]}     | exactly one of http, tcp
          a: {hosts: x, up: {unit: u, role: r}, gates: [{tcp: {port: 1}, deadline: 1s}]}      | exactly one of compose, unit, role
          a: {hosts: x, up: {unit: u, profiles: [p]}, gates: [{tcp: {port: 1}, deadline: 1s}]} | knows no 'profiles'
          a: {hosts: x, optional: perhaps, gates: [{tcp: {port: 1}, deadline: 1s}]}           | must be true or false
          a: {hosts: x, need: [], gates: [{tcp: {port: 1}, deadline: 1s}]}                    | knows no 'need'
          a: {hosts: [x], gates: [{tcp: {port: 1}, deadline: 1s}]}                            | must be a single value, not a list
          a: {hosts: x, requires: [{same: "{{ p }}"}], gates: [{tcp: {port: 1}, deadline: 1s}]}       | 'same' has no 'hosts'
          a: {hosts: x, requires: [{dns: {}, deadline: 1s}], gates: [{tcp: {port: 1}, deadline: 1s}]} | 'dns' has no 'name'
          a: {hosts: x, requires: [{dns: n}], gates: [{tcp: {port: 1}, deadline: 1s}]}                | 'dns' has no deadline
          a: {hosts: x, gates: [{tcp: {port: 1}, from: y, deadline: 1s}]}                             | asked from another host and has no 'host'
          a: {hosts: x, gates: [{container: c, from: y, deadline: 1s}]}                               | looked at on its own host
          a: nothing                                                                          | must be a mapping, not a text
          """)
  void whatIsWrongIsToldWithItsPlace(String service, String said) {
    assertThatThrownBy(() -> read("services:\n  " + service + "\n"))
        .isInstanceOfSatisfying(
            HearthException.class,
            failure ->
                assertThat(failure.diagnostics())
                    .anySatisfy(
                        finding ->
                            assertThat(finding.render())
                                .contains(said)
                                .contains("--> bootstrap.yml:2:")
                                .contains("next: ")));
  }

  @Test
  void aLongCircleIsShownAsAPath() {
    String gate = "gates: [{tcp: {port: 1}, deadline: 1s}]}\n";
    String text =
        "services:\n  a: {hosts: x, needs: [b], "
            + gate
            + "  b: {hosts: x, needs: [c], "
            + gate
            + "  c: {hosts: x, needs: [a], "
            + gate;

    assertThatThrownBy(() -> read(text)).hasMessageContaining("a -> b -> c -> a");
  }

  @Test
  void thePicturesHaveEveryServiceAndEdge() throws Exception {
    Drawing drawing =
        new Drawing(read(LAB), service -> List.of("on \"" + service.hosts() + "\" <&>"));

    assertThat(drawing.text())
        .contains("infisical on")
        .contains("`- traefik on")
        .contains("(optional)  [tcp]");
    assertThat(drawing.mermaid()).startsWith("flowchart TD\n").contains("s0 --> s1", "s3 --> s0");
    assertThat(drawing.dot())
        .contains("\"komodo\" -> \"periphery\";", "style=dashed", "\\\"host01\\\"");
    assertThat(
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(drawing.svg())))
                .getElementsByTagName("rect")
                .getLength())
        .isEqualTo(5);
  }
}
