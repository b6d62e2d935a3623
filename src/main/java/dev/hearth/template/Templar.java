package dev.hearth.template;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.template.syntax.TemplateOptions;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;

/**
 * Evaluates templates as ansible-core 2.19 does: native types, strict about undefined values, never
 * twice. Safe for use by several threads; templates are parsed once.
 *
 * <p>Every method that evaluates throws {@link TemplateFailure} ({@link UndefinedFailure} when the
 * reason is something undefined) with the place inside the template.
 */
public interface Templar {

  /**
   * The value with every template and vaulted value in it replaced by what it stands for, to any
   * depth. A template that is a single expression keeps that expression's type; anything else makes
   * text. {@code omit} stays {@link Value#OMIT} when it is the whole result and disappears from
   * lists and mappings. Data without templates is returned as it is. What is made from a secret is
   * a secret.
   */
  Value resolve(Value raw, Scope scope);

  /** The same for a value with its place. */
  default Value resolve(Located raw, Scope scope) {
    return resolve(raw.value(), scope);
  }

  /**
   * The value evaluated as far as its first list or mapping, whose items stay as they are written;
   * something undefined stays so.
   */
  Value opened(Located raw, Scope scope);

  /**
   * Whether a condition ({@code when}, {@code that}, {@code until}, {@code changed_when}, {@code
   * failed_when}) holds: an expression without delimiters, or a boolean. As in 2.19, a result that
   * is not a boolean is an error. A template around the whole condition may give a text that the
   * user wrote ({@link Value.Textual#trusted}), which then is the condition; other text never is.
   */
  boolean condition(Located expression, Scope scope);

  /** {@link Surroundings#expanded} for the surroundings that templates see. */
  String expanded(String path);

  /** The value of an expression written without delimiters, which must be the user's own. */
  Value evaluate(String expression, Location at, Scope scope);

  /**
   * The text that a template file makes. The {@code #jinja2:} line, if the file has one, overrides
   * the options. A result that is no text is written as {@code template} writes it.
   *
   * @param secret whether the file was encrypted, so that the result is a secret
   */
  Value.Textual renderFile(Source file, boolean secret, TemplateOptions options, Scope scope);

  /**
   * What a lookup finds, as {@code query()} and the {@code with_} loops give it.
   *
   * @param name the lookup's name, short or full
   * @param terms its positional arguments; raw, resolved here
   * @param options its keyword arguments; raw, resolved here
   */
  List<Value> lookup(
      String name, List<Value> terms, Map<String, Value> options, Location at, Scope scope);

  /**
   * The same, but a lookup that may change something or takes its time (runs a program, asks a
   * server, writes a password file) throws {@link Postponed} instead: for values that are perhaps
   * never needed.
   */
  Templar careful();

  /**
   * The same, which says so whenever such a lookup was run: what was known of hosts before may be
   * wrong after it.
   */
  Templar noticing(Runnable acted);

  /**
   * Another scope as a mapping whose values are resolved in that scope, such as one of hostvars.
   */
  LazyMapping view(Scope scope);

  /**
   * What is wrong with the templates inside a value as far as it can be known without evaluating:
   * syntax, and filters, tests and lookups that do not exist.
   */
  List<Diagnostic> check(Value raw);

  /** The same for a condition. */
  List<Diagnostic> checkCondition(Located expression);

  /** The same for a template file. */
  List<Diagnostic> checkFile(Source file, TemplateOptions options);

  /**
   * The variables that the templates inside a value read. Names that the template itself makes
   * (loop variables, {@code set}, macros and their arguments) and the language's own functions are
   * not among them. A text that cannot be parsed has none; {@link #check} tells why.
   */
  List<Reference> references(Value raw);

  /** The same for a condition. */
  List<Reference> referencesOfCondition(Located expression);

  /** The same for a template file. */
  List<Reference> referencesOfFile(Source file, TemplateOptions options);
}
