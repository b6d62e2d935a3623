package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code community.general.xattr}: extended attributes of a file. */
public final class Xattr implements Module<Xattr.Args> {

  private static final String SET = "exec setfattr $1 -n \"$2\" -v \"$3\" -- \"$4\"\n";
  private static final String REMOVE = "exec setfattr $1 -x \"$2\" -- \"$3\"\n";

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "The file.",
              aliases = {"name"})
          String path,
      @Arg(doc = "The attribute's name without its space.") Optional<String> key,
      @Arg(doc = "Its value; one that is given is set in any state but `absent`.")
          Optional<String> value,
      @Arg(doc = "The space of names.", defaultsTo = "user") String namespace,
      @Arg(
              doc = "Whether it is there; `read`, `all` and `keys` look, unless there is a value.",
              choices = {"absent", "all", "keys", "present", "read"},
              defaultsTo = "read")
          String state,
      @Arg(doc = "Follow a link.", defaultsTo = "true") boolean follow) {}

  /**
   * The attributes of a file.
   *
   * @param path the file
   * @param follow whether a link is followed
   */
  record All(String path, boolean follow) implements Fact<Map<String, String>> {

    private static final String PROBE =
        """
        # busybox has a getfattr that cannot list what is there.
        if ! getfattr --version >/dev/null 2>&1; then
          echo "getfattr is not on this host; install the package attr" >&2
          exit 127
        fi
        exec getfattr $2 -d -m - -e text --absolute-names -- "$1"
        """;

    @Override
    public String key() {
      return "xattr " + path;
    }

    @Override
    public Script probe() {
      return Script.of(PROBE, path, follow ? "" : "-h");
    }

    @Override
    public Map<String, String> parse(Outcome.Exited answer) {
      if (!answer.ok()) {
        throw new UnreadableFact(answer.err().strip());
      }
      Map<String, String> all = new LinkedHashMap<>();
      for (String line : answer.out().lines().toList()) {
        int equals = line.indexOf('=');
        if (equals > 0 && !line.startsWith("#")) {
          String value = line.substring(equals + 1);
          all.put(
              line.substring(0, equals),
              value.length() > 1
                  ? value
                      .substring(1, value.length() - 1)
                      .replace("\\\"", "\"")
                      .replace("\\\\", "\\")
                  : value);
        }
      }
      return all;
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.xattr", Args.class, "Reads, sets and removes attributes of a file.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(new All(want.path(), want.follow()));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    Map<String, String> now = host.get(new All(want.path(), want.follow()));
    boolean sets = want.state().equals("present") || want.value().isPresent();
    boolean removes = want.state().equals("absent");
    if (sets && removes) {
      throw new Refusal("an attribute that shall be absent has no value; leave out value or state");
    }
    if ((sets || removes) && want.key().isEmpty()) {
      throw new Refusal("state is " + want.state() + " but all of the following are missing: key");
    }
    String name = want.key().map(key -> full(key, want.namespace())).orElse("");
    Map<String, String> then = new LinkedHashMap<>(now);
    if (sets) {
      then.put(
          name,
          want.value()
              .orElseThrow(
                  () ->
                      new Refusal("state is present but all of the following are missing: value")));
    } else if (removes) {
      then.remove(name);
    } else {
      boolean one = want.state().equals("read") && !name.isEmpty();
      then.keySet().removeIf(each -> one ? !each.equals(name) : !each.startsWith("user."));
      if (want.state().equals("keys")) {
        then.replaceAll((each, value) -> "");
      }
      return Verdict.satisfied(result("returning", then));
    }
    if (then.equals(now)) {
      return Verdict.satisfied(result(name + " is " + (sets ? "present" : "absent"), now));
    }
    String link = want.follow() ? "" : "-h";
    Script back =
        now.containsKey(name)
            ? Script.of(SET, link, name, now.get(name), want.path())
            : Script.of(REMOVE, link, name, want.path());
    Script script =
        then.containsKey(name)
            ? Script.of(SET, link, name, then.get(name), want.path())
            : Script.of(REMOVE, link, name, want.path());
    return Verdict.changes(
        List.of(
            Step.change(
                "change the attribute " + name + " of " + want.path(),
                script,
                new Undo.Run("put back the attribute " + name, back))),
        List.of(new Diff.Properties(values(now), values(then))),
        result(name + " is " + (sets ? "present" : "absent"), then).changed(true));
  }

  /** The name with its space, which only {@code user} may already have in front. */
  private static String full(String key, String namespace) {
    boolean whole = namespace.isEmpty() || namespace.equals("user") && key.startsWith("user.");
    return whole ? key : namespace + "." + key;
  }

  private static Result result(String message, Map<String, String> attributes) {
    return Result.ok().with("msg", message).with("xattr", Value.Dict.ofTexts(values(attributes)));
  }

  private static Map<String, Value> values(Map<String, String> texts) {
    Map<String, Value> values = new LinkedHashMap<>();
    texts.forEach((name, text) -> values.put(name, Value.text(text)));
    return values;
  }
}
