package dev.hearth.module.packages;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Exclusive;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code ansible.builtin.apt_key}: a key that apt trusts for all repositories. It becomes a file of
 * its own in {@code /etc/apt/trusted.gpg.d}, so neither {@code apt-key} nor GnuPG is needed.
 */
public final class AptKey implements Module<AptKey.Args> {

  /** The parameters. */
  @Exclusive({"data", "file", "keyserver", "url"})
  public record Args(
      @Arg(doc = "Where the key is fetched from, by the host.") Optional<String> url,
      @Arg(doc = "A file on the host with the key.") Optional<String> file,
      @Arg(doc = "The key itself, armoured.") Optional<String> data,
      @Arg(doc = "A server of keys; needs `id`.") Optional<String> keyserver,
      @Arg(doc = "The key's id or fingerprint; a key without it is refused.") Optional<String> id,
      @Arg(doc = "The file that the key goes to.") Optional<String> keyring,
      @Arg(
              doc = "Whether apt trusts it.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "Check certificates; always done.", defaultsTo = "true") boolean validateCerts) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.apt_key",
        Args.class,
        "Adds and removes keys that apt trusts for all repositories.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    List<Fact<?>> facts = new ArrayList<>(List.of(new AptKeysFact(want.keyring().orElse(""))));
    content(want).ifPresent(facts::add);
    return facts;
  }

  private static Optional<KeyContentFact> content(Args want) {
    return want.url()
        .or(want::file)
        .or(() -> want.keyserver().map(server -> lookup(server, want.id().orElse(""))))
        .map(KeyContentFact::new);
  }

  /** Servers of keys answer over HTTP as well. */
  private static String lookup(String server, String id) {
    String address =
        server
            .replaceFirst("^hkp://", "http://")
            .replaceFirst("^hkps://", "https://")
            .replaceFirst("^(?!https?://)", "https://");
    return address + "/pks/lookup?op=get&options=mr&search=0x" + OpenPgp.plain(id);
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    Map<String, OpenPgp> now = host.get(new AptKeysFact(want.keyring().orElse("")));
    if (want.state().equals("absent")) {
      return remove(want, now, host);
    }
    if (want.keyserver().isPresent() && want.id().isEmpty()) {
      throw new Refusal("keyserver needs the key's id");
    }
    if (want.data().isEmpty() && content(want).isEmpty()) {
      String id =
          want.id().orElseThrow(() -> new Refusal("one of data, file, keyserver, url is needed"));
      if (now.values().stream().noneMatch(keys -> keys.has(id))) {
        throw new Refusal("the key " + id + " is not there, and nothing says where it comes from");
      }
      return Verdict.satisfied(Result.ok().with("id", id));
    }
    byte[] bytes = bytes(want, host);
    OpenPgp keys = keys(bytes);
    if (want.id().isPresent() && !keys.has(want.id().get())) {
      throw new Refusal(
          "the key with the ID "
              + want.id().get()
              + " was not found in what was fetched; it has "
              + String.join(", ", keys.fingerprints()));
    }
    String first = keys.fingerprints().getFirst();
    Result result = described(keys);
    boolean there =
        now.entrySet().stream()
            .filter(
                entry -> want.keyring().isEmpty() || entry.getKey().equals(want.keyring().get()))
            .anyMatch(entry -> entry.getValue().has(first));
    if (there) {
      return Verdict.satisfied(result);
    }
    String path =
        want.keyring()
            .orElse(
                TrustedKey.DIRECTORY
                    + first.substring(first.length() - 16)
                    + (OpenPgp.armoured(bytes) ? ".asc" : ".gpg"));
    if (now.containsKey(path)) {
      throw new Refusal(path + " holds other keys already; name another keyring");
    }
    return Verdict.changes(
        List.of(TrustedKey.write(path, bytes)),
        List.of(
            new Diff.Properties(Map.of("keys", Value.text("")), Map.of("keys", Value.text(first)))),
        result.changed(true));
  }

  private static byte[] bytes(Args want, Facts host) {
    return want.data()
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .orElseGet(() -> host.get(content(want).orElseThrow()));
  }

  private static OpenPgp keys(byte[] bytes) {
    return OpenPgp.read(bytes)
        .orElseThrow(() -> new Refusal("what was given or fetched is no OpenPGP key"));
  }

  private static Result described(OpenPgp keys) {
    String first = keys.fingerprints().getFirst();
    return Result.ok()
        .with("fp", first)
        .with("id", first.substring(first.length() - 16))
        .with("key_id", first.substring(first.length() - 16))
        .with("short_id", first.substring(first.length() - 8));
  }

  private static Verdict remove(Args want, Map<String, OpenPgp> now, Facts host) {
    String id =
        want.id()
            .or(
                () ->
                    want.data().isPresent() || content(want).isPresent()
                        ? Optional.of(keys(bytes(want, host)).fingerprints().getFirst())
                        : Optional.empty())
            .orElseThrow(() -> new Refusal("an id is needed to remove a key"));
    List<String> files =
        now.entrySet().stream()
            .filter(entry -> entry.getValue().has(id))
            .map(Map.Entry::getKey)
            .toList();
    Result result = Result.ok().with("id", id);
    if (files.isEmpty()) {
      return Verdict.satisfied(result);
    }
    if (files.contains("/etc/apt/trusted.gpg")) {
      throw new Refusal("the key is in /etc/apt/trusted.gpg with others; take it out with gpg");
    }
    List<Step> steps =
        files.stream()
            .map(
                file ->
                    Step.change(
                        "remove " + file, Script.of("rm -f -- \"$1\"\n", file), Undo.restore(file)))
            .toList();
    return Verdict.changes(
        steps,
        List.of(
            new Diff.Properties(Map.of("keys", Value.text(id)), Map.of("keys", Value.text("")))),
        result.changed(true));
  }
}
