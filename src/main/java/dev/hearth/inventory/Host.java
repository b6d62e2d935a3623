package dev.hearth.inventory;

import dev.hearth.diag.Location;
import dev.hearth.value.Located;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A host of an inventory. Two hosts are the same when their names are.
 *
 * @param name the name that the inventory gives it ({@code inventory_hostname})
 * @param vars the variables that inventory sources set on the host itself, {@code ansible_port} of
 *     a {@code host:port} among them; not those of its groups nor of {@code host_vars}
 * @param at where it is first named; empty for the implicit localhost
 * @param file the source that first named it ({@code inventory_file}); empty for hosts that no file
 *     names
 * @param implicit whether it is the localhost that exists without being in the inventory
 */
public record Host(
    String name,
    Map<String, Located> vars,
    Optional<Location> at,
    Optional<Path> file,
    boolean implicit) {

  /** Keeps its own copy. */
  public Host {
    vars = Collections.unmodifiableMap(new LinkedHashMap<>(vars));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Host host && name.equals(host.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /** The name alone. */
  @Override
  public String toString() {
    return name;
  }
}
