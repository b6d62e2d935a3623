package dev.hearth.receipt;

import dev.hearth.journal.RecordLog;
import java.time.Duration;

/** Where the notes of one host go. */
interface Book {

  /**
   * Lets this run write about the host, and no other.
   *
   * @param patience how long to wait for another run
   */
  void lease(Duration patience);

  /** Begins the journal. */
  RecordLog begin();

  /** Others may write about the host. */
  void release();
}
