package dev.hearth.connection;

import dev.hearth.value.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where a host is and how to get in, from the inventory's connection variables and the command
 * line. What is empty is left to {@code ~/.ssh/config} and the defaults of OpenSSH.
 *
 * @param name the host's name in the inventory, for messages
 * @param kind how to get there
 * @param address {@code ansible_host}, else the name
 * @param port {@code ansible_port}
 * @param user {@code ansible_user}
 * @param password {@code ansible_password}, also answers keyboard-interactive
 * @param identityFiles {@code ansible_ssh_private_key_file}
 * @param knownHosts files to look up host keys in; empty for the user's own
 * @param sshOptions {@code ansible_ssh_common_args} and {@code ansible_ssh_extra_args}, split into
 *     words
 * @param connectTimeout how long to wait for the connection and the login
 */
public record Target(
    String name,
    Kind kind,
    String address,
    Optional<Integer> port,
    Optional<String> user,
    Optional<Value.Secret> password,
    List<Path> identityFiles,
    List<Path> knownHosts,
    List<String> sshOptions,
    Duration connectTimeout) {

  /** Ways to a host. */
  public enum Kind {
    /** Over SSH. */
    SSH,
    /** This machine itself. */
    LOCAL
  }

  /** Keeps its own copies. */
  public Target {
    identityFiles = List.copyOf(identityFiles);
    knownHosts = List.copyOf(knownHosts);
    sshOptions = List.copyOf(sshOptions);
  }
}
