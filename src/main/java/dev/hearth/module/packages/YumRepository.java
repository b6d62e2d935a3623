package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.FileAttributes;
import dev.hearth.module.FileMode;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.module.textfile.TextFile;
import dev.hearth.module.textfile.TextFileFact;
import dev.hearth.plan.Result;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code ansible.builtin.yum_repository}: a repository of Red Hat's family. */
public final class YumRepository implements Module<YumRepository.Args> {

  /** The parameters. */
  public record Args(
      @Arg(doc = "The repository's id.") String name,
      @Arg(
              doc = "Whether it is there.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "Its name for people; needed when it is there.") Optional<String> description,
      @Arg(doc = "Its file without `.repo`; the id otherwise.") Optional<String> file,
      @Arg(doc = "The directory of the files.", defaultsTo = "/etc/yum.repos.d") String reposdir,
      @Inline RepositorySettings settings,
      @Inline FileAttributes attributes) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.yum_repository",
        Args.class,
        "Adds and removes repositories of Red Hat's family.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(new TextFileFact(path(want)));
  }

  static String path(Args want) {
    return want.reposdir() + "/" + want.file().orElse(want.name()) + ".repo";
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    TextFile file = host.get(new TextFileFact(path(want)));
    RepositoryFile before = RepositoryFile.of(file.content());
    RepositoryFile after = before.without(want.name());
    RepositorySettings settings = want.settings();
    if (want.state().equals("present")) {
      if (want.description().isEmpty()) {
        throw new Refusal("Parameter 'description' is required.");
      }
      if (settings.baseurl().isEmpty()
          && settings.mirrorlist().isEmpty()
          && settings.metalink().isEmpty()) {
        throw new Refusal("Parameter 'baseurl', 'metalink' or 'mirrorlist' is required.");
      }
      Map<String, String> all = settings.byName();
      all.put("name", want.description().get());
      after = after.with(want.name(), all);
    }
    Result result = Result.ok().with("repo", want.name()).with("state", want.state());
    boolean same = after.sections().equals(before.sections());
    boolean empty = after.sections().isEmpty();
    String mode =
        want.attributes()
            .mode()
            .map(it -> FileMode.show(it.applyTo(0644, false)))
            .orElse(file.exists() ? file.mode() : "0644");
    String owner = owner(want.attributes(), file);
    boolean attributes =
        file.exists() && (!mode.equals(file.mode()) || !owner.equals(file.owner()));
    if (same && (empty || !attributes)) {
      return Verdict.satisfied(result);
    }
    Value.Textual text =
        settings.secret() ? new Value.Secret(after.text()) : Value.text(after.text());
    return Verdict.changes(
        List.of(empty ? file.remove() : file.write(text, mode, owner)),
        same ? List.of() : List.of(file.diff(text)),
        result.changed(true));
  }

  private static String owner(FileAttributes want, TextFile file) {
    String[] now = (file.exists() ? file.owner() : "0:0").split(":", 2);
    return want.owner().orElse(now[0]) + ":" + want.group().orElse(now[1]);
  }
}
