package dev.hearth.playbook;

import dev.hearth.diag.Location;
import java.util.Optional;

/**
 * What {@code include_role} asks for, with all templates evaluated.
 *
 * @param at where it is asked for
 * @param name the role's name or path
 * @param tasksFrom the file below {@code tasks/} instead of {@code main}
 * @param varsFrom the file below {@code vars/} instead of {@code main}
 * @param defaultsFrom the file below {@code defaults/} instead of {@code main}
 * @param handlersFrom the file below {@code handlers/} instead of {@code main}
 * @param options how it is brought in
 */
public record RoleRequest(
    Location at,
    String name,
    Optional<String> tasksFrom,
    Optional<String> varsFrom,
    Optional<String> defaultsFrom,
    Optional<String> handlersFrom,
    Options options) {

  /**
   * How the role is brought in.
   *
   * @param exported whether the play sees its variables ({@code public})
   * @param duplicates whether it is done again where it was done before ({@code allow_duplicates})
   * @param validated whether its arguments are checked ({@code rolespec_validate})
   */
  public record Options(boolean exported, boolean duplicates, boolean validated) {

    /** What {@code import_role} does when nothing else is written. */
    public static final Options IMPORT = new Options(true, true, true);

    /** What {@code include_role} does when nothing else is written. */
    public static final Options INCLUDE = new Options(false, true, true);
  }

  /** A role with its usual files. */
  public static RoleRequest of(Location at, String name) {
    return new RoleRequest(
        at,
        name,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Options.IMPORT);
  }
}
