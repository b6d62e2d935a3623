package dev.hearth.inventory;

import dev.hearth.value.Located;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A group of an inventory. Two groups are the same when their names are.
 *
 * @param name its name
 * @param depth the longest way down from {@code all}, which has depth 0
 * @param priority {@code ansible_group_priority}, 1 when nobody set it
 * @param vars the variables that inventory sources set on the group itself
 * @param hosts the names of the hosts directly in it, in the order in which they were added
 * @param children the names of the groups directly in it, in the order in which they were added
 * @param parents the names of the groups that it is directly in
 */
public record Group(
    String name,
    int depth,
    int priority,
    Map<String, Located> vars,
    List<String> hosts,
    List<String> children,
    List<String> parents) {

  /** The group that every host is in. */
  public static final String ALL = "all";

  /** The group of the hosts that are in no other. */
  public static final String UNGROUPED = "ungrouped";

  /**
   * The order in which groups' variables are merged, later ones winning: by depth, then priority,
   * then name, so that a child beats its parent.
   */
  public static final Comparator<Group> MERGE_ORDER =
      Comparator.comparingInt(Group::depth)
          .thenComparingInt(Group::priority)
          .thenComparing(Group::name);

  /** Keeps its own copies. */
  public Group {
    vars = Collections.unmodifiableMap(new LinkedHashMap<>(vars));
    hosts = List.copyOf(hosts);
    children = List.copyOf(children);
    parents = List.copyOf(parents);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Group group && name.equals(group.name);
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
