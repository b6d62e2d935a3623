package dev.hearth.template.syntax;

import dev.hearth.template.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts a template into data and tags, with Jinja's rules for whitespace around tags. */
final class Lexer {

  private final String source;
  private final TemplateOptions options;
  private final boolean escapes;
  private final LineMarks lines;
  private final List<Token> tokens = new ArrayList<>();
  private int position;
  private boolean lineStarts = true;

  /**
   * @param escapes whether backslashes in strings of expressions are escapes; in YAML values they
   *     are not
   */
  Lexer(String source, TemplateOptions options, boolean escapes) {
    this.source = source;
    this.options = options;
    this.escapes = escapes;
    this.lines = new LineMarks(source, options.lines());
  }

  /** All tokens, the last one being {@link Kind#END}. */
  List<Token> tokens() {
    while (position < source.length()) {
      int tag = nextTag(position);
      Optional<LineMarks.Mark> line = lines.next(position);
      if (line.isPresent() && (tag < 0 || line.get().start() <= tag)) {
        line(line.get());
      } else if (tag < 0) {
        data(position, source.length());
        position = source.length();
      } else {
        tag(tag);
      }
    }
    tokens.add(new Token(Kind.END, "", source.length()));
    return tokens;
  }

  /** The tokens of a bare expression. */
  List<Token> expression() {
    WordLexer words = new WordLexer(source, escapes, tokens);
    int end = words.run(0, "");
    tokens.add(new Token(Kind.END, "", end));
    return tokens;
  }

  /** A statement that takes a whole line, or a comment up to the end of one. */
  private void line(LineMarks.Mark mark) {
    int inside = mark.inside();
    char sign = inside < source.length() ? source.charAt(inside) : ' ';
    boolean signed = sign == '-' || sign == '+';
    leadingData(mark.start(), signed ? sign : '+', Kind.BLOCK_BEGIN);
    inside += signed ? 1 : 0;
    if (mark.comment()) {
      int end = source.indexOf('\n', inside);
      position = end < 0 ? source.length() : end;
      lineStarts = false;
      return;
    }
    tokens.add(new Token(Kind.BLOCK_BEGIN, "", mark.start()));
    int end = new WordLexer(source, true, tokens).line(inside);
    tokens.add(new Token(Kind.BLOCK_END, "", end));
    position = LineMarks.behindBlanks(source, end);
    lineStarts = true;
  }

  private int nextTag(int from) {
    Delimiters marks = options.delimiters();
    int first = -1;
    for (String mark : List.of(marks.commentStart(), marks.blockStart(), marks.variableStart())) {
      int found = source.indexOf(mark, from);
      if (found >= 0 && (first < 0 || found < first)) {
        first = found;
      }
    }
    return first;
  }

  /** The tag that starts here: where two delimiters begin alike, the longer one wins. */
  private void tag(int start) {
    Delimiters marks = options.delimiters();
    Kind kind = Kind.END;
    String opening = "";
    if (source.startsWith(marks.variableStart(), start)) {
      kind = Kind.VARIABLE_BEGIN;
      opening = marks.variableStart();
    }
    if (source.startsWith(marks.blockStart(), start)
        && marks.blockStart().length() > opening.length()) {
      kind = Kind.BLOCK_BEGIN;
      opening = marks.blockStart();
    }
    if (source.startsWith(marks.commentStart(), start)
        && marks.commentStart().length() > opening.length()) {
      kind = Kind.DATA;
      opening = marks.commentStart();
    }
    int inside = start + opening.length();
    char sign = inside < source.length() ? source.charAt(inside) : ' ';
    leadingData(start, sign, kind);
    if (sign == '-' || (sign == '+' && kind != Kind.VARIABLE_BEGIN)) {
      inside++;
    }
    switch (kind) {
      case VARIABLE_BEGIN -> variable(start, inside);
      case BLOCK_BEGIN -> block(start, inside);
      default -> comment(start, inside);
    }
  }

  /** The text before a tag, without the whitespace that the tag takes away. */
  private void leadingData(int end, char sign, Kind kind) {
    int stop = end;
    if (sign == '-') {
      while (stop > position && Character.isWhitespace(source.charAt(stop - 1))) {
        stop--;
      }
    } else if (sign != '+' && kind != Kind.VARIABLE_BEGIN && options.lstripBlocks()) {
      int line = source.lastIndexOf('\n', end - 1) + 1;
      int from = Math.max(line, position);
      boolean atLineStart = line > position || position == 0 || lineStarts;
      if (atLineStart && source.substring(from, end).isBlank()) {
        stop = from;
      }
    }
    data(position, stop);
  }

