package dev.hearth.module.database;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.module.Arg;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code community.postgresql.postgresql_ping}: whether PostgreSQL answers. */
public final class PostgresqlPing implements Module<PostgresqlPing.Args> {

  /** The parameters. */
  public record Args(
      @Arg(
              doc = "The database.",
              aliases = {"db"})
          Optional<String> loginDb,
      @Inline PostgresLogin login) {}

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.postgresql.postgresql_ping", Args.class, "Says whether PostgreSQL answers.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    return List.of();
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    PostgresFact fact =
        new PostgresFact(
            want.login(),
            want.loginDb().orElse("postgres"),
            "version",
            "SELECT to_json(version())");
    try {
      String version = host.get(fact) instanceof Value.Textual text ? text.reveal() : "";
      return Verdict.satisfied(
          Result.ok()
              .with("is_available", true)
              .with("conn_err_msg", "")
              .with("server_version", parts(version)));
    } catch (UnreadableFact unreachable) {
      return Verdict.satisfied(
          Result.ok()
              .with("is_available", false)
              .with("conn_err_msg", PostgresFact.said(unreachable) + "\n")
              .with("server_version", Value.Dict.EMPTY));
    }
  }

  private static Value parts(String version) {
    Map<String, Value> parts = new LinkedHashMap<>();
    // PostgreSQL 17.11 (Debian 17.11-0+deb13u1) on x86_64-pc-linux-gnu, …
    String[] words = version.split(" ", 3);
    String full = words.length > 1 ? words[1] : version;
    String[] numbers = full.split("\\.");
    parts.put("full", Value.text(full));
    parts.put("raw", Value.text(version));
    if (numbers[0].matches("\\d+")) {
      parts.put("major", Value.number(Long.parseLong(numbers[0])));
    }
    if (numbers.length > 1 && numbers[1].matches("\\d+")) {
      parts.put("minor", Value.number(Long.parseLong(numbers[1])));
    }
    return Value.Dict.ofTexts(parts);
  }
}
