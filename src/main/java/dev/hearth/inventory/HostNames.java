package dev.hearth.inventory;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The hosts that one entry of an inventory stands for.
 *
 * @param names their names, ranges expanded
 * @param port the port of {@code host:port}, if there is one
 */
record HostNames(List<String> names, OptionalInt port) {

  /** What Ansible takes as it is although it is no host name, such as {@code root@host}. */
  private static final Pattern HARMLESS =
      Pattern.compile("\\w[\\w.@%+=-]*+", Pattern.UNICODE_CHARACTER_CLASS);

  private static final int LAST_PORT = 65_535;

  /**
   * Reads an entry such as {@code web[01:20].lab:2222}.
   *
   * @throws dev.hearth.diag.HearthException if it can be no host
   */
  static HostNames parse(String written, Location at) {
    Address address =
        Address.parse(written, true)
            .orElseGet(() -> new Address(checked(written, at), OptionalInt.empty()));
    int port = address.port().orElse(1);
    if (port < 1 || port > LAST_PORT) {
      throw Diagnostic.error(at, "the port of '" + written + "' does not exist")
          .because("ports go from 1 to " + LAST_PORT)
          .next("correct the number after the last ':'")
          .failure();
    }
    return new HostNames(HostRange.expand(address.host(), at), address.port());
  }

  private static String checked(String written, Location at) {
    if (written.contains("[") || HARMLESS.matcher(written).matches()) {
      return written;
    }
    String next =
        written.startsWith("---") || written.endsWith(":")
            ? "name a YAML inventory with the ending .yml"
            : "correct the name; an address of its own goes into ansible_host";
    throw Diagnostic.error(at, "'" + written + "' cannot be the name of a host")
        .because(
            "names are made of letters, digits, '.', '-' and '_'; a port stands behind ':', a range"
                + " in brackets")
        .next(next)
        .failure();
  }
}
