package dev.hearth.graph;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.JsonReader;
import dev.hearth.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** One look at a gate: what is asked of the host, and whether the answer passes. */
public final class Probe {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int UNTRUSTED = 60;
  private static final int LONGEST = 200;

  private static final String HTTP =
      """
      url=$1
      if [ -z "$url" ]; then
        host=127.0.0.1
        if [ -n "$2" ]; then
          host=$(docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}' -- "$2") ||
            exit 1
          host=${host%% *}
          [ -n "$host" ] || { echo "the container $2 has no address" >&2; exit 1; }
        fi
        url=http://$host:$3$4
      fi
      set -- "$url" $5
      exec curl -sS --max-time 10 -w '\\n%{http_code}' "$@"
      """;

  /** A server that waits until it is spoken to would take all of the time at every look. */
  private static final String TCP =
      """
      look() { LC_ALL=C curl -s -o /dev/null --max-time "$3" -w '%{time_connect}' "telnet://$1:$2" </dev/null; }
      told=$(look "$1" "$2" 0.3)
      case $told in *[1-9]*) ;; *) told=$(look "$1" "$2" 3) ;; esac
      printf %s "$told"
      """;

  private static final String TLS =
      "exec curl -sS -o /dev/null --max-time 10 --connect-to \"$3:$2:$1:$2\" \"https://$3:$2/\"\n";

  private static final String CONTAINER =
      "exec docker inspect -f '{{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}"
          + "{{else}}none{{end}} {{.RestartCount}} {{.State.StartedAt}}' -- \"$1\"\n";

  private static final String DNS = "exec getent ahosts -- \"$1\"\n";

  private final Gate gate;
  private final Map<String, Value> given;
  private final UnaryOperator<String> masked;

  /**
   * A look.
   *
   * @param given the gate's parameters, resolved for the host
   * @param masked hides every secret in a text
   */
  public Probe(Gate gate, Map<String, Value> given, UnaryOperator<String> masked) {
    this.gate = gate;
    this.given = Map.copyOf(given);
    this.masked = masked;
  }

  /**
   * What came of a look.
   *
   * @param passed whether it passes
   * @param said the answer, short
   * @param same what must stay the same from one pass to the next, such as the number of restarts
   */
  public record Answer(boolean passed, String said, String same) {}

  /**
   * What is asked of the host.
   *
   * @throws HearthException when a parameter is a secret, which others would see on the host
   */
  public Script script() {
    Script script = asking();
    return script.within(LIMIT);
  }

  private Script asking() {
    return switch (gate.kind()) {
      case HTTP ->
          Script.of(
              HTTP,
              text("url", ""),
              text("container", ""),
              text("port", "80"),
              text("path", "/"),
              is("insecure") ? "-k" : "");
      case TCP -> Script.of(TCP, text("host", "127.0.0.1"), text("port", ""));
      case TLS -> Script.of(TLS, text("host", "127.0.0.1"), text("port", ""), text("name", ""));
      case DNS -> Script.of(DNS, text("name", ""));
      case CONTAINER -> Script.of(CONTAINER, text("name", ""));
      case COMMAND, DEEP -> Script.of("exec \"$@\" </dev/null\n", words());
    };
  }

  private String[] words() {
    Value command = given.get("command");
    if (!(command instanceof Value.Seq list)) {
      throw Diagnostic.error(gate.at(), "a command is a list of words")
          .next("write it as [program, argument]")
          .failure();
    }
    List<String> words = new ArrayList<>();
    list.items().forEach(word -> words.add(plain(word)));
    return words.toArray(String[]::new);
  }

  private String text(String name, String usual) {
    Value value = given.get(name);
    return value == null ? usual : plain(value);
  }

  /** What the answer is compared with here; the host never sees it, so it may be a secret. */
  private String expected(String name) {
    return given.get(name) instanceof Value.Textual text ? text.reveal() : text(name, "");
  }

  private String plain(Value value) {
    return switch (value) {
      case Value.Text text -> text.value();
      case Value.Int number -> number.value().toString();
      case Value.Bool bool -> Boolean.toString(bool.value());
      case Value.Real number -> Double.toString(number.value());
      default ->
          throw Diagnostic.error(gate.at(), "a gate cannot be asked with this value")
              .because(
                  value instanceof Value.Secret
                      ? "it is a secret, which other users of the host would see"
                      : "it is no text")
              .next("keep it in a file on the host, and name a command that reads it")
              .failure();
    };
  }

  private boolean is(String name) {
    return Value.Bool.TRUE.equals(given.get(name));
  }

