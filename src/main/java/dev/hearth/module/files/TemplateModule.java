package dev.hearth.module.files;

import dev.hearth.fact.Checksum;
import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.HostPath;
import dev.hearth.fact.PathFact;
import dev.hearth.module.Arg;
import dev.hearth.module.ControllerFile;
import dev.hearth.module.FileAttributes;
import dev.hearth.module.FromController;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Spec;
import dev.hearth.plan.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code ansible.builtin.template}: a rendered template as a file. */
public final class TemplateModule implements Module<TemplateModule.Args> {

  /** The parameters. */
  public record Args(
      @Arg(doc = "The template, on the search path for templates.")
          @FromController(FromController.Kind.TEMPLATE)
          ControllerFile src,
      @Arg(doc = "Where it goes; a directory when it ends with a slash or is one.") String dest,
      @Arg(doc = "Keep the old file under another name.", defaultsTo = "false") boolean backup,
      @Arg(doc = "Replace a file with other content.", defaultsTo = "true") boolean force,
      @Arg(doc = "Keep a link at dest and write what it leads to.", defaultsTo = "false")
          boolean follow,
      @Arg(doc = "A command that must accept the new file; %s is its path.")
          Optional<String> validate,
      @Arg(
              doc = "How lines end.",
              choices = {"\\n", "\\r", "\\r\\n", "\n", "\r", "\r\n"},
              defaultsTo = "\\n")
          String newlineSequence,
      @Arg(doc = "What begins a statement.", defaultsTo = "{%") String blockStartString,
      @Arg(doc = "What ends a statement.", defaultsTo = "%}") String blockEndString,
      @Arg(doc = "What begins an expression.", defaultsTo = "{{") String variableStartString,
      @Arg(doc = "What ends an expression.", defaultsTo = "}}") String variableEndString,
      @Arg(doc = "What begins a comment.", defaultsTo = "{#") String commentStartString,
      @Arg(doc = "What ends a comment.", defaultsTo = "#}") String commentEndString,
      @Arg(doc = "Remove the line end behind a statement.", defaultsTo = "true") boolean trimBlocks,
      @Arg(doc = "Remove blanks before a statement.", defaultsTo = "false") boolean lstripBlocks,
      @Arg(
              doc = "Encoding of the file; only utf-8.",
              choices = {"utf-8", "utf8", "UTF-8"},
              defaultsTo = "utf-8")
          String outputEncoding,
      @Inline FileAttributes attributes) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.template", Args.class, "Renders a template and puts it on the host.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return destination(want.dest(), HostPath.name(want.src().name()));
  }

  /** What must be known about a file that goes to a path or into the directory at that path. */
  static List<Fact<?>> destination(String dest, String name) {
    HostPath path = new HostPath(dest);
    if (path.needs().isPresent()) {
      return List.of(path.needs().get());
    }
    List<Fact<?>> facts = new ArrayList<>();
    String plain = HostPath.trimmed(dest);
    facts.add(new PathFact(plain));
    String inside = (plain.equals("/") ? "" : plain) + "/" + name;
    if (dest.endsWith("/")) {
      facts.add(new PathFact(inside));
      facts.add(new Checksum(inside, "sha1"));
    } else {
      facts.add(new Checksum(plain, "sha1"));
    }
    return facts;
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    return new CopyFile(
            want.src(),
            want.src().path(),
            want.dest(),
            want.attributes(),
            want.force(),
            want.backup(),
            want.follow(),
            want.validate(),
            Optional.empty())
        .plan(host);
  }
}
