package dev.hearth.module.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A connection as NetworkManager tells it.
 *
 * @param properties by name
 * @param file where it is kept; empty when that is not known
 */
record Connection(Map<String, String> properties, String file) {

  private static final Map<String, String> KINDS =
      Map.of("802-3-ethernet", "ethernet", "802-11-wireless", "wifi");

  /** Reads {@code property:value} lines. */
  static Connection parse(String text) {
    Map<String, String> properties = new LinkedHashMap<>();
    String file = "";
    for (String line : text.lines().toList()) {
      int colon = line.indexOf(':');
      if (line.startsWith("file:")) {
        file = line.substring(5);
      } else if (colon > 0) {
        properties.put(line.substring(0, colon), line.substring(colon + 1));
      }
    }
    return new Connection(properties, file);
  }

  /** Its kind, as it is called when a connection is made. */
  String type() {
    String type = properties.getOrDefault("connection.type", "");
    return type.equals("ip-tunnel")
        ? properties.getOrDefault("ip-tunnel.mode", "")
        : KINDS.getOrDefault(type, type);
  }

  boolean active() {
    return properties.getOrDefault("GENERAL.STATE", "").startsWith("activat");
  }

  /** The value of a property, or of one of the options of a bond. */
  Optional<String> value(String property) {
    if (!property.startsWith(Setting.BOND)) {
      return Optional.ofNullable(properties.get(property));
    }
    String name = property.substring(Setting.BOND.length());
    Optional<String> found = Optional.empty();
    boolean inside = false;
    for (String part : properties.getOrDefault("bond.options", "").split(",")) {
      int equals = part.indexOf('=');
      if (equals < 0) {
        found = inside ? found.map(value -> value + "," + part) : found;
        continue;
      }
      inside = part.substring(0, equals).equals(name);
      found = inside ? Optional.of(part.substring(equals + 1)) : found;
    }
    return found;
  }
}
