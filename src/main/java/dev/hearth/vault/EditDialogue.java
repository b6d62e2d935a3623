package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;

/** What the person who edits is told and asked. */
public interface EditDialogue {

  /** What becomes of an edit that is not good as it is. */
  enum Choice {
    /** The editor opens again with the same text. */
    AGAIN,
    /** The text is kept, encrypted, in a file of its own; the original stays. */
    DRAFT,
    /** The text is thrown away; the original stays. */
    DROP
  }

  /** Says something that does not stop the edit. */
  void tell(Diagnostic finding);

  /** Shows what is wrong with the text and asks; without a person the answer is a draft. */
  Choice broken(Diagnostic problem);

  /**
   * The editor came back at once without a change, as those do that only hand the file to a window.
   *
   * @return whether the person has now finished in that window; false if there is nobody to ask
   */
  boolean finishedElsewhere();
}