  /** Whether the answer passes. */
  public Answer judge(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Exited end -> judge(end);
      case Outcome.TimedOut late ->
          new Answer(false, "no answer within " + late.after().toSeconds() + " s", "");
      case Outcome.ChannelLost lost -> new Answer(false, lost.reason(), "");
    };
  }

  private Answer judge(Outcome.Exited end) {
    return switch (gate.kind()) {
      case HTTP -> http(end);
      case TCP -> {
        boolean connected = end.out().matches("[0-9.]*[1-9][0-9]*");
        yield new Answer(connected, connected ? "accepts connections" : "refuses connections", "");
      }
      case TLS -> tls(end);
      case DNS -> dns(end);
      case CONTAINER -> container(end);
      case COMMAND, DEEP -> command(end);
    };
  }

  private Answer http(Outcome.Exited end) {
    int last = end.out().lastIndexOf('\n');
    if (!end.ok() || last < 0) {
      return failed(end);
    }
    String body = end.out().substring(0, last);
    String status = end.out().substring(last + 1);
    List<String> wanted = new ArrayList<>();
    if (given.get("status") instanceof Value.Seq several) {
      several.items().forEach(one -> wanted.add(plain(one)));
    } else {
      wanted.add(text("status", "200"));
    }
    if (!wanted.contains(status)) {
      return new Answer(false, "status " + status + ", not " + String.join(" or ", wanted), "");
    }
    if (!body.contains(expected("body"))) {
      return new Answer(false, "status " + status + ", and the body is: " + brief(body), "");
    }
    Value wantedJson = given.get("json");
    if (wantedJson != null && !holds(body, wantedJson)) {
      return new Answer(false, "status " + status + ", and the body is: " + brief(body), "");
    }
    return new Answer(true, "status " + status, "");
  }

  private static boolean holds(String body, Value wanted) {
    try {
      return within(wanted, JsonReader.read(body));
    } catch (IllegalArgumentException noJson) {
      return false;
    }
  }

  /** Whether all that is wanted is there; there may be more. */
  private static boolean within(Value wanted, Value there) {
    if (wanted instanceof Value.Dict some && there instanceof Value.Dict all) {
      return some.entries().entrySet().stream()
          .allMatch(
              entry -> {
                Value value = all.entries().get(entry.getKey());
                return value != null && within(entry.getValue(), value);
              });
    }
    if (wanted instanceof Value.Textual text && there instanceof Value.Textual other) {
      return text.reveal().equals(other.reveal());
    }
    return wanted.equals(there);
  }

  private Answer tls(Outcome.Exited end) {
    if (end.ok()) {
      return new Answer(true, "a trusted certificate for " + text("name", ""), "");
    }
    boolean pending = end.code() == UNTRUSTED;
    if (pending && Value.Bool.FALSE.equals(given.get("trusted"))) {
      return new Answer(true, "degraded: the certificate is not trusted yet", "");
    }
    return failed(end);
  }

  private Answer dns(Outcome.Exited end) {
    List<String> found =
        end.out().lines().map(line -> line.split("\\s+", 2)[0]).distinct().toList();
    if (!end.ok() || found.isEmpty()) {
      return new Answer(false, text("name", "") + " has no address", "");
    }
    String wanted = expected("address");
    boolean passed = wanted.isEmpty() || found.contains(wanted);
    return new Answer(
        passed,
        text("name", "") + " is " + String.join(", ", found) + (passed ? "" : ", not " + wanted),
        "");
  }

  private Answer container(Outcome.Exited end) {
    String[] told = end.out().strip().split(" ", 4);
    if (!end.ok() || told.length < 4) {
      return failed(end);
    }
    boolean healthy = told[1].equals("healthy") || told[1].equals("none");
    String health = told[1].equals("none") ? "" : ", " + told[1];
    return new Answer(
        told[0].equals("running") && healthy,
        told[0] + health + ", " + told[2] + " restarts",
        told[2] + " " + told[3]);
  }

  private Answer command(Outcome.Exited end) {
    if (!end.ok()) {
      return failed(end);
    }
    if (is("not_empty") && end.out().isBlank()) {
      return new Answer(false, "it printed nothing", "");
    }
    if (!end.out().contains(expected("contains"))) {
      return new Answer(false, "it printed: " + brief(end.out()), "");
    }
    // What a deep gate reads may be a secret.
    return new Answer(true, "ended well", "");
  }

  private Answer failed(Outcome.Exited end) {
    String said = end.err().isBlank() ? end.out() : end.err();
    return new Answer(false, "exit status " + end.code() + ": " + brief(said), "");
  }

  /** Shortened; secrets are hidden before, as nobody would know half of one. */
  private String brief(String text) {
    String one = masked.apply(text).strip().replaceAll("\\s+", " ");
    return one.length() > LONGEST ? one.substring(0, LONGEST) + " ..." : one;
  }
}
