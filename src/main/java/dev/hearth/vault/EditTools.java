package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import java.time.Clock;
import java.util.Optional;

/**
 * What an edit works with.
 *
 * @param files changes files
 * @param places where the plain text may lie
 * @param editor lets the person change it
 * @param dialogue tells and asks the person
 * @param check says what is wrong with a text
 * @param clock names drafts
 */
public record EditTools(
    FileLayer files,
    ScratchPlaces places,
    Editor editor,
    EditDialogue dialogue,
    Check check,
    Clock clock) {

  /** Says what is wrong with a text before it is encrypted. */
  @FunctionalInterface
  public interface Check {

    /**
     * The first thing that is wrong.
     *
     * @param name the name of the file, whose ending says what it has to be
     * @param plain its new content
     */
    Optional<Diagnostic> problem(String name, byte[] plain);
  }
}
