package dev.hearth.template;

import dev.hearth.diag.Source;
import dev.hearth.template.syntax.TemplateOptions;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;

/** What filters, tests, lookups and functions may ask of the evaluation that they are part of. */
public interface Engine {

  /** The variables. */
  Scope scope();

  /** The machine and the moment. */
  Surroundings surroundings();

  /** The names of the language. */
  Language language();

  /** A value with all templates and vaulted values in it resolved. */
  Value resolve(Value raw);

  /** Applies another filter. */
  Value filter(String name, Value input, List<Value> positional, Map<String, Value> named);

  /** Asks another test. */
  boolean test(String name, Value input, List<Value> positional, Map<String, Value> named);

  /** Runs a lookup with all that {@code query} allows. */
  List<Value> lookup(String name, List<Value> terms, Map<String, Value> options);

  /** {@code value[key]} as an expression reads it; undefined when there is none. */
  Value item(Value value, Value key);

  /** The variable of that name, resolved; undefined when there is none. */
  Value variable(String name);

  /** Opens an encrypted text. */
  Value.Secret unseal(Value.Vaulted sealed);

  /** What another template file makes, with its own type when it is a single expression. */
  Value render(Source file, boolean secret, TemplateOptions options, Map<String, Value> variables);
}
