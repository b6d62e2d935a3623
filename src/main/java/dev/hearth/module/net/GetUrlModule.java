package dev.hearth.module.net;

import dev.hearth.fact.Checksum;
import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.HostPath;
import dev.hearth.fact.PathFact;
import dev.hearth.fact.PathInfo;
import dev.hearth.fact.PathStatus;
import dev.hearth.module.Arg;
import dev.hearth.module.FileAttributes;
import dev.hearth.module.FileMode;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.module.files.AttributeChange;
import dev.hearth.module.files.BackupCopy;
import dev.hearth.module.files.PathResult;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code ansible.builtin.get_url}: a file from the web, whole and checked or not at all. */
public final class GetUrlModule implements Module<GetUrlModule.Args> {

  /** The parameters. */
  public record Args(
      @Arg(doc = "The address.") String url,
      @Arg(doc = "Where it goes; a directory when it ends with a slash or is one.") String dest,
      @Arg(
              doc = "What it must have: sha256:digits, or sha256:address of a file of checksums.",
              defaultsTo = " ")
          String checksum,
      @Arg(
              doc = "Get it even if there is a file already, and replace that if it differs.",
              aliases = {"thirsty"},
              defaultsTo = "false")
          boolean force,
      @Arg(doc = "Keep the old file under another name.", defaultsTo = "false") boolean backup,
      @Arg(doc = "Seconds without a byte until it is given up.", defaultsTo = "10") int timeout,
      @Arg(doc = "Kept for its name: the download is made beside the destination.")
          Optional<String> tmpDest,
      @Arg(doc = "Unpack what the server compressed on the way.", defaultsTo = "true")
          boolean decompress,
      @Inline HttpOptions http,
      @Inline FileAttributes attributes) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.get_url",
        Args.class,
        "Gets a file from the web onto the host. A partial, empty or wrong one is never put in"
            + " place, nor, without a checksum, a web page or what a redirect to another host gave"
            + " that is not from https to https.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    HostPath path = new HostPath(want.dest());
    if (path.needs().isPresent()) {
      return List.of(path.needs().get());
    }
    List<Fact<?>> facts = new ArrayList<>();
    String plain = HostPath.trimmed(want.dest());
    facts.add(new PathFact(plain));
    if (want.dest().endsWith("/")) {
      facts.add(new PathFact(plain + "/" + fileName(want.url())));
    }
    return facts;
  }

  /** The name that an address ends with. */
  static String fileName(String url) {
    String path = url.replaceFirst("^[^:]+://[^/]*", "").replaceFirst("[?#].*$", "");
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.isEmpty() ? "index.html" : name;
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (!want.url().matches("(?is)(https?|ftp|file)://\\S.*")) {
      throw new Refusal("'" + want.url() + "' is not an address that begins with https://");
    }
    String path = new HostPath(want.dest()).on(host);
    PathStatus now = host.get(new PathFact(path));
    if (want.dest().endsWith("/") || now.followed().directory()) {
      path = (path.equals("/") ? "" : path) + "/" + fileName(want.url());
      now = host.get(new PathFact(path));
    }
    PathInfo there = now.followed();
    Result base = Result.ok().with("url", want.url()).with("dest", path);
    Optional<WantedChecksum> checksum = WantedChecksum.of(want.checksum(), want.url(), host);
    if (there.file()) {
      boolean right =
          checksum.isPresent()
              ? host.get(new Checksum(path, checksum.get().algorithm()))
                  .equals(Optional.of(checksum.get().hex()))
              : !want.force();
      if (right) {
        return present(path, there, want, base);
      }
    }
    return download(want, path, there, checksum, base);
  }

  private static Verdict present(String path, PathInfo there, Args want, Result base) {
    AttributeChange change = AttributeChange.of(want.attributes(), there);
    Result result =
        PathResult.with(base.with("msg", "file already exists").with("elapsed", 0), there);
    if (!change.needed()) {
      return Verdict.satisfied(result);
    }
    return PathResult.changes(
        List.of(change.step(path, true)),
        List.of(new Diff.Properties(change.before(), change.after())),
        result.changed(true).with("msg", "file already exists but file attributes changed"),
        true);
  }

  /** wget serves only where nothing secret has to be told and every certificate is checked. */
  private static boolean plain(HttpOptions http) {
    return http.headers().isEmpty()
        && http.urlUsername().isEmpty()
        && http.urlPassword().isEmpty()
        && http.validateCerts()
        && http.clientCert().isEmpty()
        && http.caPath().isEmpty()
        && http.useProxy();
  }

  private static Verdict download(
      Args want, String path, PathInfo there, Optional<WantedChecksum> checksum, Result base) {
    HttpOptions http = want.http();
    int usual = there.file() ? there.mode() : 0644;
    String mode =
        want.attributes()
            .mode()
            .map(it -> FileMode.show(it.applyTo(usual, false)))
            .orElse(there.file() ? FileMode.show(there.mode()) : "");
    CurlConfig config = http.config(want.url(), want.timeout(), true);
    if (want.decompress()) {
      config.flag("compressed");
    }
    Script script =
        Script.of(
                DownloadScript.TEXT,
                want.url(),
                path,
                mode,
                there.file() ? there.uid() + ":" + there.gid() : "",
                want.attributes().owner().orElse(""),
                want.attributes().group().orElse(""),
                checksum.map(WantedChecksum::algorithm).orElse(""),
                checksum.map(WantedChecksum::hex).orElse(""),
                plain(http) ? "plain" : "",
                Integer.toString(want.timeout()),
                want.backup() ? "backup" : "",
                http.httpAgent(),
                http.validateCerts() ? "" : "insecure",
                http.parted(true) ? "parted" : "")
            .reading(config.payload());
    List<Step> steps =
        List.of(
            Step.change(
                "get " + want.url() + " as " + path,
                script,
                BackupCopy.undo(path, want.backup() && there.file(), false)));
    List<Diff> diffs =
        List.of(
            new Diff.Properties(
                properties(path, "state", there.state()),
                properties(path, "got from", want.url())));
    Verdict.Changes all = Verdict.changes(steps, diffs, base.changed(true));
    return new Verdict.Changes(
        steps,
        diffs,
        all.predicted(),
        ends -> {
          Result result = all.conclusion().of(ends);
          return result.failed() ? result : told(result, ends.getLast());
        },
        false);
  }

  private static Result told(Result base, Outcome.Exited end) {
    String[] parts = end.out().split("\n", 3);
    String[] said = parts[0].split(" ");
    Result result =
        base.changed(said[0].equals("yes"))
            .with("msg", String.format(Locale.ROOT, "OK (%s bytes)", said[1]))
            .with("status_code", 200)
            .with("elapsed", Long.parseLong(said[5]))
            .with("checksum_src", said[2].equals("-") ? Value.NULL : Value.text(said[2]))
            .with("checksum_dest", said[3].equals("-") ? Value.NULL : Value.text(said[3]))
            .with("md5sum", said[4].equals("-") ? Value.NULL : Value.text(said[4]));
    if (!said[6].equals("-")) {
      result = result.with("secontext", said[6]);
    }
    if (!parts[1].isEmpty()) {
      result = result.with("backup_file", parts[1]);
    }
    return PathResult.with(result, PathStatus.parse(parts[2]).followed());
  }

  /** In this order, which a map of Java's own does not keep. */
  private static Map<String, Value> properties(String path, String name, String value) {
    Map<String, Value> properties = new LinkedHashMap<>();
    properties.put("path", Value.text(path));
    properties.put(name, Value.text(value));
    return properties;
  }
}
