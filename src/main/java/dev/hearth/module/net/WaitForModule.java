package dev.hearth.module.net;

import dev.hearth.fact.Facts;
import dev.hearth.fact.HostPath;
import dev.hearth.fact.PathFact;
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
      @Arg(doc = "Hosts whose connections do not count for drained; refused.")
          List<String> excludeHosts,
      @Arg(doc = "States that count as connected; refused unless left as they are.")
          List<String> activeConnectionStates,
      @Arg(doc = "What is said when it takes too long.") Optional<String> msg) {}

  /** Each look ends with status 0 when what is waited for is so, 97 when it cannot be told. */
  private static final String WAIT =
      PathFact.DESCRIBE
          + """
          kind=$1 state=$2 host=$3 port=$4 path=$5 pattern=$6 timeout=$7 once=$8
          shift 8
          delay=$1 pause=$2
          local_host() {
            case $host in 127.* | localhost | ::1 | 0.0.0.0 | ::) ;; *) return 1 ;; esac
          }
          sockets() {
            cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | while read -r _ mine _ st _; do
              [ "${mine##*:}" != "$hex" ] || printf '%s\\n' "$st"
            done
          }
          open() {
            if command -v nc >/dev/null 2>&1; then
              said=$(nc -z -w "$once" "$host" "$port" 2>&1 </dev/null) && return
              # A small busybox's nc has no -z, but runs a program when it is connected.
              case $said in *BusyBox*) nc -w "$once" "$host" "$port" -e true >/dev/null 2>&1 </dev/null ;; *) return 1 ;; esac
            elif command -v bash >/dev/null 2>&1 && command -v timeout >/dev/null 2>&1; then
              timeout "$once" bash -c 'exec 3<>"/dev/tcp/$1/$2"' bash "$host" "$port" 2>/dev/null
            elif command -v perl >/dev/null 2>&1; then
              perl -MIO::Socket::INET -e 'exit !IO::Socket::INET->new(
                PeerAddr => $ARGV[0], PeerPort => $ARGV[1], Timeout => $ARGV[2])' "$host" "$port" "$once"
            elif local_host && [ -r /proc/net/tcp ]; then
              case $(sockets) in *0A*) ;; *) return 1 ;; esac
            else
              echo "the host has neither nc, bash nor perl to try a port with; install netcat" >&2
              return 97
            fi
          }
          look() {
            case $kind in
              port) open ;;
              path) [ -e "$path" ] && { [ -z "$pattern" ] || grep -Eq -e "$pattern" -- "$path"; } ;;
              drained)
                case $(sockets) in *01* | *02* | *03* | *04* | *05* | *06*) return 1 ;; esac
                ;;
              nothing) return 1 ;;
            esac
          }
          hex=$(printf '%04X' "${port:-0}")
          began=$(date +%s)
          sleep "$delay"
          while :; do
            look
            seen=$?
            [ "$seen" -ne 97 ] || exit 97
            case $state in
              gone) [ "$seen" -eq 0 ] || break ;;
              *) [ "$seen" -ne 0 ] || break ;;
            esac
            now=$(date +%s)
            if [ $((now - began)) -ge "$timeout" ]; then
              echo "$((now - began))"
              exit 1
            fi
            sleep "$pause"
          done
          now=$(date +%s)
          echo "$((now - began))"
          if [ "$kind" = path ]; then describe "$path" | head -n 1; fi
          if [ -n "$pattern" ] && [ "$state" != gone ]; then
            grep -E -m 1 -e "$pattern" -- "$path"
          fi
          exit 0
          """;

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.wait_for", Args.class, "Waits until a port or a file is as it should be.");
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (!want.excludeHosts().isEmpty() || !want.activeConnectionStates().isEmpty()) {
      throw new Refusal(
          "exclude_hosts and active_connection_states are not supported; remove them");
    }
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
    Script script =
        Script.of(
            WAIT,
            kind,
            gone ? "gone" : "there",
            want.host(),
            want.port().map(String::valueOf).orElse(""),
            path,
            want.searchRegex().map(WaitForModule::extended).orElse(""),
            Integer.toString(want.timeout()),
            Integer.toString(Math.max(1, want.connectTimeout())),
            Integer.toString(want.delay()),
            Integer.toString(Math.max(1, want.sleep())));
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
