package dev.hearth.rebuild;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import dev.hearth.value.JsonReader;
import dev.hearth.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Looks into a repository without changing it: no locks, no cache. The password comes in over
 * standard input; neither it nor the address, which may have one in it, is ever an argument.
 */
public final class Restic {

  private static final Duration LIMIT = Duration.ofMinutes(30);

  private static final String OPEN =
      """
      RESTIC_PASSWORD=$(cat)
      export RESTIC_PASSWORD
      # An address may have a password in it, and arguments can be read by everybody on the host.
      RESTIC_REPOSITORY=$1
      export RESTIC_REPOSITORY
      shift
      look() { restic --no-lock --no-cache "$@" </dev/null; }
      """;

  private static final String ASK = OPEN + "look \"$@\"\n";

  private static final String DUMP =
      OPEN
          + """
          { look dump "$1" "$2" || printf '\\nhearth: restic ended with %s\\n' "$?"; } | awk "$3"
          """;

  private final String where;
  private final Value.Textual password;
  private final Map<String, Word> environment;
  private final Function<Script, Outcome> host;

  /**
   * A repository.
   *
   * @param where its path on the host, or its URL
   * @param environment what restic needs besides
   * @param host runs a script where the repository is
   */
  public Restic(
      String where,
      Value.Textual password,
      Map<String, Word> environment,
      Function<Script, Outcome> host) {
    this.where = where;
    this.password = password;
    this.environment = Map.copyOf(environment);
    this.host = host;
  }

  /**
   * Opens it.
   *
   * @throws dev.hearth.diag.HearthException when there is none, or the password is another one
   */
  public void open() {
    Outcome outcome = run(ASK, "cat", "config");
    if (!(outcome instanceof Outcome.Exited end)) {
      throw Diagnostic.error(ExitCode.FAILED, "the repository " + place() + " does not answer")
          .next("look at its host")
          .failure();
    }
    switch (end.code()) {
      case 0 -> {}
      case 10 ->
          throw Diagnostic.error(ExitCode.NOT_FOUND, "there is no repository at " + place())
              .because("restic found no config file there")
              .next("correct 'repository' in backup.yml, or restore the repository itself first")
              .failure();
      case 12 ->
          throw Diagnostic.error(
                  ExitCode.FAILED, "the password does not open the repository " + place())
              .because("restic says that it is wrong, or that no key fits")
              .next("take the password that the backups were made with")
              .failure();
      case 127 ->
          throw Diagnostic.error(ExitCode.FAILED, "there is no restic where the repository is")
              .next("install it there: the role restic does")
              .failure();
      default -> throw failed("cat config", end);
    }
  }

  /** Where it is, for people: of an address with a password in it the password is left out. */
  private String place() {
    return where.replaceFirst("//([^/@]*?):[^/]*@", "//$1:***@");
  }

  /** All snapshots. */
  public List<Snapshot> snapshots() {
    String json = asked("snapshots", "--json");
    try {
      return Snapshot.all(json);
    } catch (IllegalArgumentException other) {
      throw Diagnostic.error(ExitCode.FAILED, "restic's list of snapshots cannot be read")
          .because(String.valueOf(other.getMessage()))
          .next("Hearth knows the form of restic 0.17 and 0.18")
          .failure();
    }
  }

  /** How many bytes a snapshot has when it is restored. */
  public long size(String id) {
    return number(asked("stats", "--json", "--mode", "restore-size", id), "total_size");
  }

  /** The size of a file in a snapshot; 0 when it is not there. */
  public long size(String id, String path) {
    return asked("ls", "--json", id, path)
        .lines()
        .filter(line -> line.contains("\"path\":\"" + path + "\""))
        .mapToLong(line -> number(line, "size"))
        .sum();
  }

  /** Reads a dump through. */
  public Dump dump(String id, String path) {
    Outcome outcome = run(DUMP, id, path, Dump.AWK);
    if (outcome instanceof Outcome.Exited end && end.ok()) {
      return Dump.read(end.out());
    }
    throw failed("dump", outcome);
  }

  private String asked(String... arguments) {
    Outcome outcome = run(ASK, arguments);
    if (outcome instanceof Outcome.Exited end && end.ok()) {
      return end.out();
    }
    throw failed(arguments[0], outcome);
  }

  private Outcome run(String body, String... arguments) {
    String[] words = new String[arguments.length + 1];
    words[0] = where;
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    return host.apply(
        Script.of(body, words).reading(Payload.of(password)).in(environment).within(LIMIT));
  }

  private static RuntimeException failed(String what, Outcome outcome) {
    String said =
        outcome instanceof Outcome.Exited end
            ? "exit status " + end.code() + ": " + end.err().strip()
            : "the connection broke or it took too long";
    return Diagnostic.error(ExitCode.FAILED, "'restic " + what + "' failed")
        .because(said)
        .next("look at the repository: hearth backup verify")
        .failure();
  }

  private static long number(String json, String key) {
    return JsonReader.read(json.strip()) instanceof Value.Dict object
            && object.entries().get(Value.text(key)) instanceof Value.Int number
        ? number.value().longValue()
        : 0;
  }
}
