package dev.hearth.module.files;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.FileBytes;
import dev.hearth.fact.HostPath;
import dev.hearth.fact.PathFact;
import dev.hearth.fact.PathInfo;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** {@code ansible.builtin.slurp}: a file's content, in base 64. */
public final class SlurpModule implements Module<SlurpModule.Args> {

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "The file.",
              aliases = {"path"})
          String src) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of("ansible.builtin.slurp", Args.class, "Reads a file of the host.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    HostPath path = new HostPath(want.src());
    return path.needs().isPresent()
        ? List.of(path.needs().get())
        : List.of(
            new PathFact(HostPath.trimmed(want.src())),
            new FileBytes(HostPath.trimmed(want.src())));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    String path = new HostPath(want.src()).on(host);
    PathInfo there = host.get(new PathFact(path)).followed();
    if (!there.exists()) {
      return Verdict.rejected("File not found: " + path);
    }
    if (there.directory()) {
      return Verdict.rejected("Source is a directory and must be a file: " + path);
    }
    byte[] bytes = host.get(new FileBytes(path)).getBytes(StandardCharsets.ISO_8859_1);
    return Verdict.satisfied(
        Result.ok()
            .with("content", Base64.getEncoder().encodeToString(bytes))
            .with("encoding", "base64")
            .with("source", path));
  }
}
