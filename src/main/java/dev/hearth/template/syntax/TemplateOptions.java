package dev.hearth.template.syntax;

/**
 * How a template is read: the options of Ansible's {@code template} module, which a {@code
 * #jinja2:} line at the top of a file overrides.
 *
 * @param trimBlocks whether the line end right after a block tag is removed
 * @param lstripBlocks whether blanks before a block tag at the start of a line are removed
 * @param newline the line end of the result: {@code \n}, {@code \r\n} or {@code \r}
 * @param keepTrailingNewline whether the last line end of the text is kept
 * @param delimiters what begins and ends statements, expressions and comments
 * @param lines what makes a whole line a statement or the rest of one a comment
 */
public record TemplateOptions(
    boolean trimBlocks,
    boolean lstripBlocks,
    String newline,
    boolean keepTrailingNewline,
    Delimiters delimiters,
    Lines lines) {

  /**
   * What a line begins with that is a statement, and what a comment up to the end of the line
   * begins with; each empty for none.
   */
  public record Lines(String statement, String comment) {
    /** Neither. */
    public static final Lines NONE = new Lines("", "");
  }

  /** Ansible's defaults for templates in variables and in files. */
  public static final TemplateOptions DEFAULT =
      new TemplateOptions(true, false, "\n", true, Delimiters.JINJA, Lines.NONE);

  /** The same with another rule for the line end after a block tag. */
  public TemplateOptions withTrimBlocks(boolean trim) {
    return new TemplateOptions(trim, lstripBlocks, newline, keepTrailingNewline, delimiters, lines);
  }

  /** The same with another rule for blanks before a block tag. */
  public TemplateOptions withLstripBlocks(boolean lstrip) {
    return new TemplateOptions(trimBlocks, lstrip, newline, keepTrailingNewline, delimiters, lines);
  }

  /** The same with another line end for the result. */
  public TemplateOptions withNewline(String sequence) {
    return new TemplateOptions(
        trimBlocks, lstripBlocks, sequence, keepTrailingNewline, delimiters, lines);
  }

  /** The same with another rule for the last line end. */
  public TemplateOptions withKeepTrailingNewline(boolean keep) {
    return new TemplateOptions(trimBlocks, lstripBlocks, newline, keep, delimiters, lines);
  }

  /** The same with other delimiters. */
  public TemplateOptions withDelimiters(Delimiters others) {
    return new TemplateOptions(
        trimBlocks, lstripBlocks, newline, keepTrailingNewline, others, lines);
  }

  /** The same with other marks of lines. */
  public TemplateOptions withLines(Lines others) {
    return new TemplateOptions(
        trimBlocks, lstripBlocks, newline, keepTrailingNewline, delimiters, others);
  }
}
