package dev.hearth.template.python;

import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** A list that a template made and that its methods may change while the template runs. */
public final class MutableList implements Sequence {

  private final List<Value> items;

  /** A list with these items to begin with. */
  public MutableList(Collection<Value> items) {
    this.items = new ArrayList<>(items);
  }

  @Override
  public List<Value> items() {
    return Collections.unmodifiableList(items);
  }

  /** The items, to be changed. */
  List<Value> live() {
    return items;
  }
}
