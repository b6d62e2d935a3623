package dev.hearth.module.net;

import java.util.Optional;

/**
 * How a working copy and what it comes from stand.
 *
 * @param git whether the host has git
 * @param repository whether there is a working copy
 * @param head what it is at; empty when there is nothing
 * @param modified whether tracked files were changed
 * @param remote the address it comes from, as it says
 * @param wanted what the version asked for is at the remote; empty when the remote does not know it
 * @param kind {@code branch}, {@code tag} or empty
 * @param error why the remote could not be asked; empty when it could
 */
record GitState(
    boolean git,
    boolean repository,
    Optional<String> head,
    boolean modified,
    String remote,
    Optional<String> wanted,
    String kind,
    String error) {}
