package dev.hearth.module.database;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.HostPath;
import dev.hearth.fact.PathFact;
import dev.hearth.module.Arg;
import dev.hearth.module.CommandLine;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Payload;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code community.mysql.mysql_db}: databases of MySQL and MariaDB. */
public final class MysqlDb implements Module<MysqlDb.Args> {

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "The databases; `all` for all of them when they are dumped or imported.",
              aliases = {"db"})
          List<String> name,
      @Arg(
              doc = "Whether they are there; `dump` writes them to target, `import` reads them.",
              choices = {"absent", "dump", "import", "present"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "The character set of new ones, and of dumps.") Optional<String> encoding,
      @Arg(doc = "How texts are ordered in new ones.") Optional<String> collation,
      @Arg(doc = "The file on the host, compressed as its ending says.") Optional<String> target,
      @Arg(doc = "Dump in one transaction.", defaultsTo = "false") boolean singleTransaction,
      @Arg(doc = "Dump row by row.", defaultsTo = "true") boolean quick,
      @Arg(doc = "Tables that are not dumped, `db.table`.") List<String> ignoreTables,
      @Arg(doc = "Dump binary columns as hex.", defaultsTo = "false") boolean hexBlob,
      @Arg(doc = "Go on after errors.", defaultsTo = "false") boolean force,
      @Arg(
              doc = "Note where the source's log stands in the dump.",
              choices = {"0", "1", "2"},
              defaultsTo = "0")
          String masterData,
      @Arg(doc = "Do not lock tables for a dump.", defaultsTo = "false") boolean skipLockTables,
      @Arg(doc = "Further options of the dump.") Optional<String> dumpExtraArgs,
      @Arg(doc = "Means nothing; a shell is used in any case.", defaultsTo = "false")
          boolean useShell,
      @Arg(doc = "Means nothing; the password is in no command.", defaultsTo = "false")
          boolean unsafeLoginPassword,
      @Arg(doc = "Read no other configuration file; always so.", defaultsTo = "false")
          boolean restrictConfigFile,
      @Arg(doc = "Try root without a password first.", defaultsTo = "false")
          boolean checkImplicitAdmin,
      @Arg(
              doc =
                  "The server of the configuration file wins over login_host and login_port; for"
                      + " present and absent.",
              defaultsTo = "false")
          boolean configOverridesDefaults,
      @Arg(doc = "The directory to work in.") Optional<String> chdir,
      @Arg(doc = "Fail when the dump does; always so.", defaultsTo = "false") boolean pipefail,
      @Arg(doc = "Write changes to the server's log.", defaultsTo = "true") boolean sqlLogBin,
      @Inline MysqlLogin login) {

    private MysqlAccess access() {
      return new MysqlAccess(login, checkImplicitAdmin, configOverridesDefaults && !files());
    }

    private boolean all() {
      return name.equals(List.of("all"));
    }

    private boolean files() {
      return state.equals("dump") || state.equals("import");
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.mysql.mysql_db",
        Args.class,
        "Makes, removes, dumps and imports databases of MySQL and MariaDB.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of(fact(want));
  }

  private static MysqlRows fact(Args want) {
    return new MysqlRows(
        want.access(), "databases", "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA");
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    refuse(want);
    Result result =
        Result.ok()
            .with("db", String.join(" ", want.name()))
            .with("db_list", new Value.Seq(want.name().stream().<Value>map(Value::text).toList()));
    Set<String> there =
        host.get(fact(want)).stream().map(List::getFirst).collect(Collectors.toSet());
    return switch (want.state()) {
      case "present" -> present(want, there, result);
      case "absent" -> absent(want, there, result);
      case "dump" -> dump(want, there, host, result);
      default -> read(want, there, result);
    };
  }

  private static void refuse(Args want) {
    if (want.name().isEmpty()) {
      throw new Refusal("name names no database");
    }
    if (want.files() && want.target().isEmpty()) {
      throw new Refusal("with state=" + want.state() + " target is required");
    }
    if (!want.files() && want.all()) {
      throw new Refusal("all databases can only be dumped or imported; name those that are meant");
    }
    if (want.state().equals("import") && want.name().size() > 1) {
      throw new Refusal("a file is imported into one database; write a task for each");
    }
  }

  private static Value.Textual logged(Args want, String statement) {
    return Value.text((want.sqlLogBin() ? "" : "SET SQL_LOG_BIN=0;\n") + statement + ";");
  }

  private static String creating(Args want, String name) {
    return "CREATE DATABASE "
        + MysqlLogin.name(name)
        + want.encoding()
            .filter(it -> !it.isEmpty())
            .map(it -> " CHARACTER SET " + MysqlLogin.text(it))
            .orElse("")
        + want.collation()
            .filter(it -> !it.isEmpty())
            .map(it -> " COLLATE " + MysqlLogin.text(it))
            .orElse("");
  }

  private static Step create(Args want, String name) {
    return Step.change(
        "make the database " + name,
        want.access().statements(logged(want, creating(want, name))),
        new Undo.Run(
            "remove the database " + name,
            want.access().statements(logged(want, "DROP DATABASE " + MysqlLogin.name(name)))));
  }

  private static Verdict present(Args want, Set<String> there, Result result) {
    List<String> missing = want.name().stream().filter(name -> !there.contains(name)).toList();
    return missing.isEmpty()
        ? Verdict.satisfied(result.with("executed_commands", Value.Seq.of()))
        : changes(
            missing.stream().map(name -> create(want, name)).toList(),
            Map.of(),
            Map.of("db", Value.text(String.join(" ", missing))),
            result.with("executed_commands", texts(missing, name -> creating(want, name))));
  }

  private static Value texts(
      List<String> names, java.util.function.Function<String, String> statement) {
    return new Value.Seq(
        names.stream().<Value>map(name -> Value.text(statement.apply(name))).toList());
  }

  private static Verdict absent(Args want, Set<String> there, Result result) {
    List<String> present = want.name().stream().filter(there::contains).toList();
    if (present.isEmpty()) {
      return Verdict.satisfied(result.with("executed_commands", Value.Seq.of()));
    }
    List<Step> steps =
        present.stream()
            .map(
                name ->
                    Step.change(
                        "remove the database " + name,
                        want.access()
                            .statements(logged(want, "DROP DATABASE " + MysqlLogin.name(name))),
                        new Undo.Impossible("what was in the database is gone")))
            .toList();
    return changes(
        steps,
        Map.of("db", Value.text(String.join(" ", present))),
        Map.of(),
        result.with(
            "executed_commands", texts(present, name -> "DROP DATABASE " + MysqlLogin.name(name))));
  }

  private static Verdict dump(Args want, Set<String> there, Facts host, Result result) {
    if (!want.all() && !there.containsAll(want.name())) {
      List<String> missing = new ArrayList<>(want.name());
      missing.removeAll(there);
      throw new Refusal("Cannot dump database(s) " + missing + " - not found");
    }
    String target = new HostPath(want.target().orElseThrow()).on(host);
    if (host.get(new PathFact(target)).followed().directory()) {
      throw new Refusal(target + " is a directory; name a file");
    }
    List<String> words = new ArrayList<>(List.of(target, want.chdir().orElse("")));
    flag(words, want.force(), "--force");
    if (want.all()) {
      words.add("--all-databases");
    } else if (want.name().size() > 1) {
      words.add("--databases");
      words.addAll(want.name());
    } else {
      words.addAll(want.name());
    }
    flag(words, want.skipLockTables(), "--skip-lock-tables");
    encoding(words, want);
    flag(words, want.singleTransaction(), "--single-transaction");
    flag(words, want.quick(), "--quick");
    want.ignoreTables().forEach(table -> words.add("--ignore-table=" + table));
    flag(words, want.hexBlob(), "--hex-blob");
    flag(words, !want.masterData().equals("0"), "--master-data=" + want.masterData());
    words.addAll(CommandLine.split(want.dumpExtraArgs().orElse("")));
    return changes(
        List.of(
            Step.change(
                "dump to " + target,
                want.access().script(MysqlFiles.DUMP, Payload.none(), words),
                Undo.restore(target))),
        Map.of(),
        Map.of("target", Value.text(target)),
        result);
  }

  private static void flag(List<String> words, boolean on, String option) {
    if (on) {
      words.add(option);
    }
  }

  private static void encoding(List<String> words, Args want) {
    want.encoding()
        .filter(it -> !it.isEmpty())
        .ifPresent(it -> words.add("--default-character-set=" + it));
  }

  private static Verdict read(Args want, Set<String> there, Result result) {
    List<Step> steps = new ArrayList<>();
    if (!want.all() && !there.containsAll(want.name())) {
      steps.add(create(want, want.name().getFirst()));
    }
    List<String> words =
        new ArrayList<>(List.of(want.target().orElseThrow(), want.chdir().orElse("")));
    flag(words, want.force(), "-f");
    encoding(words, want);
    if (!want.all()) {
      words.add("--one-database");
      words.addAll(want.name());
    }
    steps.add(
        Step.change(
            "import " + want.target().get(),
            want.access().script(MysqlFiles.IMPORT, Payload.none(), words),
            new Undo.Impossible("what was in the database before is not kept")));
    return changes(steps, Map.of(), Map.of("imported", Value.text(want.target().get())), result);
  }

  private static Verdict changes(
      List<Step> steps, Map<String, Value> before, Map<String, Value> after, Result result) {
    return Verdict.changes(
        steps, List.of(new Diff.Properties(before, after)), result.changed(true));
  }
}
