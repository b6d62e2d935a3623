package dev.hearth.plan;

import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import java.util.List;
import java.util.Map;

/**
 * How a step is taken back, decided together with the step. Teardown walks the steps that were
 * really done backwards and follows these.
 */
public sealed interface Undo {

  /**
   * The step touches nothing but these paths: what is there before it (content, kind, owner, mode,
   * or nothing at all) is kept on the host and put back. A directory that the step makes goes away
   * only when it is empty by then; what is in a directory that was there is not kept.
   *
   * @param paths absolute, in the order in which the step makes them
   */
  record Restore(List<String> paths) implements Undo {

    /** Keeps its own copy. */
    public Restore {
      paths = List.copyOf(paths);
    }
  }

  /**
   * The step brings whole trees that are told by their root, such as a clone or an unpacked
   * archive. A root that was not there before is removed with all that it holds; one that was there
   * is kept as an archive before the step and put back.
   *
   * @param roots absolute paths
   */
  record RestoreTrees(List<String> roots) implements Undo {

    /** Keeps its own copy. */
    public RestoreTrees {
      roots = List.copyOf(roots);
    }
  }

  /**
   * Only the host knows what the step brings, such as the packages that a package needs: a list is
   * read before and after it, and what appeared is removed.
   *
   * @param list prints one name a line
   * @param remove removes the names, which are added to its words
   */
  record Appeared(Script list, Script remove) implements Undo {}

  /**
   * A script that takes it back.
   *
   * @param what what it does, for people, such as {@code remove the user bob}
   * @param script how
   */
  record Run(String what, Script script) implements Undo {}

  /**
   * There is nothing to take back: it leaves no state of its own on the host.
   *
   * @param why such as {@code it only reloads the unit files}
   */
  record Nothing(String why) implements Undo {}

  /**
   * It cannot be taken back; teardown says so.
   *
   * @param why in words that follow "it cannot be undone:"
   */
  record Impossible(String why) implements Undo {}

  /**
   * The step sets owners and modes below these roots; those of all entries are kept and set again.
   *
   * @param roots absolute paths
   */
  record RestoreAttributes(List<String> roots) implements Undo {

    /** Keeps its own copy. */
    public RestoreAttributes {
      roots = List.copyOf(roots);
    }
  }

  /**
   * Takes nothing back: how the step left what it changed, other than files, is kept, so that
   * {@code diff} can tell what changed since.
   *
   * @param what the thing, such as {@code unit nginx.service}; later steps that change the same one
   *     call it the same
   * @param look prints how it is, as one line that begins with a letter
   */
  record Watch(String what, Script look) implements Undo {}

  /**
   * Several, followed in this order.
   *
   * @param parts each of them
   */
  record Several(List<Undo> parts) implements Undo {

    /** Keeps its own copy. */
    public Several {
      parts = List.copyOf(parts);
    }
  }

  /** The same, with a look at what the step leaves. */
  default Undo and(Watch watch) {
    return new Several(List.of(this, watch));
  }

  /** The same in the environment in which the step itself is done. */
  default Undo in(Map<String, Word> environment) {
    return switch (this) {
      case Appeared it -> new Appeared(it.list().in(environment), it.remove().in(environment));
      case Run it -> new Run(it.what(), it.script().in(environment));
      case Watch it -> new Watch(it.what(), it.look().in(environment));
      case Several it ->
          new Several(it.parts().stream().map(part -> part.in(environment)).toList());
      case Restore _, RestoreTrees _, RestoreAttributes _, Nothing _, Impossible _ -> this;
    };
  }

  /** Of a step that only makes something happen now, such as a restart. */
  static Undo momentary() {
    return new Nothing("it leaves no state behind");
  }

  /** Of a step that fetches or drops what can be fetched again at any time. */
  static Undo refreshed() {
    return new Nothing("it can be fetched again at any time");
  }

  /** {@link Restore} of these paths. */
  static Undo restore(String... paths) {
    return new Restore(List.of(paths));
  }
}
