package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.FileMode;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.module.textfile.TextFile;
import dev.hearth.module.textfile.TextFileFact;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A repository of Debian packages in the deb822 form, written byte for byte as ansible-core writes
 * it. A signing key given by its address is fetched by the host, refused when it is no key, and
 * kept in {@code /etc/apt/keyrings}.
 */
public final class Deb822Repository implements Module<Deb822Repository.Args> {

  private static final String FETCH_KEY =
      SigningKeyFact.FETCH
          + """
      umask 022
      mkdir -p -m 0755 /etc/apt/keyrings || exit
      t=$(mktemp "/etc/apt/keyrings/.$2.XXXXXX") || exit
      trap 'rm -f "$t"' EXIT
      fetch "$1" "$t" || exit
      k=$(kind "$t")
      if [ -z "$k" ]; then
        echo "what $1 serves is no OpenPGP key" >&2
        exit 1
      fi
      s=$(sha256sum <"$t")
      if [ -n "$3" ] && [ "${s%% *}" != "$3" ]; then
        echo "$1 serves another key than a moment ago" >&2
        exit 1
      fi
      chmod 0644 "$t" && mv -f "$t" "/etc/apt/keyrings/$2.$k" && trap - EXIT
      """;

  /** The arguments of {@code deb822_repository}. */
  public record Args(
      @Arg(doc = "The repository's name; its file is called after it.") String name,
      @Arg(
              doc = "Whether the repository is there.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "Addresses of the repository.") Optional<List<String>> uris,
      @Arg(doc = "Suites, such as the release's code name.") Optional<List<String>> suites,
      @Arg(doc = "Components, such as `main`.") Optional<List<String>> components,
      @Arg(
              doc = "`deb` for packages, `deb-src` for their sources.",
              choices = {"deb", "deb-src"},
              defaultsTo = "deb")
          List<String> types,
      @Arg(doc = "Architectures to fetch.") Optional<List<String>> architectures,
      @Arg(
              doc =
                  "The signing key: an address, a path on the host, a fingerprint or the key itself.")
          Optional<String> signedBy,
      @Arg(doc = "Whether the repository is used.") Optional<Boolean> enabled,
      @Arg(doc = "Permissions of the file.", defaultsTo = "0644") FileMode mode,
      @Arg(doc = "Allow a signed repository to become unsigned.")
          Optional<Boolean> allowDowngradeToInsecure,
      @Arg(doc = "Allow a repository that is not signed.") Optional<Boolean> allowInsecure,
      @Arg(doc = "Allow weak signatures.") Optional<Boolean> allowWeak,
      @Arg(doc = "Fetch lists by their checksums.") Optional<Boolean> byHash,
      @Arg(doc = "Check the dates of lists.") Optional<Boolean> checkDate,
      @Arg(doc = "Check until when lists are valid.") Optional<Boolean> checkValidUntil,
      @Arg(doc = "How many seconds in the future lists may be.") Optional<Integer> dateMaxFuture,
      @Arg(doc = "Path of the InRelease file.") Optional<String> inreleasePath,
      @Arg(doc = "Languages to fetch.") Optional<List<String>> languages,
      @Arg(doc = "Fetch differences of lists.") Optional<Boolean> pdiffs,
      @Arg(doc = "Which kinds of lists to fetch.") Optional<List<String>> targets,
      @Arg(doc = "Trust the repository without a signature.") Optional<Boolean> trusted,
      @Arg(doc = "Install Python's library; there is no Python here, so it means nothing.")
          Optional<Boolean> installPythonDebian) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.deb822_repository",
        Args.class,
        "Adds and removes repositories of Debian packages in the deb822 form.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    List<Fact<?>> facts = new ArrayList<>(List.of(new TextFileFact(path(want))));
    boolean absent = want.state().equals("absent");
    if (absent || url(want).isPresent()) {
      facts.add(new SigningKeyFact(absent ? "" : url(want).get(), slug(want)));
    }
    return facts;
  }

  private static String slug(Args want) {
    return want.name()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[_\\s]+", "-")
        .replaceAll("[^a-z0-9-]+", "");
  }

  private static String path(Args want) {
    return "/etc/apt/sources.list.d/" + slug(want) + ".sources";
  }

