package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.inventory.Host;
import dev.hearth.template.TemplateFailure;
import dev.hearth.vars.Layers;
import java.util.List;
import java.util.Map;

/** What is known of the host that does the work for another one. */
final class Delegation {

  private Delegation() {}

  /**
   * The variables that say how to get into the host. A name that the inventory does not have is
   * taken as an address.
   */
  static Layers scope(Services services, String worker, Layers taskScope) {
    if (services.inventory().get().host(worker).isEmpty()) {
      if (worker.isBlank()) {
        throw new TemplateFailure(
            Diagnostic.error(Magic.place(), "delegate_to names no host")
                .next("name a host or an address"));
      }
      services.inventory().change(now -> now.withHost(worker, List.of(), Map.of(), Magic.place()));
    }
    Host host = services.inventory().get().host(worker).orElseThrow();
    return services.scopes().outside(host.name());
  }
}
