package dev.hearth.module.system;

import dev.hearth.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A systemd unit as the manager describes it.
 *
 * @param properties what {@code systemctl show} prints, in its order
 * @param enablement what {@code systemctl is-enabled} prints, such as {@code enabled}
 * @param enabled whether it will be started at boot
 * @param reachable whether the manager answered; without it only enablement is known
 * @param complaint what systemctl said when it did not answer
 */
record Unit(
    Map<String, String> properties,
    String enablement,
    boolean enabled,
    boolean reachable,
    String complaint) {

  String property(String name) {
    return properties.getOrDefault(name, "");
  }

  /** Whether there is such a unit at all, perhaps masked. */
  boolean found() {
    String load = property("LoadState");
    return load.isEmpty() ? !enablement.isEmpty() : !load.equals("not-found");
  }

  boolean masked() {
    return property("LoadState").equals("masked") || enablement.startsWith("masked");
  }

  boolean running() {
    return property("ActiveState").equals("active") || property("ActiveState").equals("activating");
  }

  boolean stopping() {
    return property("ActiveState").equals("deactivating");
  }

  /** The return value {@code status}. */
  Value status() {
    Map<String, Value> status = new LinkedHashMap<>();
    properties.forEach((name, value) -> status.put(name, Value.text(value)));
    return Value.Dict.ofTexts(status);
  }
}
