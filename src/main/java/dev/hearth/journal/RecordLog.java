package dev.hearth.journal;

/** Where the records of one run, or of one host in it, are appended. */
public interface RecordLog extends AutoCloseable {

  /**
   * Appends one record. It is there for good when this returns, if something is to follow from it;
   * what is over may only be there for good with the next of those.
   *
   * @throws dev.hearth.diag.HearthException when that fails; the record then does not count
   */
  void append(Entry entry);

  @Override
  void close();
}
