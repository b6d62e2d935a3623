package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code community.general.apk}: packages of Alpine. */
public final class Apk implements Module<Apk.Args> {

  /** The parameters. */
  public record Args(
      @Arg(doc = "The packages.") Optional<List<String>> name,
      @Arg(
              doc = "Whether they are installed; `latest` also upgrades.",
              choices = {"absent", "installed", "latest", "present", "removed"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "With an upgrade, take what the repositories have.", defaultsTo = "false")
          boolean available,
      @Arg(doc = "Keep no lists on the host.", defaultsTo = "false") boolean noCache,
      @Arg(doc = "Take packages from these addresses too.") List<String> repository,
      @Arg(doc = "Fetch the lists first.", defaultsTo = "false") boolean updateCache,
      @Arg(doc = "Upgrade everything.", defaultsTo = "false") boolean upgrade,
      @Arg(doc = "The file of wanted packages; apk's own.", defaultsTo = "/etc/apk/world")
          String world) {

    /** The packages; none when none are given. */
    List<String> names() {
      return name.orElse(List.of());
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.apk", Args.class, "Installs, upgrades and removes packages of Alpine.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return plan(want).facts();
  }

  private static PackagePlan plan(Args want) {
    List<String> always = new ArrayList<>();
    if (want.noCache()) {
      always.add("--no-cache");
    }
    want.repository().forEach(each -> always.addAll(List.of("--repository", each)));
    return new PackagePlan(
        PackageTool.ALPINE,
        want.names(),
        PackagePlan.plain(want.state()),
        want.updateCache(),
        want.upgrade(),
        always,
        want.upgrade() && want.available() ? List.of("--available") : List.of(),
        List.of());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (!want.world().equals("/etc/apk/world")) {
      throw new Refusal("another world file than apk's own is not supported");
    }
    if (want.upgrade() && !want.names().isEmpty()) {
      throw new Refusal("parameters are mutually exclusive: name|upgrade");
    }
    if (want.name().isEmpty() && !want.upgrade() && !want.updateCache()) {
      throw new Refusal("one of the following is required: name, update_cache, upgrade");
    }
    return plan(want).verdict(host);
  }
}
