package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.HostPath;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.module.textfile.TextFile;
import dev.hearth.module.textfile.TextFileFact;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code ansible.builtin.known_hosts}: a host's key in a file of known hosts. */
public final class KnownHosts implements Module<KnownHosts.Args> {

  private static final String DIRECTORY = "mkdir -p -m 0700 -- \"$1\"\n";

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "The host as the file names it, such as `[git.lab]:2222`.",
              aliases = {"host"})
          String name,
      @Arg(doc = "The line with the host, the kind of key and the key; needed to add one.")
          Optional<String> key,
      @Arg(doc = "The file.", defaultsTo = "~/.ssh/known_hosts") String path,
      @Arg(doc = "Write the host's name as a hash.", defaultsTo = "false") boolean hashHost,
      @Arg(
              doc = "Whether the key is in the file.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.known_hosts", Args.class, "Adds and removes keys of known hosts.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return new HostPath(want.path())
        .needs()
        .<List<Fact<?>>>map(home -> List.of(home))
        .orElseGet(() -> List.of(new TextFileFact(want.path())));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    String path = new HostPath(want.path()).on(host);
    boolean present = want.state().equals("present");
    if (present && want.key().isEmpty()) {
      throw new Refusal("No key specified when adding a host");
    }
    Optional<KnownHostLine> wanted =
        want.key()
            .map(
                key ->
                    KnownHostLine.of(key.strip())
                        .filter(line -> line.matches(want.name()))
                        .orElseThrow(
                            () ->
                                new Refusal(
                                    "Host parameter does not match hashed host field in supplied"
                                        + " key, or the key is no line with host, kind and key")));
    TextFile file = host.get(new TextFileFact(path));
    List<String> lines = new ArrayList<>();
    boolean found = false;
    for (String line : file.lines()) {
      Optional<KnownHostLine> known = KnownHostLine.of(line).filter(it -> it.matches(want.name()));
      boolean same = known.isPresent() && wanted.filter(known.get()::sameKey).isPresent();
      boolean sameKind = known.isPresent() && wanted.filter(known.get()::sameKind).isPresent();
      if (present && same && !found && known.get().hashed() == want.hashHost()) {
        found = true;
        lines.add(line);
      } else if (present ? !sameKind : known.isEmpty() || wanted.isPresent() && !same) {
        lines.add(line);
      }
    }
    if (present && !found) {
      lines.add(wanted.orElseThrow().written(want.name(), want.hashHost()));
    }
    String after = lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    Result result =
        Result.ok()
            .with("name", want.name())
            .with("path", path)
            .with("key", want.key().<Value>map(Value::text).orElse(Value.NULL))
            .with("hash_host", want.hashHost())
            .with("state", want.state());
    if (after.equals(file.content())) {
      return Verdict.satisfied(result);
    }
    String directory = HostPath.directory(path);
    List<Step> steps = new ArrayList<>();
    if (!file.exists()) {
      steps.add(
          Step.change(
              "make directory " + directory,
              Script.of(DIRECTORY, directory),
              Undo.restore(directory)));
    }
    steps.add(file.replace(Value.text(after), "0644"));
    return Verdict.changes(steps, List.of(file.diff(Value.text(after))), result.changed(true));
  }
}
