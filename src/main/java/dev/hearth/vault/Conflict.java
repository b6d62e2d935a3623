package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Location;
import dev.hearth.vault.strong.StrongText;
import java.util.List;

/** What version control leaves in a file that it could not merge. */
final class Conflict {

  private static final List<String> MARKERS = List.of("<<<<<<<", "|||||||", "=======", ">>>>>>>");

  private Conflict() {}

  /** Whether a file starts with a conflict around the headers of encrypted texts. */
  static boolean isAround(String text) {
    return text.startsWith(MARKERS.getFirst())
        && (text.contains("\n" + Envelope.MAGIC) || text.contains("\n" + StrongText.MAGIC));
  }

  /** Refuses an encrypted text with a marker in it. */
  static void refuse(String text, Location at) {
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      if (MARKERS.stream().anyMatch(line::startsWith)) {
        throw told(at.plus(number, 0)).failure();
      }
      number++;
    }
  }

  static Diagnostic told(Location at) {
    return Diagnostic.error(at, "there is an unresolved merge conflict in the encrypted text")
        .exit(ExitCode.VAULT_CORRUPT)
        .because("encrypted texts cannot be merged line by line")
        .next(
            "take one side whole (git checkout --ours FILE or --theirs FILE), then change what the"
                + " other side changed; 'hearth vault install-git' lets git merge what is inside");
  }
}
