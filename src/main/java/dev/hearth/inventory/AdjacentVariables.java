package dev.hearth.inventory;

import dev.hearth.value.Located;
import java.nio.file.Path;
import java.util.Map;

/** What the {@code group_vars} and {@code host_vars} beside a source say. */
public interface AdjacentVariables {

  /**
   * The variables of a group; none when no file speaks of it.
   *
   * @param directory the directory of the source
   */
  Map<String, Located> ofGroup(Path directory, String group);

  /** The variables of a host; none when no file speaks of it. */
  Map<String, Located> ofHost(Path directory, String host);
}
