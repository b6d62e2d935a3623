package dev.hearth.module.docker;

import dev.hearth.module.PythonJson;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request to the engine's interface, over the way that the {@code docker} command itself uses
 * ({@code docker system dial-stdio}). The body goes in on standard input, so nothing of it is ever
 * an argument of a program.
 *
 * @param method such as {@code POST}
 * @param path with its query
 * @param body JSON; nothing for none
 * @param fine answers of 400 and above that are fine as well, such as {@code 404}
 * @param engine which engine
 * @param unless an image and the id that it had: when it still has that, nothing is asked
 */
record EngineCall(
    String method,
    String path,
    Optional<Value> body,
    String fine,
    EngineOptions engine,
    Optional<Unless> unless) {

  /**
   * The engine answers and closes; until then the request's end stays open, because it gives up
   * when the other side closes first. {@code $1}: method, {@code $2}: path, {@code $3}: length of
   * the body, {@code $4}: answers that are fine, {@code $5}: image, {@code $6}: the id it had.
   */
  private static final String REQUEST =
      """
      if ! command -v docker >/dev/null; then
        echo "docker is not on this host; install it first" >&2
        exit 2
      fi
      if [ -n "$5" ] && [ "$(docker image inspect -f '{{.Id}}' -- "$5" 2>/dev/null </dev/null)" = "$6" ]; then
        echo unchanged
        exit 0
      fi
      d=$(umask 077; mktemp -d) || exit
      trap 'rm -rf -- "$d"' EXIT
      trap '' PIPE
      mkfifo -m 600 "$d/in" || exit
      docker system dial-stdio <"$d/in" >"$d/out" 2>"$d/err" &
      exec 3>"$d/in"
      {
        printf '%s %s HTTP/1.0\\r\\nHost: docker\\r\\n' "$1" "$2"
        printf 'Content-Type: application/json\\r\\nContent-Length: %s\\r\\n\\r\\n' "$3"
        [ "$3" = 0 ] || cat
      } >&3 2>/dev/null
      wait $!
      exec 3>&-
      [ -s "$d/out" ] || {
        cat "$d/err" >&2
        exit 2
      }
      IFS=' ' read -r protocol status reason <"$d/out"
      case " $4 " in *" $status "*) status=200 ;; esac
      if [ "$status" -ge 400 ]; then
        sed -n '$ { s/^{"message":"\\(.*\\)"}$/\\1/; p; }' "$d/out" >&2
        exit 1
      fi
      cat "$d/out"
      """;

  /**
   * When a step is left out after all.
   *
   * @param image its name
   * @param id what it was before it was pulled
   */
  record Unless(String image, String id) {}

  static EngineCall get(String path, EngineOptions engine) {
    return new EngineCall("GET", path, Optional.empty(), "404", engine, Optional.empty());
  }

  static EngineCall post(String path, EngineOptions engine) {
    return new EngineCall("POST", path, Optional.empty(), "", engine, Optional.empty());
  }

  static EngineCall delete(String path, EngineOptions engine) {
    return new EngineCall("DELETE", path, Optional.empty(), "404", engine, Optional.empty());
  }

  EngineCall sending(Value json) {
    return new EngineCall(method, path, Optional.of(json), fine, engine, unless);
  }

  EngineCall unless(Optional<Unless> condition) {
    return new EngineCall(method, path, body, fine, engine, condition);
  }

  /** The same where these answers, with blanks between them, are fine. */
  EngineCall fine(String answers) {
    return new EngineCall(method, path, body, answers, engine, unless);
  }

  Script script() {
    return script(REQUEST);
  }

  private Script script(String request) {
    Optional<Value.Textual> text = body.map(PythonJson::write);
    long length = text.map(json -> json.reveal().getBytes(StandardCharsets.UTF_8).length).orElse(0);
    Script script =
        engine.script(
            request,
            method,
            path,
            Long.toString(length),
            fine,
            unless.map(Unless::image).orElse(""),
            unless.map(Unless::id).orElse(""));
    return text.map(json -> script.reading(Payload.of(json))).orElse(script);
  }

  Step step(String what, Undo undo) {
    return Step.change(what, script(), undo);
  }

  /** A way to take something back with this call. */
  Undo undo(String what) {
    return new Undo.Run(what, script());
  }

  /**
   * A way to take something in a swarm back with this call. A node that has left the swarm has lost
   * all that was in it, and there is nothing to take back.
   */
  Undo undoInSwarm(String what) {
    return new Undo.Run(what, script(SwarmFacts.GONE_WITH_SWARM + REQUEST));
  }

  /** One part of a path. */
  static String part(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A query's filters as the engine reads them. */
  static String filters(Map<String, List<String>> filters) {
    Map<String, Value> lists = new java.util.TreeMap<>();
    filters.forEach(
        (name, values) ->
            lists.put(
                name,
                new Value.Seq(values.stream().<Value>map(each -> Value.text(each)).toList())));
    return "filters=" + part(PythonJson.write(Value.Dict.ofTexts(lists)).reveal());
  }
}
