package dev.hearth.run;

import dev.hearth.inventory.Inventory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The inventory as it is now: {@code add_host} and {@code group_by} replace it during a run. */
final class CurrentInventory {

  private final Supplier<Inventory> sources;
  private final List<UnaryOperator<Inventory>> changes = new ArrayList<>();
  private volatile Inventory inventory;

  /**
   * @param sources reads the sources again
   */
  CurrentInventory(Inventory start, Supplier<Inventory> sources) {
    this.inventory = start;
    this.sources = sources;
  }

  Inventory get() {
    return inventory;
  }

  synchronized void change(UnaryOperator<Inventory> change) {
    changes.add(change);
    inventory = change.apply(inventory);
  }

  /** Reads the sources again; what the run itself added stays. */
  synchronized void refresh() {
    Inventory fresh = sources.get();
    for (UnaryOperator<Inventory> change : changes) {
      fresh = change.apply(fresh);
    }
    inventory = fresh;
  }
}
