package dev.hearth.journal;

/** Makes the lines of a journal, each bound to the one before it. */
public final class ChainedLines {

  private String digits;

  /** Lines of a new journal. */
  public ChainedLines() {
    this(Chain.START);
  }

  /**
   * Lines that follow others.
   *
   * @param digits those that the last line ends with
   */
  public ChainedLines(String digits) {
    this.digits = digits;
  }

  /** A line, with its end; it counts when {@link #written} is told. */
  public String line(Entry entry) {
    String object = Codec.write(entry);
    return Chain.line(object, Chain.digits(digits, object));
  }

  /** The line was written: the next one follows it. */
  public void written(String line) {
    digits = line.substring(line.lastIndexOf(' ') + 1, line.length() - 1);
  }
}
