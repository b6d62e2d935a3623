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
 */
public record RoleRequest(
    Location at,
    String name,
    Optional<String> tasksFrom,
    Optional<String> varsFrom,
    Optional<String> defaultsFrom,
    Optional<String> handlersFrom) {

  /** A role with its usual files. */
  public static RoleRequest of(Location at, String name) {
    return new RoleRequest(
        at, name, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
