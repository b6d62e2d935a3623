package dev.hearth.run;

import dev.hearth.inventory.Inventory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** The inventory as it is now: {@code add_host} and {@code group_by} replace it during a run. */
final class CurrentInventory {

  private final AtomicReference<Inventory> inventory;

  CurrentInventory(Inventory start) {
    inventory = new AtomicReference<>(start);
  }

  Inventory get() {
    return inventory.get();
  }

  void change(UnaryOperator<Inventory> change) {
    inventory.updateAndGet(change);
  }
}