  private void data(int from, int to) {
    if (to > from) {
      String text = source.substring(from, to);
      boolean other = !options.newline().equals("\n");
      tokens.add(new Token(Kind.DATA, other ? text.replace("\n", options.newline()) : text, from));
    }
  }

  private void variable(int start, int inside) {
    tokens.add(new Token(Kind.VARIABLE_BEGIN, "", start));
    String close = options.delimiters().variableEnd();
    int end = new WordLexer(source, escapes, tokens).run(inside, close);
    requireClosed(end, start, close, "expression");
    boolean strip = source.charAt(end) == '-';
    tokens.add(new Token(Kind.VARIABLE_END, "", end));
    leave(end + (strip ? 1 : 0) + close.length(), strip, false);
  }

  private void block(int start, int inside) {
    if (rawTag(inside, "raw") >= 0) {
      raw(start, rawTag(inside, "raw"));
      return;
    }
    tokens.add(new Token(Kind.BLOCK_BEGIN, "", start));
    String close = options.delimiters().blockEnd();
    int end = new WordLexer(source, true, tokens).run(inside, close);
    requireClosed(end, start, close, "statement");
    tokens.add(new Token(Kind.BLOCK_END, "", end));
    closeTag(end, close);
  }

  private void requireClosed(int end, int start, String close, String what) {
    if (end >= source.length()) {
      throw new SyntaxFailure(start, "the " + what + " is not closed", "end it with " + close);
    }
  }

  private void closeTag(int end, String close) {
    char sign = source.charAt(end);
    boolean signed = sign == '-' || sign == '+';
    leave(
        end + (signed ? 1 : 0) + close.length(), sign == '-', options.trimBlocks() && sign != '+');
  }

  /** Goes on behind a tag, without the whitespace that it takes away. */
  private void leave(int after, boolean strip, boolean trimLine) {
    position = after;
    if (strip) {
      while (position < source.length() && Character.isWhitespace(source.charAt(position))) {
        position++;
      }
    } else if (trimLine && position < source.length() && source.charAt(position) == '\n') {
      position++;
    }
    lineStarts = position > 0 && source.charAt(position - 1) == '\n';
  }

  private void comment(int start, int inside) {
    String close = options.delimiters().commentEnd();
    int end = source.indexOf(close, inside);
    if (end < 0) {
      throw new SyntaxFailure(start, "the comment is not closed", "end it with " + close);
    }
    char sign = end > inside ? source.charAt(end - 1) : ' ';
    leave(end + close.length(), sign == '-', options.trimBlocks() && sign != '+');
  }

  /** Where a {@code raw} or {@code endraw} tag's name ends, or -1 when it is another tag. */
  private int rawTag(int inside, String name) {
    int i = inside;
    while (i < source.length() && Character.isWhitespace(source.charAt(i))) {
      i++;
    }
    if (!source.startsWith(name, i)) {
      return -1;
    }
    i += name.length();
    while (i < source.length() && Character.isWhitespace(source.charAt(i))) {
      i++;
    }
    String close = options.delimiters().blockEnd();
    int sign = i < source.length() && "-+".indexOf(source.charAt(i)) >= 0 ? 1 : 0;
    return source.startsWith(close, i + sign) ? i : -1;
  }

  private void raw(int start, int nameEnd) {
    String close = options.delimiters().blockEnd();
    char sign = source.charAt(nameEnd);
    boolean signed = sign == '-' || sign == '+';
    leave(nameEnd + (signed ? 1 : 0) + close.length(), sign == '-', false);
    String open = options.delimiters().blockStart();
    int from = position;
    for (int tag = source.indexOf(open, from); tag >= 0; tag = source.indexOf(open, tag + 1)) {
      int inside = tag + open.length();
      char strip = inside < source.length() ? source.charAt(inside) : ' ';
      int name = rawTag(inside + (strip == '-' || strip == '+' ? 1 : 0), "endraw");
      if (name >= 0) {
        leadingData(tag, strip, Kind.BLOCK_BEGIN);
        closeTag(name, close);
        return;
      }
    }
    throw new SyntaxFailure(start, "the raw block is not closed", "end it with {% endraw %}");
  }
}
