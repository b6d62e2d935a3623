package dev.hearth.module.files;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.FileBytes;
import dev.hearth.fact.HostPath;
import dev.hearth.fact.PathFact;
import dev.hearth.fact.PathInfo;
import dev.hearth.module.Arg;
import dev.hearth.module.FileAttributes;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Optional;

/** {@code community.general.interfaces_file}: options of interfaces in interfaces(5)'s file. */
public final class InterfacesFile implements Module<InterfacesFile.Args> {

  /** The parameters. */
  public record Args(
      @Arg(doc = "The file.", defaultsTo = "/etc/network/interfaces") String dest,
      @Arg(doc = "The interface.") Optional<String> iface,
      @Arg(doc = "Its address family, where it stands there for several.")
          Optional<String> addressFamily,
      @Arg(doc = "The option; without one the file is only told.") Optional<String> option,
      @Arg(doc = "What it shall be.") Optional<String> value,
      @Arg(doc = "Keep the old file under another name.", defaultsTo = "false") boolean backup,
      @Arg(
              doc = "Whether the option is there.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Inline FileAttributes attributes) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.interfaces_file",
        Args.class,
        "Sets and removes options of network interfaces in /etc/network/interfaces.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(new PathFact(want.dest()), new FileBytes(want.dest()));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    String path = HostPath.trimmed(want.dest());
    if (want.option().isPresent() && want.iface().isEmpty()) {
      throw new Refusal("missing parameter(s) required by 'option': iface");
    }
    boolean present = want.state().equals("present");
    if (want.option().isPresent() && present && want.value().isEmpty()) {
      throw new Refusal("an option that shall be present needs value");
    }
    PathInfo there = host.get(new PathFact(path)).followed();
    if (!there.file()) {
      throw new Refusal("there is no file " + path + " on the host");
    }
    String before = host.get(new FileBytes(path));
    InterfacesText text = new InterfacesText(LineInFile.lines(before));
    want.option()
        .ifPresent(
            option -> {
              String iface = want.iface().orElseThrow();
              String family = want.addressFamily().orElse("");
              String value = PythonRegex.bytes(want.value().orElse(""));
              if (present) {
                text.set(iface, family, option, value);
              } else {
                text.remove(iface, family, option, value);
              }
            });
    String after = String.join("", text.texts());
    Value.Dict told = new InterfacesText(LineInFile.lines(after)).told();
    return new EditedFile(
            path, there, before, false, want.attributes(), Optional.empty(), want.backup())
        .become(
            after, !after.equals(before), "", Result.ok().with("dest", path).with("ifaces", told));
  }
}
