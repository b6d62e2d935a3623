package dev.hearth.receipt;

import dev.hearth.connection.Become;
import dev.hearth.connection.Connection;

/**
 * The way to a host as one task uses it.
 *
 * @param host the host's name in the inventory
 * @param own whether it is this machine with this user's own rights
 * @param connection the way
 * @param become as whom
 */
public record Way(String host, boolean own, Connection connection, Become become) {

  /** The user on the host; empty for the one that logs in. */
  String user() {
    return become instanceof Become.Other other ? other.user() : "";
  }
}
