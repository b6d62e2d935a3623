package dev.hearth.template;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.template.syntax.Expr;
import dev.hearth.template.syntax.Extension;
import dev.hearth.template.syntax.Grammar;
import dev.hearth.template.syntax.Node;
import dev.hearth.template.syntax.SyntaxFailure;
import dev.hearth.template.syntax.TemplateOptions;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Parses templates and keeps what it has parsed; forgets all when that gets too much. */
final class Parser {

  private static final int MOST = 20_000;
  private static final String CORRECT = "correct the template at this place";

  private record Key(String source, Location at, Object how) {}

  /**
   * A template and the places in it.
   *
   * @param ends how many line ends the text has at its end; a text result gets as many again
   * @param newline how a line end of the result is written
   */
  record Unit(List<Node> body, Locator locator, int ends, String newline) {

    /** The result with the line ends that parsing took away. */
    Value ended(Value made) {
      if (!(made instanceof Value.Textual text)) {
        return made;
      }
      int missing = ends - lineEnds(text.reveal());
      return missing > 0 ? text.with(text.reveal() + newline.repeat(missing)) : made;
    }
  }

  private static int lineEnds(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '\n') {
      end--;
    }
    return text.length() - end;
  }

  /** An expression and the places in it. */
  record Single(Expr expr, Locator locator) {}

  private final Set<Extension> extensions;
  private final Map<Key, Unit> units = new ConcurrentHashMap<>();
  private final Map<Key, Single> singles = new ConcurrentHashMap<>();

  /**
   * @param extensions the extensions whose statements there are
   */
  Parser(Set<Extension> extensions) {
    this.extensions = extensions;
  }

  /** The template of a variable: in its expressions backslashes are no escapes. */
  Unit variable(Value.Template template) {
    return unit(template.source(), template.at(), TemplateOptions.DEFAULT, false);
  }

  /** A template file. */
  Unit file(Source file, TemplateOptions options) {
    return unit(file.text(), Location.startOf(file), options, true);
  }

  private Unit unit(String source, Location at, TemplateOptions options, boolean escapes) {
    Key key = new Key(source, at, escapes ? options : "variable");
    Unit known = units.get(key);
    if (known != null) {
      return known;
    }
    FileHeader header = FileHeader.read(source, at, options);
    Locator locator = new Locator(at, source, header.length());
    String text = source.substring(header.length());
    Unit made = guarded(locator, () -> parsed(text, header.options(), escapes, locator));
    if (units.size() >= MOST) {
      units.clear();
    }
    units.put(key, made);
    return made;
  }

  private Unit parsed(String text, TemplateOptions options, boolean escapes, Locator locator) {
    List<Node> body =
        Grammar.template(text, options.withKeepTrailingNewline(false), escapes, extensions);
    int ends = options.keepTrailingNewline() ? lineEnds(text.replace("\r", "")) : 0;
    return new Unit(body, locator, ends, options.newline());
  }

  /** An expression without delimiters. */
  Single expression(String source, Location at) {
    return single(source, at, "expression", () -> Grammar.expression(source, true));
  }

  /** A condition without delimiters around it. */
  Single condition(String source, Location at) {
    return single(source, at, "condition", () -> Grammar.condition(source));
  }

  private Single single(String source, Location at, String how, Supplier<Expr> parse) {
    Key key = new Key(source, at, how);
    Single known = singles.get(key);
    if (known != null) {
      return known;
    }
    Locator locator = new Locator(at, source);
    Single made = guarded(locator, () -> new Single(parse.get(), locator));
    if (singles.size() >= MOST) {
      singles.clear();
    }
    singles.put(key, made);
    return made;
  }

  private static <T> T guarded(Locator locator, Supplier<T> parse) {
    try {
      return parse.get();
    } catch (SyntaxFailure failure) {
      Diagnostic found =
          Diagnostic.error(locator.locate(failure.offset()), failure.summary())
              .next(failure.next().isEmpty() ? CORRECT : failure.next());
      throw new TemplateFailure(found, failure);
    } catch (StackOverflowError tooDeep) {
      throw new TemplateFailure(
          Diagnostic.error(locator.locate(0), "the template is nested too deeply"), tooDeep);
    }
  }
}
