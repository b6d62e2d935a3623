package dev.hearth.module.files;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.HostPath;
import dev.hearth.module.FileAttributes;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A module that makes a file, with the parameters that it does not know itself: the file system's
 * flags and the SELinux context. They are set when its own steps are done, because a file that may
 * not be changed any more cannot get an owner.
 *
 * @param <A> the module's arguments
 */
public final class FileMarking<A extends Record> implements Module<A> {

  private final Module<A> inner;
  private final Function<A, FileAttributes> attributes;
  private final BiFunction<A, Result, Optional<Target>> target;

  /**
   * What gets them.
   *
   * @param path as written, or as the module told it
   * @param follow whether the end of a link is meant
   * @param reach how much is meant
   */
  public record Target(String path, boolean follow, Reach reach) {

    /** How much of a path is meant. */
    public enum Reach {
      /** The path alone. */
      ALONE,
      /** Everything below the directory as well. */
      BELOW,
      /** What the module brings into the directory, which is more than it tells: refused. */
      BROUGHT
    }

    /** One file, or what a link to it leads to. */
    public static Optional<Target> file(String path) {
      return Optional.of(new Target(path, true, Reach.ALONE));
    }

    /** What is brought into a directory. */
    public static Optional<Target> brought(String directory) {
      return Optional.of(new Target(directory, true, Reach.BROUGHT));
    }

    /** The file that the result names as its dest; with a slash at its end a directory. */
    public static Optional<Target> dest(Result result) {
      return result.values().get("dest") instanceof Value.Textual path
          ? path.reveal().endsWith("/") ? brought(path.reveal()) : file(path.reveal())
          : Optional.empty();
    }

    boolean all() {
      return reach == Reach.BELOW;
    }
  }

  /**
   * @param attributes where its arguments have the wishes
   * @param target which file gets them, by the arguments and the predicted result; none where it
   *     will be gone
   */
  public FileMarking(
      Module<A> inner,
      Function<A, FileAttributes> attributes,
      BiFunction<A, Result, Optional<Target>> target) {
    this.inner = inner;
    this.attributes = attributes;
    this.target = target;
  }

  /** The module itself. */
  public Module<A> inner() {
    return inner;
  }

  @Override
  public Spec<A> spec() {
    return inner.spec();
  }

  @Override
  public List<Fact<?>> reads(A want) {
    return inner.reads(want);
  }

  @Override
  public boolean transfers() {
    return inner.transfers();
  }

  @Override
  public Verdict plan(A want, Facts host) {
    Verdict verdict = inner.plan(want, host);
    FileAttributes wish = attributes.apply(want);
    if (!wish.marked()) {
      return verdict;
    }
    return switch (verdict) {
      case Verdict.Rejected rejected -> rejected;
      case Verdict.Satisfied satisfied ->
          satisfied.result().skipped()
              ? satisfied
              : change(want, wish, satisfied.result(), host)
                  .<Verdict>map(change -> change.alone(satisfied.result()))
                  .orElse(satisfied);
      case Verdict.Changes changes ->
          changes.again()
              ? changes
              : change(want, wish, changes.predicted(), host)
                  .<Verdict>map(change -> change.behind(changes))
                  .orElse(changes);
    };
  }

  private Optional<MarksChange> change(A want, FileAttributes wish, Result result, Facts host) {
    Optional<Target> found = target.apply(want, result);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    String path = new HostPath(found.get().path()).on(host);
    Target where = new Target(path, found.get().follow(), found.get().reach());
    MarksFact.Answer now = host.get(new MarksFact(path, where.follow(), where.all()));
    Optional<MarksChange> change = MarksChange.of(where, wish, now);
    if (change.isPresent() && where.reach() == Target.Reach.BROUGHT) {
      throw new Refusal(
          "attributes, seuser, serole, setype and selevel are for single files here, not for what"
              + " is brought into the directory "
              + path
              + "; set them in a file task with recurse: true");
    }
    return change;
  }
}
