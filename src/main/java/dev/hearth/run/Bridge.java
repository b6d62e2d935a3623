package dev.hearth.run;

import dev.hearth.diag.Location;
import dev.hearth.playbook.PythonModule;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The modules in Python that a run has packed: each once, for all hosts. */
final class Bridge {

  private final Map<PythonModule, PythonPackage> packed = new ConcurrentHashMap<>();

  /**
   * The module, ready to be sent.
   *
   * @throws dev.hearth.diag.HearthException when it cannot be packed
   */
  PythonPackage packed(PythonModule module, Location at) {
    return packed.computeIfAbsent(module, each -> PythonPackage.of(each, at));
  }
}
