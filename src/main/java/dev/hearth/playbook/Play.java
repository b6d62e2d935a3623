package dev.hearth.playbook;

import dev.hearth.diag.Location;
import dev.hearth.value.Located;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One play.
 *
 * @param at where it starts
 * @param file the playbook file it is written in
 * @param name its name as written
 * @param hosts the pattern: a text, a template or a list of them
 * @param attributes what its entries inherit (already applied to them); the conditions are those of
 *     the {@code import_playbook} entries around it and do not concern the gathering of facts
 * @param settings the play's own keywords that nothing inherits, such as {@code serial}
 * @param vars its {@code vars} and, winning over them, those of the {@code import_playbook} entries
 *     around it
 * @param varsFiles its {@code vars_files}; an entry that is a list means the first that exists
 * @param varsPrompt what it asks for
 * @param known what its variables and files of variables say before the run
 * @param preTasks its {@code pre_tasks}
 * @param roles every role that is known before the run, dependencies before those who need them
 * @param roleEntries the tasks of {@code roles}, one block for each role, in execution order
 * @param tasks its {@code tasks}
 * @param postTasks its {@code post_tasks}
 * @param handlers the handlers of the roles in their order, then the play's own
 */
public record Play(
    Location at,
    Path file,
    Optional<Located> name,
    Located hosts,
    Attributes attributes,
    Map<Keyword, Located> settings,
    Map<String, Located> vars,
    List<Located> varsFiles,
    List<VarsPrompt> varsPrompt,
    PlayVariables known,
    List<Entry> preTasks,
    List<RoleInstance> roles,
    List<Entry> roleEntries,
    List<Entry> tasks,
    List<Entry> postTasks,
    List<Handler> handlers) {

  /** Keeps its own copies. */
  public Play {
    Map<Keyword, Located> own = new EnumMap<>(Keyword.class);
    own.putAll(settings);
    settings = Collections.unmodifiableMap(own);
    vars = Collections.unmodifiableMap(new LinkedHashMap<>(vars));
    varsFiles = List.copyOf(varsFiles);
    varsPrompt = List.copyOf(varsPrompt);
    preTasks = List.copyOf(preTasks);
    roles = List.copyOf(roles);
    roleEntries = List.copyOf(roleEntries);
    tasks = List.copyOf(tasks);
    postTasks = List.copyOf(postTasks);
    handlers = List.copyOf(handlers);
  }

  /** {@code gather_facts}. */
  public Optional<Located> gatherFacts() {
    return setting(Keyword.GATHER_FACTS);
  }

  /** {@code gather_subset}. */
  public Optional<Located> gatherSubset() {
    return setting(Keyword.GATHER_SUBSET);
  }

  /** {@code gather_timeout}. */
  public Optional<Located> gatherTimeout() {
    return setting(Keyword.GATHER_TIMEOUT);
  }

  /** {@code fact_path}. */
  public Optional<Located> factPath() {
    return setting(Keyword.FACT_PATH);
  }

  /** {@code serial}: a number, a percentage or a list of them. */
  public Optional<Located> serial() {
    return setting(Keyword.SERIAL);
  }

  /** {@code max_fail_percentage}. */
  public Optional<Located> maxFailPercentage() {
    return setting(Keyword.MAX_FAIL_PERCENTAGE);
  }

  /** {@code strategy}: {@code linear} or {@code free}. */
  public Optional<Located> strategy() {
    return setting(Keyword.STRATEGY);
  }

  /** {@code order}. */
  public Optional<Located> order() {
    return setting(Keyword.ORDER);
  }

  /** {@code force_handlers}. */
  public Optional<Located> forceHandlers() {
    return setting(Keyword.FORCE_HANDLERS);
  }

  private Optional<Located> setting(Keyword keyword) {
    return Optional.ofNullable(settings.get(keyword));
  }
}
