package dev.hearth.connection;

import java.io.OutputStream;

/**
 * A running remote (or local) program: we write to its standard input, a {@link Receiver} hears the
 * rest.
 */
public interface ShellChannel extends AutoCloseable {

  /** The program's standard input. Writing may wait until the program reads. */
  OutputStream stdin();

  /**
   * Closes the program's standard input and lets go of it. Does not wait and does nothing the
   * second time. The receiver is told that the program ended.
   */
  @Override
  void close();
}
