package dev.hearth.galaxy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a collection says of itself.
 *
 * @param namespace the part before the dot
 * @param name the part behind it
 * @param version its version; {@code *} when it does not say
 * @param dependencies the collections that it needs, with their ranges
 */
record CollectionInfo(
    String namespace, String name, String version, Map<String, String> dependencies) {

  CollectionInfo {
    dependencies = Collections.unmodifiableMap(new LinkedHashMap<>(dependencies));
  }

  /** Its full name. */
  String fullName() {
    return namespace + "." + name;
  }
}