  private static Optional<String> url(Args want) {
    return want.signedBy()
        .map(String::strip)
        .filter(text -> text.matches("[a-z][a-z0-9+]*://\\S+"));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (slug(want).isEmpty()) {
      throw new Refusal("the name '" + want.name() + "' leaves no name for a file");
    }
    TextFile file = host.get(new TextFileFact(path(want)));
    if (want.state().equals("absent")) {
      return remove(want, file, host.get(new SigningKeyFact("", slug(want))));
    }
    List<Step> steps = new ArrayList<>();
    String signedBy = want.signedBy().orElse("");
    Value keyFile = Value.NULL;
    if (url(want).isPresent()) {
      SigningKeyFact.Key key = host.get(new SigningKeyFact(url(want).get(), slug(want)));
      String kind = kind(key);
      if (kind.isEmpty()) {
        return fetchFirst(want, file);
      }
      signedBy = "/etc/apt/keyrings/" + slug(want) + "." + kind;
      keyFile = Value.text(signedBy);
      String served = key.served().orElse("");
      String have = key.file(kind).orElse("");
      if (!served.isEmpty() && !have.equals(served + " 644")) {
        steps.add(fetch(want, served));
      }
    }
    String text = new Deb822Text(want, signedBy).text();
    String mode = octal(want.mode());
    List<Diff> diffs = new ArrayList<>();
    boolean otherMode = file.exists() && !octal(new FileMode(file.mode())).equals(mode);
    if (!file.content().equals(text) || otherMode) {
      steps.add(file.write(Value.text(text), mode, file.owner()));
      diffs.add(file.diff(Value.text(text)));
    }
    Result result =
        Result.ok().with("repo", text).with("dest", path(want)).with("key_filename", keyFile);
    return steps.isEmpty()
        ? Verdict.satisfied(result)
        : Verdict.changes(steps, diffs, result.changed(true));
  }

  /** The kind of the key, which its file's name shows; empty when nobody knows it yet. */
  private static String kind(SigningKeyFact.Key key) {
    if (key.served().isPresent()) {
      if (key.kind().isEmpty()) {
        throw new Refusal("what the address in signed_by serves is no OpenPGP key");
      }
      return key.kind();
    }
    if (key.asc().isPresent()) {
      return "asc";
    }
    return key.gpg().isPresent() ? "gpg" : "";
  }

  private static Step fetch(Args want, String checksum) {
    return Step.change(
        "fetch the signing key " + url(want).orElseThrow(),
        Script.of(FETCH_KEY, url(want).orElseThrow(), slug(want), checksum),
        Undo.restore(
            "/etc/apt/keyrings/" + slug(want) + ".asc",
            "/etc/apt/keyrings/" + slug(want) + ".gpg"));
  }

  /**
   * The key cannot be had now, perhaps until an earlier task has run: fetch it, then look again.
   */
  private static Verdict fetchFirst(Args want, TextFile file) {
    Verdict.Changes changes =
        Verdict.changes(
            List.of(fetch(want, "")),
            List.of(new Diff.Prepared(file.path() + " and its signing key will be written\n")),
            Result.changedNow().with("dest", path(want)));
    return new Verdict.Changes(
        changes.steps(), changes.diffs(), changes.predicted(), changes.conclusion(), true);
  }

  private static Verdict remove(Args want, TextFile file, SigningKeyFact.Key key) {
    List<Step> steps = new ArrayList<>();
    if (file.exists()) {
      steps.add(file.remove());
    }
    for (String extension : List.of("asc", "gpg")) {
      if (key.file(extension).isPresent()) {
        String path = "/etc/apt/keyrings/" + slug(want) + "." + extension;
        steps.add(
            Step.change(
                "remove " + path, Script.of("rm -f -- \"$1\"\n", path), Undo.restore(path)));
      }
    }
    Result result =
        Result.ok()
            .with("repo", Value.NULL)
            .with("dest", path(want))
            .with("key_filename", "/etc/apt/keyrings/" + slug(want) + ".gpg");
    return steps.isEmpty()
        ? Verdict.satisfied(result)
        : Verdict.changes(
            steps,
            List.of(
                new Diff.Properties(
                    Map.of("state", Value.text("present")), Map.of("state", Value.text("absent")))),
            result.changed(true));
  }

  static String octal(FileMode mode) {
    String digits = mode.text().replaceFirst("^0o?", "");
    if (!digits.matches("[0-7]{3,4}")) {
      throw new Refusal("mode must be octal digits such as '0644', not '" + mode.text() + "'");
    }
    return "0" + digits;
  }
}
