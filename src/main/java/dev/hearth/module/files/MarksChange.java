package dev.hearth.module.files;

import dev.hearth.module.FileAttributes;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is to be done about the flags and the SELinux context of a path.
 *
 * @param target the path
 * @param flags the mode that {@code chattr} gets; empty when nothing is wished for
 * @param context the words that {@code chcon} gets; none when nothing is wished for
 * @param exists whether there is something at the path already
 * @param before what differs, as it is
 * @param after what differs, as it shall be
 * @param undo how it is taken back
 */
record MarksChange(
    FileMarking.Target target,
    String flags,
    List<String> context,
    boolean exists,
    Map<String, Value> before,
    Map<String, Value> after,
    Undo undo) {

  private static final String SET =
      """
      path=$1 follow=$2 all=$3 flags=$4
      shift 4
      [ -z "$follow" ] || [ ! -L "$path" ] || path=$(readlink -f -- "$path") || exit 1
      [ -e "$path" ] || [ -L "$path" ] || exit 0
      if [ $# -gt 0 ]; then
        chcon -h $all "$@" -- "$path" >&2 || exit 1
      fi
      [ -n "$flags" ] || exit 0
      command -v chattr >/dev/null 2>&1 || {
        echo "chattr is not on the host; install the package e2fsprogs first" >&2
        exit 1
      }
      if [ -n "$all" ]; then
        find "$path" ! -type l -exec chattr "$flags" {} + >&2
      else
        chattr "$flags" "$path" >&2
      fi
      """;

  /** What differs from the wish; empty when nothing does, or when it is nothing for the host. */
  static Optional<MarksChange> of(
      FileMarking.Target target, FileAttributes want, MarksFact.Answer now) {
    Map<String, Value> before = new LinkedHashMap<>();
    Map<String, Value> after = new LinkedHashMap<>();
    List<String> context = now.selinux() ? SelinuxContext.wished(want, now) : List.of();
    if (now.exists() && !context.isEmpty()) {
      for (String there : now.contexts()) {
        String wanted = SelinuxContext.merged(there, context);
        if (!wanted.equals(there) && !before.containsKey("secontext")) {
          before.put("secontext", SelinuxContext.shown(there));
          after.put("secontext", SelinuxContext.shown(wanted));
        }
      }
    }
    String flags = want.attributes().map(MarksChange::mode).orElse("");
    if (now.exists() && !flags.isEmpty()) {
      List<String> all = now.flags().isEmpty() ? List.of("") : now.flags();
      all.stream()
          .filter(there -> !applied(flags, there).equals(letters(there)))
          .findFirst()
          .ifPresent(
              there -> {
                before.put("attributes", Value.text(there));
                after.put("attributes", Value.text(flags));
              });
    }
    if (context.isEmpty() && flags.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new MarksChange(
            target,
            flags,
            context,
            now.exists(),
            before,
            after,
            undo(target, flags, context, now)));
  }

  /** For a task that has nothing else to do; nothing when nothing differs. */
  Verdict alone(Result result) {
    if (after.isEmpty()) {
      return Verdict.satisfied(result);
    }
    return Verdict.changes(List.of(step()), diffs(List.of()), result.changed(true));
  }

  /** Behind the steps of the task: a file that is written anew has no flags. */
  Verdict behind(Verdict.Changes changes) {
    List<Step> steps = new ArrayList<>(changes.steps());
    steps.add(step());
    boolean differs = !exists || !after.isEmpty();
    int own = changes.steps().size();
    return new Verdict.Changes(
        steps,
        diffs(changes.diffs()),
        changes.predicted().skipped()
            ? changes.predicted()
            : changes.predicted().changed(changes.predicted().changed() || differs),
        ends -> {
          Result result = changes.conclusion().of(ends.subList(0, Math.min(own, ends.size())));
          if (result.failed() || ends.size() <= own) {
            return result;
          }
          Outcome.Exited end = ends.getLast();
          return end.ok()
              ? result.changed(result.changed() || differs)
              : Result.failure(step().what() + ": " + end.err().strip())
                  .with("path", target.path());
        },
        false);
  }

  private Step step() {
    List<String> what = new ArrayList<>();
    if (!context.isEmpty()) {
      what.add("the SELinux context");
    }
    if (!flags.isEmpty()) {
      what.add("the flags " + flags);
    }
    return Step.change(
        "set "
            + String.join(" and ", what)
            + (target.all() ? " of everything below " : " of ")
            + target.path(),
        script(target, flags, context),
        undo);
  }

  private static Script script(FileMarking.Target target, String flags, List<String> context) {
    List<String> words = new ArrayList<>();
    words.add(target.path());
    words.add(target.follow() ? "follow" : "");
    words.add(target.all() ? "-R" : "");
    words.add(flags);
    words.addAll(context);
    return Script.of(SET, words.toArray(String[]::new));
  }

  private static Undo undo(
      FileMarking.Target target, String flags, List<String> context, MarksFact.Answer now) {
    if (!now.exists()) {
      // Without it a new file could not be removed; its context goes with it.
      String opposite = flags.isEmpty() || flags.startsWith("-") ? "" : "-" + flags.substring(1);
      return opposite.length() < 2
          ? new Undo.Nothing("it goes away with the file")
          : new Undo.Run(
              "take the flags of " + target.path() + " away", script(target, opposite, List.of()));
    }
    if (now.contexts().size() > 1 || now.flags().size() > 1) {
      return new Undo.Impossible(
          "the flags and contexts of all entries below " + target.path() + " are not kept");
    }
    String there = now.flags().isEmpty() ? "" : now.flags().getFirst();
    Set<String> changed = applied(flags, there);
    Set<String> back = new TreeSet<>(changed);
    back.removeAll(letters(there));
    Set<String> again = new TreeSet<>(letters(there));
    again.removeAll(changed);
    String mode =
        flags.isEmpty() || back.isEmpty() && again.isEmpty()
            ? ""
            : again.isEmpty()
                ? "-" + String.join("", back)
                : back.isEmpty() ? "+" + String.join("", again) : "=" + there;
    return new Undo.Run(
        "give " + target.path() + " the flags and context that it had",
        script(
            target,
            mode,
            context.isEmpty() || now.contexts().isEmpty()
                ? List.of()
                : SelinuxContext.words(now.contexts().getFirst())));
  }

  private List<Diff> diffs(List<Diff> others) {
    if (after.isEmpty()) {
      return others;
    }
    List<Diff> all = new ArrayList<>(others);
    Value path = Value.text(target.path());
    if (!all.isEmpty()
        && all.getLast() instanceof Diff.Properties last
        && path.equals(last.before().get("path"))) {
      Map<String, Value> old = new LinkedHashMap<>(last.before());
      Map<String, Value> fresh = new LinkedHashMap<>(last.after());
      old.putAll(before);
      fresh.putAll(after);
      all.set(all.size() - 1, new Diff.Properties(last.header(), old, fresh));
    } else {
      all.add(Diff.Properties.of(target.path(), before, after));
    }
    return all;
  }

  private static String mode(String wish) {
    if (wish.isEmpty() || wish.matches("[-+=]")) {
      return "";
    }
    return wish.matches("[-+=].*") ? wish : "=" + wish;
  }

  private static Set<String> applied(String mode, String there) {
    Set<String> result = mode.startsWith("=") ? new TreeSet<>() : letters(there);
    if (!mode.isEmpty()) {
      Set<String> wish = letters(mode.substring(1));
      if (mode.startsWith("-")) {
        result.removeAll(wish);
      } else {
        result.addAll(wish);
      }
    }
    return result;
  }

  private static Set<String> letters(String flags) {
    return flags
        .chars()
        .mapToObj(letter -> String.valueOf((char) letter))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
