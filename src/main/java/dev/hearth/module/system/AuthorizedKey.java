package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.module.textfile.TextFile;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** SSH keys that may log in as a user. */
public final class AuthorizedKey implements Module<AuthorizedKey.Args> {

  private static final String DIRECTORY =
      """
      if ! [ -d "$1" ]; then mkdir -m 0700 "$1" || exit; fi
      chown "$2" "$1" && chmod 0700 "$1"
      """;

  /** The arguments of {@code authorized_key}. */
  public record Args(
      @Arg(doc = "The user who may be logged in as; it must exist.") String user,
      @Arg(
              doc =
                  "The public key or keys, one per line; or the address of such keys, http, https"
                      + " or a file: of the host.")
          String key,
      @Arg(
              doc = "Whether these keys are in the file.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "Another place for the file than the user's ~/.ssh/authorized_keys.")
          Optional<String> path,
      @Arg(doc = "Make the directory and set its owner and mode.", defaultsTo = "true")
          boolean manageDir,
      @Arg(doc = "Options in front of the keys, such as `no-port-forwarding`.")
          Optional<String> keyOptions,
      @Arg(doc = "Remove all other keys.", defaultsTo = "false") boolean exclusive,
      @Arg(doc = "Replaces the keys' comments.") Optional<String> comment,
      @Arg(doc = "Check certificates when the key is a URL.", defaultsTo = "true")
          boolean validateCerts,
      @Arg(
              doc =
                  "Write the file that a symbolic link leads to; without it the link is replaced.",
              defaultsTo = "false")
          boolean follow) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.posix.authorized_key",
        Args.class,
        "Adds and removes SSH keys that may log in as a user.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(fact(want));
  }

  private static AuthorizedKeysFact fact(Args want) {
    return new AuthorizedKeysFact(want.user(), want.path().orElse(""), want.follow());
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    List<AuthorizedKeyLine> wanted =
        wanted(
            want,
            fetched(want)
                ? host.get(new PublishedKeys(want.key(), want.validateCerts()))
                : want.key());
    AuthorizedKeysFact.Keys keys = host.get(fact(want));
    Result result = result(want, keys.named());
    Optional<String> edited = edit(want, wanted, keys.content());
    if (edited.isEmpty()) {
      return Verdict.satisfied(result);
    }
    String text = edited.get();
    TextFile file = new TextFile(keys.path(), true, "0600", keys.owner(), keys.content());
    List<Step> steps = new ArrayList<>();
    if (want.manageDir()) {
      String directory = keys.named().substring(0, Math.max(keys.named().lastIndexOf('/'), 1));
      steps.add(
          Step.change(
              "make " + directory + " the user's own",
              Script.of(DIRECTORY, directory, keys.owner()),
              Undo.restore(directory)));
    }
    steps.add(file.writeOver(Value.text(text), "0600", keys.owner()));
    return Verdict.changes(
        steps,
        List.of(
            new Diff.Texts(keys.path(), Value.text(keys.content()), keys.path(), Value.text(text))),
        result.changed(true));
  }

  private static boolean fetched(Args want) {
    return want.key().startsWith("http") || want.key().startsWith("file:");
  }

  private static List<AuthorizedKeyLine> wanted(Args want, String keys) {
    List<AuthorizedKeyLine> wanted = new ArrayList<>();
    for (String line : keys.split("\n", -1)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      AuthorizedKeyLine parsed =
          AuthorizedKeyLine.parse(line)
              .orElseThrow(() -> new Refusal("invalid key specified: " + line));
      if (want.keyOptions().isPresent()) {
        parsed = parsed.with(AuthorizedKeyLine.options(want.keyOptions().get()));
      }
      wanted.add(want.comment().isPresent() ? parsed.comment(want.comment().get()) : parsed);
    }
    return wanted;
  }

  /** The new content, or nothing when nothing changes. */
  private static Optional<String> edit(Args want, List<AuthorizedKeyLine> wanted, String content) {
    Map<String, String> lines = new LinkedHashMap<>();
    Map<String, AuthorizedKeyLine> existing = new LinkedHashMap<>();
    int number = 0;
    for (String line : content.lines().toList()) {
      Optional<AuthorizedKeyLine> parsed = AuthorizedKeyLine.parse(line);
      String id = parsed.map(AuthorizedKeyLine::key).orElse("line " + number);
      number++;
      lines.put(id, parsed.map(AuthorizedKeyLine::render).orElse(line) + "\n");
      parsed.ifPresent(key -> existing.put(key.key(), key));
    }
    boolean changed = false;
    Set<String> keep = new LinkedHashSet<>();
    for (AuthorizedKeyLine key : wanted) {
      keep.add(key.key());
      if (want.state().equals("absent")) {
        changed |= lines.remove(key.key()) != null;
      } else if (!key.equals(existing.get(key.key()))) {
        lines.remove(key.key());
        lines.put(key.key(), key.render() + "\n");
        changed = true;
      }
    }
    if (want.exclusive() && want.state().equals("present")) {
      changed |= lines.keySet().retainAll(keep);
    }
    return changed ? Optional.of(String.join("", lines.values())) : Optional.empty();
  }

  private static Result result(Args want, String path) {
    Value none = Value.NULL;
    return Result.ok()
        .with("user", want.user())
        .with("key", want.key())
        .with("state", want.state())
        .with("path", want.path().<Value>map(Value::text).orElse(none))
        .with("keyfile", path)
        .with("manage_dir", want.manageDir())
        .with("exclusive", want.exclusive())
        .with("key_options", want.keyOptions().<Value>map(Value::text).orElse(none))
        .with("comment", want.comment().<Value>map(Value::text).orElse(none))
        .with("validate_certs", want.validateCerts())
        .with("follow", want.follow());
  }
}
