package dev.hearth.module.net;

import dev.hearth.fact.Facts;
import dev.hearth.fact.HostPath;
import dev.hearth.fact.PathStatus;
import dev.hearth.module.Arg;
import dev.hearth.module.Exclusive;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.module.files.PathResult;
import dev.hearth.module.files.PythonRegex;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;

/** {@code ansible.builtin.wait_for}: waits on the host for a port or a file. */
public final class WaitForModule implements Module<WaitForModule.Args> {

  /** The kernel's states of a connection that is not closed, in its order from 1. */
  private static final List<String> CONNECTED =
      List.of("ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2", "TIME_WAIT");

  /** What is waited for. */
  public enum State {
    /** The port is closed, or the file is gone. */
    ABSENT,
    /** No connection to the port is left. */
    DRAINED,
    /** The port is open, or the file is there. */
    PRESENT,
    /** The same as present. */
    STARTED,
    /** The same as absent. */
    STOPPED
  }

  /** The parameters. */
  @Exclusive({"path", "port"})
  public record Args(
      @Arg(doc = "Name or address whose port is meant.", defaultsTo = "127.0.0.1") String host,
      @Arg(doc = "The port.") Optional<Integer> port,
      @Arg(doc = "The file.") Optional<String> path,
      @Arg(doc = "What must be found in a line of the file.") Optional<String> searchRegex,
      @Arg(doc = "What is waited for.", defaultsTo = "started") State state,
      @Arg(doc = "Seconds until it is given up.", defaultsTo = "300") int timeout,
      @Arg(doc = "Seconds for one try to connect.", defaultsTo = "5") int connectTimeout,
      @Arg(doc = "Seconds before the first look.", defaultsTo = "0") int delay,
      @Arg(doc = "Seconds between looks.", defaultsTo = "1") int sleep,
      @Arg(doc = "Hosts whose connections do not count; only with `state: drained`.")
          Optional<List<String>> excludeHosts,
      @Arg(
              doc =
                  "States that count as connected for `state: drained`, of ESTABLISHED, FIN_WAIT1,"
                      + " FIN_WAIT2, SYN_RECV, SYN_SENT and TIME_WAIT; all of them without it.")
          Optional<List<String>> activeConnectionStates,
      @Arg(doc = "What is said when it takes too long.") Optional<String> msg) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.wait_for", Args.class, "Waits until a port or a file is as it should be.");
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.excludeHosts().isPresent() && want.state() != State.DRAINED) {
      throw new Refusal("exclude_hosts should only be with state=drained");
    }
    String states = states(want);
    if (want.searchRegex().isPresent() && want.path().isEmpty()) {
      throw new Refusal(
          "search_regex needs path; for a port, use a uri or command task with until");
    }
    if (want.state() == State.DRAINED && want.port().isEmpty()) {
      throw new Refusal("state=drained should only be used for checking a port");
    }
    boolean gone = want.state() == State.ABSENT || want.state() == State.STOPPED;
    String kind =
        want.path().isPresent()
            ? "path"
            : want.port().isEmpty()
                ? "nothing"
                : want.state() == State.DRAINED ? "drained" : "port";
    String path = want.path().map(text -> new HostPath(text).on(host)).orElse("");
    List<String> words =
        new ArrayList<>(
            List.of(
                kind,
                gone ? "gone" : "there",
                want.host(),
                want.port().map(String::valueOf).orElse(""),
                path,
                want.searchRegex().map(WaitForModule::extended).orElse(""),
                Integer.toString(want.timeout()),
                Integer.toString(Math.max(1, want.connectTimeout())),
                Integer.toString(want.delay()),
                Integer.toString(Math.max(1, want.sleep())),
                states));
    words.addAll(want.excludeHosts().orElse(List.of()));
    Script script = Script.of(WaitForScript.TEXT, words.toArray(String[]::new));
    String what = path.isEmpty() ? want.host() + ":" + want.port().orElse(0) : path;
    Result base =
        Result.ok()
            .with("state", want.state().name().toLowerCase(java.util.Locale.ROOT))
            .with("path", path.isEmpty() ? Value.NULL : Value.text(path))
            .with("port", want.port().<Value>map(Value::number).orElse(Value.NULL))
            .with("search_regex", want.searchRegex().<Value>map(Value::text).orElse(Value.NULL))
            .with("match_groups", Value.Seq.of())
            .with("match_groupdict", Value.Dict.EMPTY);
    return new Verdict.Changes(
        List.of(Step.read("wait for " + what, script)),
        List.of(),
        // What it waits for is often what check mode did not do.
        Result.skip("remote module (wait_for) does not support check mode"),
        ends -> {
          String out = ends.getLast().out();
          String said = out.lines().findFirst().orElse("").strip();
          boolean late = ends.getLast().code() == 1;
          boolean over = ends.getLast().ok() || kind.equals("nothing") && late;
          Result result = over ? base : Result.ok();
          if (said.matches("[0-9]+")) {
            result = result.with("elapsed", Long.parseLong(said));
          }
          if (!over) {
            return result
                .failed(true)
                .with(
                    "msg",
                    late
                        ? want.msg().orElse(late(want, what, gone))
                        : ends.getLast().err().strip());
          }
          List<String> lines = out.lines().skip(1).toList();
          if (!path.isEmpty()) {
            result = PathResult.with(result, PathStatus.parse(lines.getFirst()).self());
            lines = lines.subList(1, lines.size());
          }
          return want.searchRegex().isPresent() && !gone
              ? matched(result, want.searchRegex().get(), lines)
              : result;
        },
        false);
  }

  /** The states' numbers in /proc/net/tcp. */
  private static String states(Args want) {
    List<String> numbers = new ArrayList<>();
    for (String state : want.activeConnectionStates().orElse(CONNECTED)) {
      if (!CONNECTED.contains(state)) {
        throw new Refusal("unknown active_connection_state (" + state + ") defined");
      }
      numbers.add("0" + (CONNECTED.indexOf(state) + 1));
    }
    return String.join(" ", numbers);
  }

  private static String late(Args want, String what, boolean gone) {
    if (want.state() == State.DRAINED) {
      return "Timeout when waiting for " + what + " to drain";
    }
    if (gone) {
      return "Timeout when waiting for "
          + what
          + (want.path().isPresent() ? " to be absent." : " to stop.");
    }
    if (want.searchRegex().isPresent()) {
      return "Timeout when waiting for search string " + want.searchRegex().get() + " in " + what;
    }
    return "Timeout when waiting for " + (want.path().isPresent() ? "file " : "") + what;
  }

  /** What the groups of the expression matched, as Python tells it. */
  private static Result matched(Result result, String regex, List<String> lines) {
    PythonRegex pattern = PythonRegex.compile(regex);
    Matcher match = pattern.on(PythonRegex.bytes(String.join("\n", lines)));
    if (!match.find()) {
      return result;
    }
    List<Value> groups = new ArrayList<>();
    Map<String, Value> named = new LinkedHashMap<>();
    for (int i = 1; i <= match.groupCount(); i++) {
      String bytes = match.group(i);
      Value text =
          bytes == null
              ? Value.NULL
              : Value.text(
                  new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
      groups.add(text);
      if (!pattern.names().get(i - 1).isEmpty()) {
        named.put(pattern.names().get(i - 1), text);
      }
    }
    return result
        .with("match_groups", new Value.Seq(groups))
        .with("match_groupdict", Value.Dict.ofTexts(named));
  }

  /** Python's short classes as grep's extended expressions have them. */
  private static String extended(String python) {
    String plain = python.replaceAll("\\(\\?(P<\\w+>|:)", "(");
    if (plain.contains("(?")) {
      throw new Refusal(
          "search_regex '" + python + "' uses (?...), which the host's grep does not know");
    }
    return plain
        .replace("\\d", "[0-9]")
        .replace("\\s", "[[:space:]]")
        .replace("\\S", "[^[:space:]]")
        .replace("\\w", "[[:alnum:]_]")
        .replace("\\b", "");
  }
}
