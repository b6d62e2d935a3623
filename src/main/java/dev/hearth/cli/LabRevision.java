package dev.hearth.cli;

import dev.hearth.diag.HearthException;
import dev.hearth.vault.GitProgram;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which revision of the lab's repository a directory holds. */
final class LabRevision {

  private LabRevision() {}

  /** The commit, and whether files differ from it; in words where there is none. */
  static String of(Path directory) {
    GitProgram git = new GitProgram(directory);
    try {
      String commit = said(git, "rev-parse", "--verify", "HEAD");
      return commit.isEmpty()
          ? "in no git repository, or one without a commit"
          : commit
              + (said(git, "status", "--porcelain", "--", ".").isEmpty()
                  ? ""
                  : ", with changes that are not committed");
    } catch (HearthException missing) {
      return "not known: " + missing.diagnostics().getFirst().summary();
    }
  }

  /** What git prints; nothing when it refuses. */
  private static String said(GitProgram git, String... arguments) {
    List<String> words = new ArrayList<>(List.of("-c", "core.fsmonitor=false"));
    words.addAll(List.of(arguments));
    GitProgram.Ending ending = git.quietly(words);
    return ending.status() == 0 ? new String(ending.output(), StandardCharsets.UTF_8).strip() : "";
  }
}
