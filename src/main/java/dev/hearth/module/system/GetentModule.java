package dev.hearth.module.system;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.module.Arg;
import dev.hearth.module.Module;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code ansible.builtin.getent}: entries of the host's databases as facts. */
public final class GetentModule implements Module<GetentModule.Args> {

  private static final Set<String> COLONS = Set.of("group", "gshadow", "passwd", "shadow");

  /** The parameters. */
  public record Args(
      @Arg(doc = "The database, such as `passwd`.") String database,
      @Arg(doc = "The entry; all of them when it is not given.") Optional<String> key,
      @Arg(doc = "Where the database is looked up, such as `files`.") Optional<String> service,
      @Arg(doc = "What stands between the fields; usually known from the database.")
          Optional<String> split,
      @Arg(doc = "Fail when there is no such entry.", defaultsTo = "true") boolean failKey) {}

  /**
   * What getent prints; its exit status tells what is wrong. Hosts without it have their databases
   * in files.
   */
  record Entries(String database, String key, String service) implements Fact<Outcome.Exited> {

    private static final String PROBE =
        """
        if command -v getent >/dev/null 2>&1; then
          exec getent ${3:+-s "$3"} "$1" ${2:+"$2"}
        fi
        case $1 in passwd | group | shadow | gshadow) ;; *) exit 1 ;; esac
        [ -e "/etc/$1" ] || exit 1
        if [ -z "$2" ]; then exec cat "/etc/$1"; fi
        found=2
        while IFS= read -r line; do
          case $line in "$2":*) printf '%s\\n' "$line"; found=0 ;; esac
        done <"/etc/$1" || exit 1
        exit "$found"
        """;

    @Override
    public String key() {
      return "getent " + database + (key.isEmpty() ? "" : " " + key);
    }

    @Override
    public Script probe() {
      return Script.of(PROBE, database, key, service);
    }

    @Override
    public Outcome.Exited parse(Outcome.Exited answer) {
      if (answer.code() > 3) {
        throw new UnreadableFact("cannot read " + database + ": " + answer.err().strip());
      }
      return answer;
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "ansible.builtin.getent",
        Args.class,
        "Reads users, groups, hosts and other databases into facts.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(fact(want));
  }

  private static Entries fact(Args want) {
    return new Entries(want.database(), want.key().orElse(""), want.service().orElse(""));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    Outcome.Exited answer = host.get(fact(want));
    return switch (answer.code()) {
      case 0 -> found(want, entries(want, answer.out()), "");
      case 2 -> {
        String message = "One or more supplied key could not be found in the database.";
        if (want.failKey()) {
          yield Verdict.rejected(message);
        }
        Map<String, Value> none = new LinkedHashMap<>();
        none.put(want.key().orElse(""), Value.NULL);
        yield found(want, none, message);
      }
      case 3 -> Verdict.rejected("Enumeration not supported on this database.");
      default -> Verdict.rejected("Missing arguments, or database unknown.");
    };
  }

  private static Verdict found(Args want, Map<String, Value> entries, String message) {
    Result result =
        Result.ok()
            .with(
                "ansible_facts",
                Value.Dict.ofTexts(
                    Map.of("getent_" + want.database(), Value.Dict.ofTexts(entries))));
    return Verdict.satisfied(message.isEmpty() ? result : result.with("msg", message));
  }

  private static Map<String, Value> entries(Args want, String out) {
    Map<String, List<Value>> byKey = new LinkedHashMap<>();
    for (String line : out.lines().toList()) {
      List<Value> fields = new ArrayList<>();
      for (String field : fields(want, line)) {
        fields.add(Value.text(field));
      }
      if (!fields.isEmpty() && fields.getFirst() instanceof Value.Text name) {
        byKey
            .computeIfAbsent(name.value(), key -> new ArrayList<>())
            .add(new Value.Seq(fields.subList(1, fields.size())));
      }
    }
    Map<String, Value> entries = new LinkedHashMap<>();
    byKey.forEach(
        (key, all) -> entries.put(key, all.size() == 1 ? all.getFirst() : new Value.Seq(all)));
    return entries;
  }

  private static List<String> fields(Args want, String line) {
    Optional<String> between =
        want.split()
            .or(() -> COLONS.contains(want.database()) ? Optional.of(":") : Optional.empty());
    if (between.isPresent()) {
      return List.of(line.split(java.util.regex.Pattern.quote(between.get()), -1));
    }
    return line.isBlank() ? List.of() : List.of(line.strip().split("\\s+"));
  }
}
