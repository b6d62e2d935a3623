package dev.hearth.inventory;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds of every inventory. */
final class Consistency {

  private Consistency() {}

  static void check(Inventory inventory) {
    assertThat(inventory.hostsOf(inventory.group(Group.ALL).orElseThrow()))
        .containsExactlyElementsOf(inventory.hosts());
    for (Host host : inventory.hosts()) {
      assertThat(inventory.groupsOf(host)).hasSizeGreaterThan(1);
    }
  }
}
