package dev.hearth.connection;

/**
 * Hears what a running program writes. Calls for one stream come one after the other and in order;
 * standard output and standard error may come from two threads. The methods return at once and keep
 * nothing of the buffer.
 */
public interface Receiver {

  /** Bytes of the standard output. */
  void stdout(byte[] buffer, int offset, int length);

  /** Bytes of the standard error. */
  void stderr(byte[] buffer, int offset, int length);

  /** Nothing more will come. Called at least once; only the first reason counts. */
  void ended(String reason);
}
