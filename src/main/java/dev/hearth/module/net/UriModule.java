package dev.hearth.module.net;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.GlobExists;
import dev.hearth.fact.HostPath;
import dev.hearth.fact.PathFact;
import dev.hearth.fact.PathStatus;
import dev.hearth.module.Arg;
import dev.hearth.module.ControllerFile;
import dev.hearth.module.ControllerTree;
import dev.hearth.module.Exclusive;
import dev.hearth.module.FileAttributes;
import dev.hearth.module.FileMode;
import dev.hearth.module.FromController;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Origin;
import dev.hearth.module.PythonJson;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code ansible.builtin.uri}: one request to a web server, made by the host with curl. */
public final class UriModule implements Module<UriModule.Args> {

  /** The parameters. */
  @Exclusive({"body", "src"})
  public record Args(
      @Arg(doc = "The address, http or https.") String url,
      @Arg(doc = "The method.", defaultsTo = "GET") String method,
      @Arg(doc = "What is sent; a mapping or list with body_format json becomes JSON.")
          Optional<Value> body,
      @Arg(
              doc =
                  "How body is written. A field of form-multipart is a text, or a mapping of"
                      + " content, filename, mime_type and multipart_encoding; one without content"
                      + " is refused.",
              choices = {"raw", "json", "form-urlencoded", "form-multipart"},
              defaultsTo = "raw")
          String bodyFormat,
      @Arg(doc = "A file that is sent as body: of this machine, or of the host with remote_src.")
          @FromController(value = FromController.Kind.FILE_OR_TREE, unless = "remote_src")
          Optional<Origin> src,
      @Arg(doc = "Whether src is on the host.", defaultsTo = "false") boolean remoteSrc,
      @Arg(doc = "Statuses that mean success.", defaultsTo = "200") List<Integer> statusCode,
      @Arg(doc = "Give back the content also when all is well.", defaultsTo = "false")
          boolean returnContent,
      @Arg(
              doc = "Which redirects are followed: safe means those of GET and HEAD.",
              choices = {"all", "no", "none", "safe", "urllib2", "yes"},
              defaultsTo = "safe")
          String followRedirects,
      @Arg(doc = "Seconds without a byte until it is given up.", defaultsTo = "30") int timeout,
      @Arg(doc = "A path on the host where the content is kept.") Optional<String> dest,
      @Arg(doc = "Do nothing when this path exists.") Optional<String> creates,
      @Arg(doc = "Do nothing when this path does not exist.") Optional<String> removes,
      @Arg(doc = "A socket on the host to speak through.") Optional<String> unixSocket,
      @Arg(doc = "Ask caches for a fresh answer.", defaultsTo = "false") boolean force,
      @Arg(doc = "Unpack compressed content.", defaultsTo = "true") boolean decompress,
      @Inline HttpOptions http,
      @Inline FileAttributes attributes) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.uri", Args.class, "Makes one request to a web server from the host.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    List<Fact<?>> facts = new ArrayList<>();
    want.creates().ifPresent(path -> facts.add(new GlobExists("", path)));
    want.removes().ifPresent(path -> facts.add(new GlobExists("", path)));
    want.dest().flatMap(path -> new HostPath(path).needs()).ifPresent(facts::add);
    return facts;
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.creates().isPresent() && host.get(new GlobExists("", want.creates().get()))) {
      return Verdict.satisfied(
          Result.ok().with("stdout", "skipped, since '" + want.creates().get() + "' exists"));
    }
    if (want.removes().isPresent() && !host.get(new GlobExists("", want.removes().get()))) {
      return Verdict.satisfied(
          Result.ok()
              .with("stdout", "skipped, since '" + want.removes().get() + "' does not exist"));
    }
    if (!want.url().matches("(?is)(https?|ftp)://[^\\s].*")) {
      throw new Refusal(
          "'" + want.url() + "' is not an address that begins with http:// or https://");
    }
    String method = want.method().toUpperCase(Locale.ROOT);
    if (!method.matches("[A-Z]+")) {
      throw new Refusal("'" + want.method() + "' is not a method; write GET, POST, PUT ...");
    }
    boolean reads = safe(method) && want.dest().isEmpty();
    String dest = want.dest().map(path -> new HostPath(path).on(host)).orElse("");
    PathStatus there = dest.isEmpty() ? PathStatus.ABSENT : host.get(new PathFact(dest));
    if (there.followed().directory() && want.attributes().marked()) {
      throw new Refusal(
          "flags and SELinux context need the file's own name in dest, not a directory");
    }
    int usual = there.followed().file() ? there.followed().mode() : 0644;
    int mode = want.attributes().mode().map(it -> it.applyTo(usual, false)).orElse(usual);
    Payload config = config(want, method).payload();
    Optional<ControllerFile> sent = sent(want);
    if (sent.isPresent() && want.http().parted(follows(want, method))) {
      throw new Refusal("unredirected_headers and src; set follow_redirects: none");
    }
    Script script =
        Script.of(
                RequestScript.TEXT,
                dest,
                FileMode.show(mode),
                want.attributes().owner().orElse(""),
                want.attributes().group().orElse(""),
                want.statusCode().stream().map(String::valueOf).collect(Collectors.joining(" ")),
                sent.isPresent() ? Long.toString(config.length()) : "",
                want.http().parted(follows(want, method)) ? "parted" : "",
                want.url())
            .reading(
                sent.map(file -> (Payload) new Payload.Joined(List.of(config, file.content())))
                    .orElse(config));
    String what = method + " " + want.url();
    return new Verdict.Changes(
        List.of(reads ? Step.read(what, script) : Step.unknown(what, script)),
        List.of(),
        reads
            ? Result.ok().with("url", want.url())
            : Result.skip("a " + method + " request is not made in check mode"),
        ends ->
            new HttpAnswer(want.url(), want.statusCode(), want.returnContent(), !dest.isEmpty())
                .result(ends.getLast()),
        false);
  }

  private static boolean safe(String method) {
    return method.equals("GET") || method.equals("HEAD");
  }

  private static boolean follows(Args want, String method) {
    return switch (want.followRedirects()) {
      case "all", "yes" -> true;
      case "safe", "urllib2" -> safe(method);
      default -> false;
    };
  }

  private static CurlConfig config(Args want, String method) {
    boolean follows = follows(want, method);
    if (want.http().parted(follows) && !safe(method)) {
      throw new Refusal(
          "unredirected_headers and a "
              + method
              + " request that follows redirects; set follow_redirects: none, or remove them");
    }
    CurlConfig config = want.http().config(want.url(), want.timeout(), follows);
    if (method.equals("HEAD")) {
      config.flag("head");
    } else {
      config.set("request", Value.text(method));
    }
    config.flag(follows ? "location" : "no-location");
    if (want.force()) {
      config.header("Cache-Control", Value.text("no-cache"));
    }
    if (want.decompress()) {
      config.flag("compressed");
    }
    want.unixSocket().ifPresent(socket -> config.set("unix-socket", Value.text(socket)));
    if (want.src().isPresent() && want.src().get() instanceof Origin.OnHost file) {
      config.set("data-binary", Value.text("@" + file.path()));
    }
    if (want.bodyFormat().equals("form-multipart")) {
      new MultipartForm(want.body()).into(config);
    } else {
      want.body().ifPresent(body -> body(config, want, body));
    }
    return config;
  }

  /** The file of this machine that goes behind the configuration. */
  private static Optional<ControllerFile> sent(Args want) {
    return want.src().isEmpty()
        ? Optional.empty()
        : switch (want.src().get()) {
          case ControllerFile file -> Optional.of(file);
          case ControllerTree tree ->
              throw new Refusal(tree.path() + " is a directory; name a file");
          case Origin.OnHost there -> Optional.empty();
        };
  }

  private static void body(CurlConfig config, Args want, Value body) {
    String type =
        switch (want.bodyFormat()) {
          case "json" -> "application/json";
          case "form-urlencoded" -> "application/x-www-form-urlencoded";
          default -> "";
        };
    boolean typed =
        want.http().headers().keySet().stream().anyMatch("content-type"::equalsIgnoreCase);
    if (!type.isEmpty() && !typed) {
      config.header("Content-Type", Value.text(type));
    }
    Value.Textual text =
        switch (body) {
          case Value.Textual plain -> plain;
          case Value.Dict fields when want.bodyFormat().equals("form-urlencoded") -> form(fields);
          default -> PythonJson.write(body);
        };
    config.set("data-raw", text);
  }

  private static Value.Textual form(Value.Dict fields) {
    StringBuilder form = new StringBuilder();
    boolean[] secret = {false};
    fields
        .entries()
        .forEach(
            (name, value) -> {
              List<Value> all = value instanceof Value.Seq list ? list.items() : List.of(value);
              for (Value one : all) {
                form.append(form.isEmpty() ? "" : "&")
                    .append(encoded(name, secret))
                    .append('=')
                    .append(encoded(one, secret));
              }
            });
    return secret[0] ? new Value.Secret(form.toString()) : Value.text(form.toString());
  }

  private static String encoded(Value value, boolean[] secret) {
    secret[0] |= value instanceof Value.Secret;
    String text =
        value instanceof Value.Textual plain ? plain.reveal() : PythonJson.write(value).reveal();
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
