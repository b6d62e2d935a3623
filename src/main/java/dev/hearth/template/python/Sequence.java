package dev.hearth.template.python;

import dev.hearth.value.Value;
import java.util.List;

/** A sequence that is not a plain list: a tuple, a range, a list that methods can change. */
public interface Sequence extends Value.Dynamic {

  /** The items as they are now. */
  List<Value> items();
}
