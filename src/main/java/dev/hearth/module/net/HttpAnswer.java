package dev.hearth.module.net;

import dev.hearth.fact.PathStatus;
import dev.hearth.module.files.PathResult;
import dev.hearth.plan.Result;
import dev.hearth.shell.Outcome;
import dev.hearth.value.JsonReader;
import dev.hearth.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes uri's result from what its script printed.
 *
 * @param url that was asked for
 * @param good statuses that mean success
 * @param content whether the content is given back in any case
 * @param kept whether the content was kept in a file, which is then described
 */
record HttpAnswer(String url, List<Integer> good, boolean content, boolean kept) {

  private static final Pattern COOKIE =
      Pattern.compile("(?im)^set-cookie:[ \\t]*([^=;\\s]+)=([^;\\r\\n]*)(.*)$");
  private static final Pattern EXPIRED = Pattern.compile("(?i);\\s*max-age\\s*=\\s*(0|-\\d+)");

  Result result(Outcome.Exited end) {
    if (!end.ok()) {
      return Result.failure(
              end.code() == 97
                  ? end.err().strip()
                  : "Status code was -1 and not " + good + ": " + end.err().strip())
          .with("status", -1)
          .with("url", url);
    }
    String out = new String(end.stdout(), StandardCharsets.ISO_8859_1);
    int first = out.indexOf('\n');
    int second = out.indexOf('\n', first + 1);
    String[] said = out.substring(0, first).split(" ", 3);
    String[] lengths = out.substring(first + 1, second).split(" ", 4);
    int start = second + 1;
    Result result = Result.ok().changed(lengths[1].equals("yes"));
    if (kept) {
      int line = out.indexOf('\n', start);
      PathStatus file = PathStatus.parse(out.substring(start, line));
      result = PathResult.with(result, file.self());
      if (file.self().exists()) {
        result = result.with("path", lengths[3]);
      }
      start = line + 1;
    }
    int body = start + Integer.parseInt(lengths[0]);
    Map<String, String> headers = headers(out.substring(start, body));
    String text =
        new String(
            out.substring(body).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    int status = Integer.parseInt(said[0]);
    boolean well = good.contains(status);
    result =
        result
            .with("status", status)
            .with("elapsed", Long.parseLong(lengths[2]))
            .with("url", said[2])
            .with("redirected", !said[2].equals(url) && !said[2].equals(url + "/"));
    for (Map.Entry<String, String> header : headers.entrySet()) {
      result = result.with(header.getKey(), header.getValue());
    }
    Map<String, Value> cookies = cookies(out.substring(start, body));
    result =
        result
            .with("cookies", Value.Dict.ofTexts(cookies))
            .with(
                "cookies_string",
                String.join(
                    "; ",
                    cookies.entrySet().stream()
                        .map(each -> each.getKey() + "=" + ((Value.Text) each.getValue()).value())
                        .toList()));
    if (content) {
      result = result.with("content", text);
    }
    if (headers.getOrDefault("content_type", "").contains("json")) {
      try {
        result = result.with("json", JsonReader.read(text));
      } catch (IllegalArgumentException announcedButNotJson) {
        result = result.with("content", text);
      }
    }
    return well
        ? result.with("msg", "OK (" + said[1] + " bytes)")
        : result
            .with(
                "msg", "Status code was " + status + " and not " + good + ": HTTP status " + status)
            .failed(true);
  }

  /** All cookies that were set on the way, by name; one that is emptied at once is none. */
  private static Map<String, Value> cookies(String text) {
    Map<String, Value> cookies = new LinkedHashMap<>();
    Matcher line = COOKIE.matcher(text);
    while (line.find()) {
      if (EXPIRED.matcher(line.group(3)).find()) {
        cookies.remove(line.group(1));
      } else {
        cookies.put(line.group(1), Value.text(line.group(2)));
      }
    }
    return cookies;
  }

  /** The header lines of the last answer; those of redirects before it do not count. */
  private static Map<String, String> headers(String text) {
    List<String> answers = new ArrayList<>(List.of(text.strip().split("\r?\n\r?\n")));
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line : answers.getLast().lines().skip(1).toList()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT).replace('-', '_');
        headers.merge(name, line.substring(colon + 1).strip(), (one, two) -> one + ", " + two);
      }
    }
    return headers;
  }
}
