package dev.hearth.vars;

/**
 * The places where a variable can be defined, from the weakest to the strongest: the 22 levels of
 * Ansible's order of precedence, and the variables that the run itself sets.
 */
public enum Level {
  /** Options such as {@code -u}: they give way to every variable. */
  COMMAND_LINE("command line option"),
  /** {@code defaults/main.yml} of a role. */
  ROLE_DEFAULTS("role defaults"),
  /** {@code vars:} of groups in an inventory source. */
  INVENTORY_GROUP("inventory group variables"),
  /** {@code group_vars/all} beside an inventory source. */
  INVENTORY_GROUP_VARS_ALL("inventory group_vars/all"),
  /** {@code group_vars/all} beside the playbook. */
  PLAYBOOK_GROUP_VARS_ALL("playbook group_vars/all"),
  /** Other {@code group_vars} beside an inventory source. */
  INVENTORY_GROUP_VARS("inventory group_vars"),
  /** Other {@code group_vars} beside the playbook. */
  PLAYBOOK_GROUP_VARS("playbook group_vars"),
  /** Variables of hosts in an inventory source. */
  INVENTORY_HOST("inventory host variables"),
  /** {@code host_vars} beside an inventory source. */
  INVENTORY_HOST_VARS("inventory host_vars"),
  /** {@code host_vars} beside the playbook. */
  PLAYBOOK_HOST_VARS("playbook host_vars"),
  /** What {@code setup} found out, and cached {@code set_fact}. */
  FACTS("facts"),
  /** {@code vars:} of the play. */
  PLAY_VARS("play vars"),
  /** {@code vars_prompt:} of the play. */
  PLAY_VARS_PROMPT("play vars_prompt"),
  /** {@code vars_files:} of the play. */
  PLAY_VARS_FILES("play vars_files"),
  /** {@code vars/main.yml} of a role. */
  ROLE_VARS("role vars"),
  /** {@code vars:} of a block. */
  BLOCK_VARS("block vars"),
  /** {@code vars:} of a task. */
  TASK_VARS("task vars"),
  /** Files that {@code include_vars} has read. */
  INCLUDE_VARS("include_vars"),
  /** {@code set_fact} and {@code register}. */
  SET_FACT("set_fact and register"),
  /** Parameters of a role in {@code roles:}, {@code import_role} or {@code include_role}. */
  ROLE_PARAMS("role parameters"),
  /** {@code vars:} of an include. */
  INCLUDE_PARAMS("include parameters"),
  /** {@code -e} on the command line: beats all that a user can write elsewhere. */
  EXTRA_VARS("extra vars (-e)"),
  /** {@code inventory_hostname}, {@code groups}, loop variables: what the run says of itself. */
  MAGIC("set by the run itself");

  private final String meaning;

  Level(String meaning) {
    this.meaning = meaning;
  }

  /** What people call the place, a few words. */
  public String meaning() {
    return meaning;
  }

  /**
   * Whether two levels make one whole before anything is merged with others: of a block's and a
   * task's variables only the nearest counts, and so do a play's answers over its variables.
   */
  boolean isOneWith(Level other) {
    return switch (this) {
      case BLOCK_VARS, TASK_VARS -> other == BLOCK_VARS || other == TASK_VARS;
      case PLAY_VARS, PLAY_VARS_PROMPT -> other == PLAY_VARS || other == PLAY_VARS_PROMPT;
      default -> false;
    };
  }

  /** The level's number in Ansible's list, from 1; the run's own variables come after the list. */
  @SuppressWarnings("EnumOrdinal") // the order of the constants is the order of precedence
  public int number() {
    return ordinal() + 1;
  }
}
