package dev.hearth.cli.settings;

import java.util.List;

/**
 * A setting of ansible-core 2.19.
 *
 * @param name its name, as {@code ansible-config} shows it
 * @param kind what its values are
 * @param keys where {@code ansible.cfg} has it, each as {@code section.key}, best first
 * @param variables the environment variables that set it, best first
 * @param same its default and other values that mean the same; an empty text when it has no
 *     default, or one that depends on the machine
 * @param state what Hearth does with it
 * @param note why, one clause; empty when it is obeyed
 */
public record Setting(
    String name,
    Kind kind,
    List<String> keys,
    List<String> variables,
    List<String> same,
    State state,
    String note) {

  /** What the values of a setting are. */
  public enum Kind {
    /** Any text. */
    TEXT,
    /** Yes or no. */
    FLAG,
    /** A number. */
    NUMBER,
    /** Words with commas between them. */
    LIST,
    /** A file or directory. */
    PATH,
    /** Directories with colons between them. */
    PATHS,
    /** Files with commas between them. */
    PATHLIST
  }

  /** What Hearth does with a setting. */
  public enum State {
    /** It does what it does in Ansible. */
    OBEYED,
    /** It has no effect and needs none. */
    HARMLESS,
    /** It has no effect, which a warning says. */
    UNHEEDED,
    /** Another value than the default would change what a run does, so it is an error. */
    REFUSED
  }

  /** Keeps its own copies. */
  public Setting {
    keys = List.copyOf(keys);
    variables = List.copyOf(variables);
    same = List.copyOf(same);
  }
}
