package dev.hearth.module.files;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.HostPath;
import dev.hearth.fact.PathFact;
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
import dev.hearth.module.Sha1;
import dev.hearth.module.Spec;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Payload;
import dev.hearth.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** {@code ansible.builtin.copy}: files and directories go to the host, or are copied on it. */
public final class CopyModule implements Module<CopyModule.Args> {

  /** The parameters. */
  @Exclusive(
      value = {"src", "content"},
      required = true)
  public record Args(
      @Arg(
              doc =
                  "A file or directory of this machine, or of the host with remote_src. A directory"
                      + " with a slash at its end means what is in it.")
          @FromController(value = FromController.Kind.FILE_OR_TREE, unless = "remote_src")
          Optional<Origin> src,
      @Arg(doc = "The content itself; a mapping or list becomes JSON.")
          Optional<Value.Textual> content,
      @Arg(doc = "Where it goes; a directory when it ends with a slash or is one.") String dest,
      @Arg(doc = "Whether src is a path on the host.", defaultsTo = "false") boolean remoteSrc,
      @Arg(doc = "Mode of directories that have to be made.") Optional<FileMode> directoryMode,
      @Arg(doc = "Follow links in src on this machine.", defaultsTo = "true") boolean localFollow,
      @Arg(doc = "Keep a link at dest and write what it leads to.", defaultsTo = "false")
          boolean follow,
      @Arg(doc = "Keep the old file under another name.", defaultsTo = "false") boolean backup,
      @Arg(doc = "Replace a file with other content.", defaultsTo = "true") boolean force,
      @Arg(doc = "SHA-1 that the source must have.") Optional<String> checksum,
      @Arg(doc = "A command that must accept the new file; %s is its path.")
          Optional<String> validate,
      @Arg(
              doc = "Decrypt an encrypted source; otherwise it is copied as it is.",
              defaultsTo = "true")
          boolean decrypt,
      @Inline FileAttributes attributes) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.copy",
        Args.class,
        "Copies files and directories to the host, or from one place of the host to another.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    if (want.content().isPresent()) {
      return TemplateModule.destination(want.dest(), "");
    }
    return want.src().orElse(null) instanceof ControllerFile file
        ? TemplateModule.destination(want.dest(), HostPath.name(file.name()))
        : List.of();
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.content().isPresent()) {
      if (want.dest().endsWith("/")
          || host.get(new PathFact(new HostPath(want.dest()).on(host))).followed().directory()) {
        throw new Refusal("can not use content with a dir as dest; name the file in dest");
      }
      Value.Textual content = want.content().get();
      Sha1 sum = Sha1.of(content.reveal().getBytes(StandardCharsets.UTF_8));
      return file(
          want,
          new ControllerFile("content", "content", Payload.of(content), sum, 0644),
          want.dest(),
          host);
    }
    return switch (want.src().orElseThrow()) {
      case ControllerFile file -> file(want, file, file.path(), host);
      case ControllerTree tree -> new CopyTree(tree, want).plan(host);
      case Origin.OnHost source -> new RemoteCopy(source.path(), want).plan(host);
    };
  }

  private static Verdict file(Args want, ControllerFile source, String header, Facts host) {
    if (want.checksum().isPresent() && !want.checksum().get().equals(source.sha1())) {
      throw new Refusal(
          source.path() + " has the SHA-1 " + source.sha1() + ", not " + want.checksum().get());
    }
    return new CopyFile(
            source,
            header,
            want.dest(),
            want.attributes(),
            want.force(),
            want.backup(),
            want.follow(),
            want.validate(),
            want.directoryMode())
        .plan(host);
  }
}
