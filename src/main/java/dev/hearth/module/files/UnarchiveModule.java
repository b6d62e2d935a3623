package dev.hearth.module.files;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.GlobExists;
import dev.hearth.fact.HostPath;
import dev.hearth.fact.PathFact;
import dev.hearth.fact.PathInfo;
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
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code ansible.builtin.unarchive}: what is in an archive goes into a directory. */
public final class UnarchiveModule implements Module<UnarchiveModule.Args> {

  /** The parameters. */
  @Exclusive({"include", "exclude"})
  @Exclusive({"copy", "remote_src"})
  public record Args(
      @Arg(doc = "The archive: of this machine, or with remote_src of the host or the web.")
          @FromController(
              value = FromController.Kind.FILE_OR_TREE,
              unless = "remote_src",
              unlessNot = "copy")
          Origin src,
      @Arg(doc = "The directory that its content goes into.") String dest,
      @Arg(doc = "Whether src is on the host or in the web.", defaultsTo = "false")
          boolean remoteSrc,
      @Arg(doc = "Whether src is of this machine: the opposite of remote_src, as an older name.")
          Optional<Boolean> copy,
      @Arg(doc = "Do nothing when this path exists.") Optional<String> creates,
      @Arg(doc = "Give back the names in the archive.", defaultsTo = "false") boolean listFiles,
      @Arg(doc = "Names or patterns that are left out.") List<String> exclude,
      @Arg(doc = "The only names that are taken.") List<String> include,
      @Arg(
              doc = "Leave files as they are that are newer than those in the archive.",
              defaultsTo = "false")
          boolean keepNewer,
      @Arg(doc = "Further options for tar or unzip.") List<String> extraOpts,
      @Arg(doc = "Whether the web server's certificate must be good.", defaultsTo = "true")
          boolean validateCerts,
      @Arg(doc = "Decrypt an encrypted archive.", defaultsTo = "true") boolean decrypt,
      @Arg(doc = "Kept for its name.", defaultsTo = "65536") int ioBufferSize,
      @Inline FileAttributes attributes) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.unarchive",
        Args.class,
        "Unpacks an archive into a directory, after it has been looked through.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    HostPath path = new HostPath(want.dest());
    List<Fact<?>> facts = new ArrayList<>();
    want.creates().ifPresent(name -> facts.add(new GlobExists("", name)));
    path.needs()
        .ifPresentOrElse(facts::add, () -> facts.add(new PathFact(HostPath.trimmed(want.dest()))));
    return facts;
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.creates().isPresent() && host.get(new GlobExists("", want.creates().get()))) {
      return Verdict.satisfied(Result.skip("skipped, since " + want.creates().get() + " exists"));
    }
    String dest = new HostPath(want.dest()).on(host);
    PathInfo there = host.get(new PathFact(dest)).followed();
    if (!there.directory()) {
      return Verdict.rejected("dest '" + dest + "' must be an existing dir");
    }
    String source;
    String kind;
    Payload payload = Payload.none();
    switch (want.src()) {
      case ControllerFile file -> {
        source = file.path();
        kind = "sent";
        payload = file.content();
      }
      case ControllerTree tree ->
          throw new Refusal(tree.path() + " is a directory, not an archive; copy it instead");
      case Origin.OnHost path -> {
        boolean web = path.path().matches("(?is)(https?|ftp)://.*");
        source = web ? path.path() : new HostPath(path.path()).on(host);
        kind = web ? "web" : "host";
        if (!web && !host.get(new PathFact(source)).followed().file()) {
          return Verdict.rejected("Source '" + source + "' does not exist");
        }
      }
    }
    return unpack(want, dest, source, kind, payload, there);
  }

  private static Verdict unpack(
      Args want, String dest, String source, String kind, Payload payload, PathInfo there) {
    List<String> words = new ArrayList<>();
    words.add(dest);
    words.add(kind);
    words.add(source);
    words.add(want.attributes().owner().orElse(""));
    words.add(want.attributes().group().orElse(""));
    words.add(want.attributes().mode().map(UnarchiveModule::mode).orElse(""));
    words.add(want.listFiles() ? "list" : "");
    words.add(want.validateCerts() ? "" : "insecure");
    words.add(String.join("\n", want.exclude()));
    words.add(want.keepNewer() ? "newer" : "");
    words.addAll(want.extraOpts());
    words.addAll(want.include());
    Result base = Result.ok().with("src", source).with("dest", dest);
    Map<String, Value> after = new LinkedHashMap<>();
    after.put("path", Value.text(dest));
    after.put("unpacked from", Value.text(source));
    List<Diff> diffs = List.of(new Diff.Properties(Map.of("path", Value.text(dest)), after));
    List<Step> steps =
        List.of(
            Step.change(
                "unpack " + source + " into " + dest,
                Script.of(UnarchiveScript.UNPACK, words.toArray(String[]::new)).reading(payload),
                new Undo.Appeared(
                    Script.of("[ ! -d \"$1\" ] || exec find \"$1\" -xdev\n", dest),
                    Script.of(UnarchiveScript.REMOVE_ALL))));
    Verdict.Changes all = Verdict.changes(steps, diffs, PathResult.with(base, there).changed(true));
    return new Verdict.Changes(
        steps,
        diffs,
        all.predicted(),
        ends -> {
          Result failed = all.conclusion().of(ends);
          return failed.failed() ? failed : told(base, want.listFiles(), ends.getLast());
        },
        false);
  }

  /** Octal digits with a zero more, so that also a directory's set-group bit is cleared. */
  private static String mode(FileMode mode) {
    return mode.text().matches("[0-7]+")
        ? "0" + FileMode.show(mode.applyTo(0, false))
        : mode.text();
  }

  private static Result told(Result base, boolean list, Outcome.Exited end) {
    String[] lines = end.out().split("\n", 3);
    String[] said = lines[0].split(" ");
    Result result =
        PathResult.with(base.changed(said[0].equals("yes")), PathStatus.parse(lines[1]).followed())
            .with("handler", said[1]);
    if (!list) {
      return result;
    }
    List<Value> names = new ArrayList<>();
    lines[2].lines().forEach(name -> names.add(Value.text(name)));
    return result.with("files", new Value.Seq(names));
  }
}
