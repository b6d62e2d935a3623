package dev.hearth.module.net;

import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Exclusive;
import dev.hearth.module.Module;
import dev.hearth.module.PythonJson;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code community.general.github_release}: releases on GitHub, asked for and made by the host. */
public final class GithubRelease implements Module<GithubRelease.Args> {

  private static final String API = "https://api.github.com/repos/";

  /** The parameters. */
  @Exclusive({"password", "token"})
  public record Args(
      @Arg(
              doc = "Ask for the newest release, or make one.",
              choices = {"create_release", "latest_release"})
          String action,
      @Arg(doc = "Who owns the repository.") String user,
      @Arg(doc = "The repository.") String repo,
      @Arg(doc = "A token; it never becomes an argument of a program.")
          Optional<Value.Textual> token,
      @Arg(doc = "A password; it never becomes an argument of a program.")
          Optional<Value.Textual> password,
      @Arg(doc = "The tag of a new release.") Optional<String> tag,
      @Arg(doc = "The branch or commit that a new tag is made of.") Optional<String> target,
      @Arg(doc = "The name of a new release.") Optional<String> name,
      @Arg(doc = "What a new release says.") Optional<String> body,
      @Arg(doc = "Make it a draft.", defaultsTo = "false") boolean draft,
      @Arg(doc = "Make it one before the release.", defaultsTo = "false") boolean prerelease) {

    private String place() {
      return part(user) + "/" + part(repo);
    }

    private WebCall get(String path) {
      return WebCall.get(Value.text(API + place() + path), headers()).as(login());
    }

    private Map<String, Value.Textual> headers() {
      Map<String, Value.Textual> headers = new LinkedHashMap<>();
      headers.put("Accept", Value.text("application/vnd.github+json"));
      token.ifPresent(
          text -> headers.put("Authorization", new Value.Secret("Bearer " + text.reveal())));
      return headers;
    }

    private Optional<Value.Textual> login() {
      return password.map(text -> new Value.Secret(user + ":" + text.reveal()));
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.github_release",
        Args.class,
        "Asks GitHub for the newest release of a repository, or makes one.");
  }

  private static String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.action().equals("latest_release")) {
      WebCall.Answer answer = ask(want, host, "/releases/latest");
      Value tag = answer.json().get("tag_name");
      return Verdict.satisfied(Result.ok().with("tag", tag == null ? Value.NULL : tag));
    }
    String tag =
        want.tag()
            .orElseThrow(
                () ->
                    new Refusal(
                        "action is create_release but all of the following are missing: tag"));
    if (want.token().isEmpty() && want.password().isEmpty()) {
      throw new Refusal(
          "action is create_release but any of the following are missing: password, token");
    }
    if (ask(want, host, "/releases/tags/" + part(tag)).status() == 200) {
      return Verdict.satisfied(
          Result.ok().with("msg", "Release for tag " + tag + " already exists."));
    }
    Map<String, Value> release = new LinkedHashMap<>();
    release.put("tag_name", Value.text(tag));
    want.target().ifPresent(text -> release.put("target_commitish", Value.text(text)));
    want.name().ifPresent(text -> release.put("name", Value.text(text)));
    want.body().ifPresent(text -> release.put("body", Value.text(text)));
    release.put("draft", Value.bool(want.draft()));
    release.put("prerelease", Value.bool(want.prerelease()));
    WebCall call =
        WebCall.post(
                Value.text(API + want.place() + "/releases"),
                want.headers(),
                PythonJson.write(Value.Dict.ofTexts(release)))
            .as(want.login());
    return new Verdict.Changes(
        List.of(
            Step.change(
                "make the release " + tag + " of " + want.place(),
                call.script(),
                new Undo.Impossible("a release that was published may be in use"))),
        List.of(new Diff.Properties(Map.of(), release)),
        Result.changedNow().with("tag", tag),
        ends -> {
          WebCall.Answer answer = WebCall.Answer.of(ends.getLast());
          return answer.status() == 201
              ? Result.changedNow().with("tag", tag)
              : Result.failure("GitHub API error: " + said(answer));
        },
        false);
  }

  private static WebCall.Answer ask(Args want, Facts host, String path) {
    WebCall.Answer answer =
        host.get(new WebAnswer("github " + want.place() + path, want.get(path)));
    switch (answer.status()) {
      case 200 -> {
        return answer;
      }
      case 404 -> {
        if (host.get(new WebAnswer("github " + want.place(), want.get(""))).status() == 200) {
          return answer;
        }
        throw new Refusal("Repository " + want.user() + "/" + want.repo() + " doesn't exist");
      }
      case 401 ->
          throw new Refusal(
              "Failed to connect to GitHub: "
                  + said(answer)
                  + "; check username and password or token for repository "
                  + want.repo());
      default -> throw new Refusal("GitHub API error: " + said(answer));
    }
  }

  private static String said(WebCall.Answer answer) {
    return answer.json().get("message") instanceof Value.Textual text
        ? answer.status() + " " + text.reveal()
        : answer.status() < 0 ? answer.text() : "HTTP status " + answer.status();
  }
}
