package dev.hearth.run;

import dev.hearth.connection.BecomeRefused;
import dev.hearth.diag.HearthException;
import dev.hearth.fact.Fact;
import dev.hearth.module.Refusal;
import dev.hearth.playbook.Loop;
import dev.hearth.playbook.Task;
import dev.hearth.template.Postponed;
import dev.hearth.template.TemplateFailure;
import dev.hearth.template.UndefinedFailure;
import dev.hearth.value.Value;
import dev.hearth.vars.Layers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What comes behind the task under way on one host, as far as that can be said: the other items of
 * its loop, then the tasks that follow. What they will ask is guessed with the variables as they
 * are now; lookups that do more than read are not run for a guess.
 */
final class Foresight {

  /** Sees nothing. */
  static final Foresight NONE = new Foresight(Place.NOWHERE, Collections::emptyIterator);

  /** Actions that pass in an instant, whatever they do with variables. */
  private static final Set<String> QUICK =
      Set.of(
          "ansible.builtin.debug",
          "ansible.builtin.fail",
          "ansible.builtin.assert",
          "ansible.builtin.set_stats",
          "ansible.builtin.group_by",
          Directives.SET_FACT,
          Directives.INCLUDE_VARS,
          Directives.ADD_HOST,
          Directives.VALIDATE_ARGUMENTS);

  private final Place here;
  private final Supplier<Iterator<Foreseen>> behind;

  /**
   * @param here the task under way
   * @param behind what comes behind it, from the beginning each time
   */
  Foresight(Place here, Supplier<Iterator<Foreseen>> behind) {
    this.here = here;
    this.behind = behind;
  }

  /**
   * A task, or an item of its loop.
   *
   * @param task none when it is nowhere
   * @param item its index; 0 without a loop
   */
  record Place(Optional<Task> task, int item) {
    static final Place NOWHERE = new Place(Optional.empty(), 0);

    /** Whether it is the very same place; tasks that look alike are others. */
    @SuppressWarnings("ReferenceEquality") // A task is where it stands, not what it says.
    boolean is(Place other) {
      return item == other.item
          && task.isPresent()
          && other.task.isPresent()
          && task.get() == other.task.get();
    }
  }

  /** What can be said of a task before it comes. */
  sealed interface Guess {
    Guess NOTHING = new Nothing();
    Guess UNKNOWN = new Barrier();

    /** It will ask these, in this manner. */
    record Questions(Manner manner, List<Fact<?>> facts) implements Guess {}

    /** It asks nothing, or it cannot be known what; those behind it can be looked at. */
    record Nothing() implements Guess {}

    /** It changes the host for all that is known, or takes its time: nobody sees past it. */
    record Barrier() implements Guess {}
  }

  /** A task to come. */
  record Foreseen(Place place, Supplier<Guess> guessing) {

    Guess guess() {
      try {
        return guessing.get();
      } catch (UndefinedFailure notYet) {
        return Guess.NOTHING;
      } catch (TemplateFailure | HearthException | Refusal | BecomeRefused | Postponed unknown) {
        return Guess.UNKNOWN;
      }
    }
  }

  /** The task under manner. */
  Place here() {
    return here;
  }

  /** What comes behind it, nearest first; each is looked at only when it is asked for. */
  Iterator<Foreseen> coming() {
    return behind.get();
  }

  /**
   * What comes behind a task without a loop.
   *
   * @param services those of the run
   * @param playScope what the host sees in the play
   * @param upcoming the tasks behind it
   */
  static Foresight of(
      Task task,
      Services services,
      String host,
      Layers playScope,
      Supplier<Iterator<Task>> upcoming) {
    Services careful = services.careful();
    return new Foresight(
        new Place(Optional.of(task), 0),
        () -> new Following(careful, host, playScope, upcoming.get()));
  }

  /** The same for an item of the task's loop: the items behind it come first. */
  Foresight atItem(int index, int items, IntGuess guesses) {
    Place place = new Place(here.task(), index);
    return new Foresight(
        place,
        () -> {
          List<Foreseen> rest = new ArrayList<>();
          for (int i = index + 1; i < items; i++) {
            int item = i;
            rest.add(new Foreseen(new Place(here.task(), i), () -> guesses.of(item)));
          }
          return joined(rest.iterator(), behind.get());
        });
  }

  /** Guesses what an item of a loop will ask. */
  interface IntGuess {
    Guess of(int item);
  }

  private static Iterator<Foreseen> joined(Iterator<Foreseen> first, Iterator<Foreseen> then) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return first.hasNext() || then.hasNext();
      }

      @Override
      public Foreseen next() {
        return first.hasNext() ? first.next() : then.next();
      }
    };
  }

  /** Takes tasks apart into the items of their loops. */
  private static final class Following implements Iterator<Foreseen> {
    private final Services services;
    private final String host;
    private final Layers playScope;
    private final Iterator<Task> tasks;
    private Iterator<Foreseen> items = Collections.emptyIterator();

    Following(Services services, String host, Layers playScope, Iterator<Task> tasks) {
      this.services = services;
      this.host = host;
      this.playScope = playScope;
      this.tasks = tasks;
    }

    @Override
    public boolean hasNext() {
      return items.hasNext() || tasks.hasNext();
    }

    @Override
    public Foreseen next() {
      if (!items.hasNext()) {
        items = items(tasks.next());
      }
      return items.next();
    }

    private Iterator<Foreseen> items(Task task) {
      Place first = new Place(Optional.of(task), 0);
      if (QUICK.contains(task.action().name())) {
        return one(first, () -> Guess.NOTHING);
      }
      if (!isPlain(task)) {
        return one(first, () -> Guess.UNKNOWN);
      }
      if (task.loop().isEmpty()) {
        return one(first, () -> guess(task, scope(task), Map.of()));
      }
      try {
        return items(task, task.loop().get());
      } catch (UndefinedFailure notYet) {
        return one(first, () -> Guess.NOTHING);
      } catch (TemplateFailure | HearthException | Postponed unknown) {
        return one(first, () -> Guess.UNKNOWN);
      }
    }

    private Iterator<Foreseen> items(Task task, Loop loop) {
      if (loop.pause().isPresent()) {
        return one(new Place(Optional.of(task), 0), () -> Guess.UNKNOWN);
      }
      Layers scope = scope(task);
      LoopItems items = new LoopItems(services.templar(), loop, task);
      List<Value> all = items.evaluate(scope).orElse(List.of());
      List<Foreseen> each = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        int item = i;
        each.add(
            new Foreseen(
                new Place(Optional.of(task), i),
                () -> {
                  Map<String, Value> locals = items.locals(all, item, scope);
                  return guess(task, services.scopes().locals(scope, locals), locals);
                }));
      }
      return each.isEmpty()
          ? one(new Place(Optional.of(task), 0), () -> Guess.NOTHING)
          : each.iterator();
    }

    private Layers scope(Task task) {
      return services.scopes().task(playScope, task.attributes(), task.context());
    }

    private Guess guess(Task task, Layers scope, Map<String, Value> locals) {
      return new Attempt(services, task, host, scope, locals, event -> {}, NONE).guess();
    }

    private static Iterator<Foreseen> one(Place place, Supplier<Guess> guess) {
      return List.of(new Foreseen(place, guess)).iterator();
    }

    /** Tried once, here and now, by this host itself. */
    private static boolean isPlain(Task task) {
      return task.until().isEmpty()
          && task.retries().isEmpty()
          && task.async().isEmpty()
          && !task.action().name().equals(Directives.META)
          && !Directives.includes(task.action().name());
    }
  }
}
