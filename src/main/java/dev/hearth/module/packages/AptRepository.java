package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.FileMode;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.module.packages.Launchpad.Ppa;
import dev.hearth.module.textfile.TextFile;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A repository of Debian packages as one line of a list. */
public final class AptRepository implements Module<AptRepository.Args> {

  private static final String DIRECTORY = "/etc/apt/sources.list.d/";

  /** The arguments of {@code apt_repository}. */
  public record Args(
      @Arg(
              doc =
                  "The line, such as `deb [signed-by=...] http://... trixie main`, or"
                      + " `ppa:OWNER/NAME` for an archive of Launchpad's.")
          String repo,
      @Arg(
              doc = "Whether the line is there.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "Permissions of a new list.") Optional<FileMode> mode,
      @Arg(
              doc = "Fetch the lists of packages after a change.",
              aliases = {"update-cache"},
              defaultsTo = "true")
          boolean updateCache,
      @Arg(doc = "How often fetching the lists is tried.", defaultsTo = "5") int updateCacheRetries,
      @Arg(doc = "Most seconds between two tries.", defaultsTo = "12") int updateCacheRetryMaxDelay,
      @Arg(doc = "Name of the list's file without `.list`; made from the address otherwise.")
          Optional<String> filename,
      @Arg(doc = "Install Python's apt library; there is no Python here, so it means nothing.")
          Optional<Boolean> installPythonApt,
      @Arg(
              doc = "Check the certificate of Launchpad, which is asked for `ppa:` lines.",
              defaultsTo = "true")
          boolean validateCerts,
      @Arg(doc = "The release's code name for `ppa:` lines; the host's own without it.")
          Optional<String> codename) {}

  private final Launchpad launchpad;

  /** The module for Launchpad as everybody knows it. */
  public AptRepository() {
    this(Launchpad.PUBLIC);
  }

  /** The module for a Launchpad elsewhere. */
  AptRepository(Launchpad launchpad) {
    this.launchpad = launchpad;
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.apt_repository",
        Args.class,
        "Adds and removes repositories of Debian packages in the one-line form. For `ppa:` lines"
            + " the host asks Launchpad for the fingerprint of the archive's signing key and"
            + " fetches that key from keyserver.ubuntu.com; it is kept in"
            + " /etc/apt/trusted.gpg.d when it is that key and nothing else, so no GnuPG is"
            + " needed. This was tried with a stand-in of Launchpad's only.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    List<Fact<?>> facts = new ArrayList<>(List.of(new SourcesFact()));
    if (Ppa.is(want.repo())) {
      if (want.codename().isEmpty()) {
        facts.add(new CodenameFact());
      }
      if (want.state().equals("present")) {
        facts.add(new AptKeysFact(""));
      }
    }
    return facts;
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (!Ppa.is(want.repo())) {
      return plan(want, host, SourceLine.wanted(want.repo()), want.repo());
    }
    Ppa ppa = Ppa.of(want.repo());
    String codename = want.codename().orElseGet(() -> host.get(new CodenameFact()));
    if (codename.isEmpty()) {
      throw new Refusal("the host's release has no code name; give codename for " + want.repo());
    }
    return plan(want, host, launchpad.source(ppa, codename), want.repo() + "_" + codename);
  }

  private Verdict plan(Args want, Facts host, String source, String nameOfList) {
    Map<String, TextFile> files = host.get(new SourcesFact());
    Map<String, List<SourceLine>> after = new LinkedHashMap<>();
    files.forEach(
        (path, file) ->
            after.put(
                path, new ArrayList<>(file.lines().stream().map(SourceLine::parse).toList())));
    Map<String, String> before = rendered(after);
    if (want.state().equals("present")) {
      add(want, source, nameOfList, after);
    } else {
      after
          .values()
          .forEach(
              lines ->
                  lines.removeIf(
                      line -> line.valid() && line.enabled() && line.source().equals(source)));
    }
    Map<String, String> texts = rendered(after);
    Optional<SigningKey> key =
        want.state().equals("present") && Ppa.is(want.repo()) && !texts.equals(before)
            ? signingKey(want, source, host)
            : Optional.empty();
    return verdict(want, files, before, texts, key);
  }

  /** What the archive's packages are signed with, when apt does not trust it yet. */
  private Optional<SigningKey> signingKey(Args want, String source, Facts host) {
    Ppa ppa = Ppa.of(want.repo());
    String fingerprint =
        host.get(new SigningFingerprintFact(launchpad.about(ppa), want.validateCerts()));
    if (host.get(new AptKeysFact("")).values().stream().anyMatch(keys -> keys.has(fingerprint))) {
      return Optional.empty();
    }
    byte[] bytes = host.get(new KeyContentFact(launchpad.key(fingerprint)));
    if (!OpenPgp.read(bytes).map(key -> key.isOnly(fingerprint)).orElse(false)) {
      throw new Refusal(
          "the key that "
              + launchpad.keys()
              + " has for "
              + want.repo()
              + " is not the one key with the fingerprint "
              + fingerprint
              + " that Launchpad names; nothing was changed");
    }
    String name = source.substring(source.lastIndexOf('/') + 1).replace(' ', '-');
    return Optional.of(
        new SigningKey(
            TrustedKey.DIRECTORY + name + "-" + ppa.owner() + "-" + ppa.name() + ".gpg",
            fingerprint,
            OpenPgp.binary(bytes)));
  }

  private record SigningKey(String path, String fingerprint, byte[] bytes) {}

  private static void add(
      Args want, String source, String nameOfList, Map<String, List<SourceLine>> files) {
    boolean found = false;
    for (List<SourceLine> lines : files.values()) {
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).valid() && lines.get(i).source().equals(source)) {
          lines.set(i, lines.get(i).enable());
          found = true;
        }
      }
    }
    if (!found) {
      files
          .computeIfAbsent(path(want, nameOfList), path -> new ArrayList<>())
          .add(new SourceLine(true, true, source, ""));
    }
  }

  /**
   * Where a new line goes: the given name, or one made of the letters and digits of the address.
   */
  static String path(Args want, String source) {
    if (want.filename().isPresent()) {
      String name = want.filename().get() + ".list";
      return name.contains("/") ? name : DIRECTORY + name;
    }
    String line = source.replaceAll("\\[[^\\]]+\\]", "").replaceAll("\\w+://", "");
    String address =
        Arrays.stream(line.strip().split("\\s+"))
            .filter(word -> !word.equals("deb") && !word.equals("deb-src"))
            .findFirst()
            .orElseThrow(() -> new Refusal("Invalid repository string: " + source));
    address = address.substring(address.indexOf('@') + 1);
    String name =
        Arrays.stream(address.split("[^a-zA-Z0-9]"))
            .filter(word -> !word.isEmpty())
            .collect(Collectors.joining("_"));
    return DIRECTORY + name + ".list";
  }

  private static Map<String, String> rendered(Map<String, List<SourceLine>> files) {
    Map<String, String> texts = new LinkedHashMap<>();
    files.forEach(
        (path, lines) -> {
          if (!lines.isEmpty()) {
            texts.put(path, lines.stream().map(SourceLine::render).collect(Collectors.joining()));
          }
        });
    return texts;
  }

  private static Verdict verdict(
      Args want,
      Map<String, TextFile> files,
      Map<String, String> before,
      Map<String, String> after,
      Optional<SigningKey> key) {
    List<Step> steps = new ArrayList<>();
    List<Diff> diffs = new ArrayList<>();
    key.ifPresent(
        found -> {
          steps.add(TrustedKey.write(found.path(), found.bytes()));
          diffs.add(
              new Diff.Properties(
                  Map.of("keys", Value.text("")), Map.of("keys", Value.text(found.fingerprint()))));
        });
    List<Value> added = new ArrayList<>();
    List<Value> removed = new ArrayList<>();
    String fresh = "";
    for (Map.Entry<String, String> entry : after.entrySet()) {
      String path = entry.getKey();
      if (!entry.getValue().equals(before.get(path))) {
        TextFile file = files.getOrDefault(path, new TextFile(path, false, "", "", ""));
        Value.Textual text = new Value.Text(entry.getValue());
        String mode = want.mode().map(Deb822Repository::octal).orElse("0644");
        steps.add(file.replace(text, mode));
        diffs.add(file.diff(text));
        if (!before.containsKey(path)) {
          added.add(Value.text(path));
          fresh = path;
        }
      }
    }
    for (String path : before.keySet()) {
      if (!after.containsKey(path)) {
        TextFile file = files.getOrDefault(path, new TextFile(path, true, "", "", ""));
        steps.add(file.remove());
        diffs.add(new Diff.Texts(path, Value.text(file.content()), "/dev/null", Value.text("")));
        removed.add(Value.text(path));
      }
    }
    Result result =
        Result.ok()
            .with("repo", want.repo())
            .with("state", want.state())
            .with("sources_added", new Value.Seq(added))
            .with("sources_removed", new Value.Seq(removed));
    if (steps.isEmpty()) {
      return Verdict.satisfied(result);
    }
    if (want.updateCache()) {
      steps.add(
          AptSteps.update(60, want.updateCacheRetries(), want.updateCacheRetryMaxDelay(), fresh));
    }
    return Verdict.changes(steps, diffs, result.changed(true));
  }
}
