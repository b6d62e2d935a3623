package dev.hearth.receipt;

import dev.hearth.diag.HearthException;

/**
 * A run does nothing more on a host: another run has it, or what it does there cannot be written
 * down. No {@code ignore_errors} makes that good.
 */
public final class Barred extends HearthException {

  private static final long serialVersionUID = 1L;

  Barred(HearthException why) {
    super(why.diagnostics());
  }
}
