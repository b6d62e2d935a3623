package dev.hearth.playbook;

import static dev.hearth.playbook.Keyword.Place.BLOCK;
import static dev.hearth.playbook.Keyword.Place.HANDLER;
import static dev.hearth.playbook.Keyword.Place.IMPORT_PLAYBOOK;
import static dev.hearth.playbook.Keyword.Place.PLAY;
import static dev.hearth.playbook.Keyword.Place.ROLE;
import static dev.hearth.playbook.Keyword.Place.TASK;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every keyword of ansible-core 2.19's playbook language: where it may stand, and whether the
 * nearest one wins for the entries below. This is the only such table.
 */
public enum Keyword {
  ACTION(TASK, HANDLER),
  ALWAYS(BLOCK),
  ANY_ERRORS_FATAL(true, PLAY, ROLE, BLOCK, TASK, HANDLER),
  ARGS(TASK, HANDLER),
  ASYNC(TASK, HANDLER),
  BECOME(true, PLAY, ROLE, BLOCK, TASK, HANDLER),
  BECOME_EXE(true, PLAY, ROLE, BLOCK, TASK, HANDLER),
  BECOME_FLAGS(true, PLAY, ROLE, BLOCK, TASK, HANDLER),
  BECOME_METHOD(true, PLAY, ROLE, BLOCK, TASK, HANDLER),
  BECOME_USER(true, PLAY, ROLE, BLOCK, TASK, HANDLER),
  BLOCK_ENTRIES("block", BLOCK),
  CHANGED_WHEN(TASK, HANDLER),
  CHECK_MODE(true, PLAY, ROLE, BLOCK, TASK, HANDLER),
  COLLECTIONS(PLAY, ROLE, BLOCK, TASK, HANDLER),
  CONNECTION(true, PLAY, ROLE, BLOCK, TASK, HANDLER),
  DEBUGGER(true, PLAY, ROLE, BLOCK, TASK, HANDLER),
  DELAY(TASK, HANDLER),
  DELEGATE_FACTS(true, ROLE, BLOCK, TASK, HANDLER),
  DELEGATE_TO(true, ROLE, BLOCK, TASK, HANDLER),
  DIFF(true, PLAY, ROLE, BLOCK, TASK, HANDLER),
  ENVIRONMENT(PLAY, ROLE, BLOCK, TASK, HANDLER),
  FACT_PATH(PLAY),
  FAILED_WHEN(TASK, HANDLER),
  FORCE_HANDLERS(PLAY),
  GATHER_FACTS(PLAY),
  GATHER_SUBSET(PLAY),
  GATHER_TIMEOUT(PLAY),
  HANDLERS(PLAY),
  HOSTS(PLAY),
  IGNORE_ERRORS(true, PLAY, ROLE, BLOCK, TASK, HANDLER),
  IGNORE_UNREACHABLE(true, PLAY, ROLE, BLOCK, TASK, HANDLER),
  LISTEN(HANDLER),
  LOCAL_ACTION(TASK, HANDLER),
  LOOP(TASK, HANDLER),
  LOOP_CONTROL(TASK, HANDLER),
  MAX_FAIL_PERCENTAGE(PLAY),
  MODULE_DEFAULTS(PLAY, ROLE, BLOCK, TASK, HANDLER),
  NAME(PLAY, ROLE, BLOCK, TASK, HANDLER, IMPORT_PLAYBOOK),
  NO_LOG(true, PLAY, ROLE, BLOCK, TASK, HANDLER),
  NOTIFY(BLOCK, TASK, HANDLER),
  ORDER(PLAY),
  POLL(TASK, HANDLER),
  PORT(true, PLAY, ROLE, BLOCK, TASK, HANDLER),
  POST_TASKS(PLAY),
  PRE_TASKS(PLAY),
  REGISTER(TASK, HANDLER),
  REMOTE_USER(true, PLAY, ROLE, BLOCK, TASK, HANDLER),
  RESCUE(BLOCK),
  RETRIES(TASK, HANDLER),
  ROLES(PLAY),
  RUN_ONCE(true, PLAY, ROLE, BLOCK, TASK, HANDLER),
  SERIAL(PLAY),
  STRATEGY(PLAY),
  TAGS(PLAY, ROLE, BLOCK, TASK, HANDLER, IMPORT_PLAYBOOK),
  TASKS(PLAY),
  THROTTLE(true, PLAY, ROLE, BLOCK, TASK, HANDLER),
  TIMEOUT(true, PLAY, ROLE, BLOCK, TASK, HANDLER),
  UNTIL(TASK, HANDLER),
  VARS(PLAY, ROLE, BLOCK, TASK, HANDLER, IMPORT_PLAYBOOK),
  VARS_FILES(PLAY),
  VARS_PROMPT(PLAY),
  WHEN(ROLE, BLOCK, TASK, HANDLER, IMPORT_PLAYBOOK);

  /** Where a keyword may stand. */
  public enum Place {
    /** An entry of a playbook with {@code hosts}. */
    PLAY("a play"),
    /** An entry of a playbook with {@code import_playbook}. */
    IMPORT_PLAYBOOK("an import_playbook entry"),
    /** An entry of {@code roles} or of a role's dependencies. */
    ROLE("a role entry"),
    /** An entry of a task list with {@code block}. */
    BLOCK("a block"),
    /** An entry of a task list. */
    TASK("a task"),
    /** An entry of {@code handlers}. */
    HANDLER("a handler");

    private final String words;

    Place(String words) {
      this.words = words;
    }

    /** How a sentence names it, with its article. */
    public String words() {
      return words;
    }
  }

  private static final Map<String, Keyword> BY_WORD =
      Arrays.stream(values()).collect(Collectors.toMap(Keyword::word, keyword -> keyword));

  private final String word;
  private final boolean inherited;

  @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable copy
  private final Set<Place> places;

  Keyword(Place... places) {
    this.word = name().toLowerCase(Locale.ROOT);
    this.inherited = false;
    this.places = Set.of(places);
  }

  Keyword(boolean inherited, Place... places) {
    this.word = name().toLowerCase(Locale.ROOT);
    this.inherited = inherited;
    this.places = Set.of(places);
  }

  Keyword(String word, Place... places) {
    this.word = word;
    this.inherited = false;
    this.places = Set.of(places);
  }

  /** The keyword as it is written. */
  public String word() {
    return word;
  }

  /** Whether it may be written there. */
  public boolean allowedIn(Place place) {
    return places.contains(place);
  }

  /** The places in which it may be written. */
  public Set<Place> places() {
    return places;
  }

  /**
   * Whether the value written nearest holds for everything below it. Keywords that add up ({@code
   * when}, {@code tags}, {@code environment}, {@code vars}, {@code module_defaults}) have their own
   * components in {@link Attributes}.
   */
  public boolean inherited() {
    return inherited;
  }

  /** Whether every kind of entry may have it, from plays down to tasks. */
  boolean isOfEveryEntry() {
    return allowedIn(Place.PLAY) && (inherited || this == ENVIRONMENT || this == MODULE_DEFAULTS);
  }

  /** The keyword that is written so. */
  public static Optional<Keyword> of(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }

  /** The words of all keywords that may be written there, in alphabetical order. */
  public static List<String> wordsIn(Place place) {
    return Arrays.stream(values())
        .filter(keyword -> keyword.allowedIn(place))
        .map(Keyword::word)
        .toList();
  }
}
