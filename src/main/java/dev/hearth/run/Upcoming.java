package dev.hearth.run;

import dev.hearth.playbook.Block;
import dev.hearth.playbook.Entry;
import dev.hearth.playbook.Task;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Predicate;

/** The tasks behind a place in a play, in the order in which they come when none fails. */
final class Upcoming {

  /** Nothing that is known. */
  static final Upcoming NOTHING = new Upcoming(List.of(), 0, Optional.empty());

  private final List<Entry> entries;
  private final int from;
  private final Optional<Upcoming> then;

  private Upcoming(List<Entry> entries, int from, Optional<Upcoming> then) {
    this.entries = entries;
    this.from = from;
    this.then = then;
  }

  /** First these entries from the one at that index on, then what comes anyway. */
  Upcoming behind(List<Entry> first, int index) {
    return index >= first.size() ? this : new Upcoming(first, index, Optional.of(this));
  }

  /** The tasks that are wanted. */
  Iterator<Task> tasks(Predicate<Task> wanted) {
    return new Walk(wanted);
  }

  private final class Walk implements Iterator<Task> {
    private final Predicate<Task> wanted;
    private final Deque<Upcoming> open = new ArrayDeque<>();
    private Optional<Task> next = Optional.empty();

    Walk(Predicate<Task> wanted) {
      this.wanted = wanted;
      open.push(Upcoming.this);
    }

    @Override
    public boolean hasNext() {
      while (next.isEmpty() && !open.isEmpty()) {
        Upcoming place = open.pop();
        if (place.from >= place.entries.size()) {
          place.then.ifPresent(open::push);
          continue;
        }
        Upcoming rest = new Upcoming(place.entries, place.from + 1, place.then);
        switch (place.entries.get(place.from)) {
          case Task task -> {
            open.push(rest);
            next = Optional.of(task).filter(wanted);
          }
          case Block block -> open.push(rest.behind(block.always(), 0).behind(block.entries(), 0));
        }
      }
      return next.isPresent();
    }

    @Override
    public Task next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Task found = next.orElseThrow();
      next = Optional.empty();
      return found;
    }
  }
}
