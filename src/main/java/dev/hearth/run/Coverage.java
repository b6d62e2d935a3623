package dev.hearth.run;

import dev.hearth.diag.Location;
import java.util.List;

/**
 * How much of a run was checked before it.
 *
 * @param plays how many plays there are
 * @param tasks how many tasks and handlers, those of includes with a known name among them
 * @param roles how many different roles
 * @param templates how many different template files
 * @param unknown what depends on variables of the run and was not checked
 */
public record Coverage(int plays, int tasks, int roles, int templates, List<Unknown> unknown) {

  /** Keeps its own copy. */
  public Coverage {
    unknown = List.copyOf(unknown);
  }

  /**
   * Something that could not be checked.
   *
   * @param what its kind
   * @param at where it is written
   */
  public record Unknown(Kind what, Location at) {}

  /** Kinds of content that only the run knows. */
  public enum Kind {
    /** An include whose file or role is named by a template. */
    INCLUDE(
        "include depends on variables of the run: not checked",
        "includes depend on variables of the run: not checked"),
    /** A template task whose file is named by a template. */
    TEMPLATE_FILE(
        "template file is named by variables of the run: not checked",
        "template files are named by variables of the run: not checked"),
    /** A source of variables, so that no name can be said to be defined nowhere. */
    VARIABLES(
        "source of variables is only read in the run: undefined names not looked for",
        "sources of variables are only read in the run: undefined names not looked for");

    private final String one;
    private final String many;

    Kind(String one, String many) {
      this.one = one;
      this.many = many;
    }

    /** A sentence about so many of them. */
    public String told(long count) {
      return count + " " + (count == 1 ? one : many);
    }
  }
}
