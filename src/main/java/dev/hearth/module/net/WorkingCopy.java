package dev.hearth.module.net;

import dev.hearth.plan.Step;
import dev.hearth.plan.Undo;
import dev.hearth.shell.Script;
import dev.hearth.shell.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A working copy that {@code git} makes or brings to a version.
 *
 * @param dest where it is
 * @param access what it is of
 * @param want the parameters
 * @param extras what is wanted besides
 */
record WorkingCopy(String dest, GitAccess access, GitModule.Args want, GitExtras extras) {

  private static final String BACK = "exec \"$3\" -C \"$1\" checkout --force --quiet \"$2\"\n";

  Step cloned(GitState state) {
    List<String> words =
        words(state, want.singleBranch() ? "single" : "", extras.cloneOptions(want));
    List<String> made = new ArrayList<>(List.of(dest));
    if (!extras.separate().isEmpty()) {
      made.add(extras.separate());
    }
    return Step.change(
        "clone " + access.url() + " to " + dest,
        script(GitScripts.CLONE, words),
        new Undo.RestoreTrees(made));
  }

  Step updated(GitState state, String wanted) {
    return Step.change(
        "bring " + dest + " to " + wanted,
        script(GitScripts.UPDATE, words(state, wanted, List.of())),
        back(state));
  }

  private List<String> words(GitState state, String detail, List<String> options) {
    List<String> words =
        new ArrayList<>(
            List.of(
                dest,
                access.url(),
                want.remote(),
                want.version(),
                state.kind(),
                want.depth().map(String::valueOf).orElse(""),
                detail,
                extras.submodules(want),
                want.refspec().orElse("")));
    words.addAll(options);
    return words;
  }

  private Script script(String body, List<String> words) {
    Map<String, Word> environment = new TreeMap<>(access.environment());
    environment.putAll(extras.environment());
    return Script.of(body, words.stream().map(Word::of).toList()).in(environment);
  }

  /** Local changes that were overwritten by force stay lost. */
  private Undo back(GitState state) {
    String git = access.executable().isEmpty() ? "git" : access.executable();
    return state
        .head()
        .filter(head -> !state.modified())
        .<Undo>map(
            head ->
                new Undo.Run(
                    "bring " + dest + " back to " + head, Script.of(BACK, dest, head, git)))
        .orElse(new Undo.Impossible("local changes in " + dest + " were overwritten"));
  }
}
