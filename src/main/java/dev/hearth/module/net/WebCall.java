package dev.hearth.module.net;

import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.JsonReader;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One request to a service's interface, made by the host with curl. All of it goes in on standard
 * input, so that neither tokens nor texts show in the list of processes.
 *
 * @param method such as {@code POST}
 * @param url where, perhaps with a token in it
 * @param headers further header lines
 * @param user name and password with a colon between; empty for none
 * @param body JSON; empty for none
 * @param insecure whether the server's certificate may be a bad one
 */
record WebCall(
    String method,
    Value.Textual url,
    Map<String, Value.Textual> headers,
    Optional<Value.Textual> user,
    Optional<Value.Textual> body,
    boolean insecure) {

  private static final String REQUEST =
      """
      command -v curl >/dev/null 2>&1 || {
        echo "curl is not on the host; install the package curl first" >&2
        exit 97
      }
      work=$(umask 077 && mktemp) || exit 1
      trap 'rm -f -- "$work"' EXIT
      curl -q -K - -sS -o "$work" -w '%{http_code}\\n' || exit
      cat "$work"
      """;

  static WebCall get(Value.Textual url, Map<String, Value.Textual> headers) {
    return new WebCall("GET", url, headers, Optional.empty(), Optional.empty(), false);
  }

  static WebCall post(Value.Textual url, Map<String, Value.Textual> headers, Value.Textual json) {
    Map<String, Value.Textual> all = new LinkedHashMap<>(headers);
    all.put("Content-Type", Value.text("application/json"));
    return new WebCall("POST", url, all, Optional.empty(), Optional.of(json), false);
  }

  WebCall as(Optional<Value.Textual> nameAndPassword) {
    return new WebCall(method, url, headers, nameAndPassword, body, insecure);
  }

  WebCall insecure(boolean any) {
    return new WebCall(method, url, headers, user, body, any);
  }

  /** What came back: the status in the first line, then the body. */
  Script script() {
    CurlConfig config =
        new CurlConfig()
            .set("url", url)
            .set("request", Value.text(method))
            .set("user-agent", Value.text("ansible-httpget"))
            .set("max-time", Value.text("60"));
    if (insecure) {
      config.flag("insecure");
    }
    headers.forEach(config::header);
    user.ifPresent(text -> config.set("user", text));
    body.ifPresent(text -> config.set("data-raw", text));
    Payload payload = config.payload();
    return Script.of(REQUEST).reading(payload);
  }

  /**
   * An answer.
   *
   * @param status of HTTP; -1 when there was none
   * @param text what was said
   */
  record Answer(int status, String text) {

    static Answer of(Outcome.Exited end) {
      if (!end.ok()) {
        return new Answer(-1, end.err().strip());
      }
      String[] parts = end.out().split("\n", 2);
      return new Answer(Integer.parseInt(parts[0].strip()), parts.length > 1 ? parts[1] : "");
    }

    /** The answer as JSON; an empty mapping when it is none. */
    Value.Dict json() {
      try {
        return JsonReader.read(text) instanceof Value.Dict dict ? dict : Value.Dict.EMPTY;
      } catch (IllegalArgumentException notJson) {
        return Value.Dict.EMPTY;
      }
    }
  }
}
