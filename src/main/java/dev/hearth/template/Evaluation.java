package dev.hearth.template;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.diag.Nearest;
import dev.hearth.diag.Source;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Taint;
import dev.hearth.template.python.UndefinedUse;
import dev.hearth.template.syntax.TemplateOptions;
import dev.hearth.value.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One evaluation: the scope it reads and the templates of variables that it is inside of. */
final class Evaluation implements Engine {

  private static final int DEEPEST = 100;
  private static final Pattern NAME = Pattern.compile("'(\\w+)' is undefined");

  /** What all evaluations of a templar share. */
  record Tools(Language language, Unsealer unsealer, Surroundings surroundings, Parser parser) {

    /** The same with another language. */
    Tools with(Language other) {
      return new Tools(other, unsealer, surroundings, parser);
    }
  }

  private final Tools tools;
  private final Scope scope;
  private final Deque<Value.Template> open;
  private final Resolver resolver = new Resolver(this);
  private int depth;

  Evaluation(Tools tools, Scope scope) {
    this.tools = tools;
    this.scope = scope;
    this.open = new ArrayDeque<>();
  }

  @Override
  public Scope scope() {
    return scope;
  }

  @Override
  public Surroundings surroundings() {
    return tools.surroundings();
  }

  @Override
  public Language language() {
    return tools.language();
  }

  /**
   * Tells a secret text that an expression or a step of one gave. One of several lines is made of
   * others: each of its lines taken for a secret would hide half of the output.
   */
  void tell(Value given) {
    if (given instanceof Value.Secret secret && secret.reveal().strip().indexOf('\n') < 0) {
      surroundings().secrets().accept(secret);
    }
  }

  Parser parser() {
    return tools.parser();
  }

  /** A raw value opened as far as its first level: templates evaluated, vaulted values opened. */
  Value settle(Value raw) {
    return switch (raw) {
      case Value.Template template -> variable(template);
      case Value.Vaulted sealed -> tools.unsealer().open(sealed);
      default -> raw;
    };
  }

  /** A value with everything in it settled; undefined parts stay. */
  Value resolveDeep(Value value) {
    return resolver.deep(value);
  }

  /** A result as it leaves the language: plain data, nothing undefined, omitted items gone. */
  Value finish(Value value) {
    return resolver.finish(value);
  }

  /** The same in the middle of a text, where a range and a group of groupby print as they are. */
  Value finishForText(Value value) {
    return resolver.finishForText(value);
  }

  /** The value of a variable's template. What fails for want of a variable is itself undefined. */
  private Value variable(Value.Template template) {
    if (open.contains(template)) {
      throw new TemplateFailure(
          Diagnostic.error(template.at(), "this template needs its own value")
              .because("recursive loop: " + loop(template))
              .next("give the variable another name than the one it is made from"));
    }
    open.push(template);
    int level = depth;
    try {
      Value made = render(template);
      return template.secret() ? Taint.secret(resolveDeep(made)) : made;
    } catch (UndefinedFailure failure) {
      return new Value.Undefined(
          failure.diagnostic().summary(), failure.diagnostic().at().orElse(template.at()));
    } catch (UndefinedUse use) {
      return use.undefined();
    } finally {
      open.pop();
      depth = level;
    }
  }

  private String loop(Value.Template last) {
    StringBuilder chain = new StringBuilder();
    open.descendingIterator()
        .forEachRemaining(
            template -> {
              if (!chain.isEmpty() || template.equals(last)) {
                chain.append(template).append(" (").append(template.at()).append(") -> ");
              }
            });
    return chain.append(last).toString();
  }

  /** Whether conditions may be of any type, as before 2.19. */
  boolean takesBrokenConditions() {
    return tools.surroundings().brokenConditionals();
  }

  /** Evaluates a template of a variable in a fresh frame. */
  Value render(Value.Template template) {
    Parser.Unit unit = parser().variable(template);
    deeper(template.at());
    try {
      Context context = context(unit.locator());
      return unit.ended(StatementEvaluator.run(unit.body(), context).value(this));
    } finally {
      rise();
    }
  }

  Context context(Locator locator) {
    return new Context(this, locator, new Frame(null), new Blocks(), false);
  }

  void deeper(Location at) {
    depth++;
    if (depth > DEEPEST) {
      throw new TemplateFailure(
          Diagnostic.error(at, "templates call each other too deeply")
              .because("more than " + DEEPEST + " variables, macros or includes inside each other")
              .next("look for a variable or macro that needs itself"));
    }
  }

  void rise() {
    depth--;
  }

  int depth() {
    return depth;
  }

  /** This evaluation's tools and depth on another scope. */
  Evaluation on(Scope other) {
    Evaluation evaluation = new Evaluation(tools, other);
    evaluation.depth = depth + 1;
    if (evaluation.depth > DEEPEST) {
      throw new PythonError("templates call each other too deeply");
    }
    return evaluation;
  }

  UndefinedFailure undefined(Value.Undefined undefined, Location otherwise) {
    Location at = undefined.at() == null ? otherwise : undefined.at();
    Diagnostic found = Diagnostic.error(at, undefined.description());
    Matcher name = NAME.matcher(undefined.description());
    if (name.matches()) {
      found =
          found.next(
              Nearest.hint(
                  name.group(1),
                  scope.names(),
                  "define it, or write {{ " + name.group(1) + " | default(…) }}"));
    }
    return new UndefinedFailure(found);
  }

  @Override
  public Value resolve(Value raw) {
    return resolveDeep(raw);
  }

  @Override
  public Value filter(String name, Value input, List<Value> positional, Map<String, Value> named) {
    Filter filter = language().filter(name);
    if (filter == null) {
      throw new PythonError(
          "needs a filter that exists, there is no '"
              + name
              + "': "
              + Nearest.hint(name, language().filters().keySet(), "check the name"));
    }
    return apply(filter, resolveDeep(input), positional, named);
  }

  /** Applies a filter; undefined input or arguments make an undefined result, as in 2.19. */
  Value apply(Filter filter, Value input, List<Value> positional, Map<String, Value> named) {
    if (!filter.takesUndefined()) {
      Value.Undefined missing = undefinedAmong(input, positional, named);
      if (missing != null) {
        return missing;
      }
    }
    Call call = new Call(this, input, filter.signature().bind(positional, named));
    Value made = filter.body().apply(call);
    if (filter.passesThrough()) {
      return made;
    }
    boolean tainted =
        Taint.in(input)
            || positional.stream().anyMatch(Taint::in)
            || named.values().stream().anyMatch(Taint::in);
    return tainted ? Taint.secret(made) : made;
  }

  private static Value.@org.jspecify.annotations.Nullable Undefined undefinedAmong(
      Value input, List<Value> positional, Map<String, Value> named) {
    if (input instanceof Value.Undefined undefined) {
      return undefined;
    }
    for (Value value : positional) {
      if (value instanceof Value.Undefined undefined) {
        return undefined;
      }
    }
    for (Value value : named.values()) {
      if (value instanceof Value.Undefined undefined) {
        return undefined;
      }
    }
    return null;
  }

  @Override
  public boolean test(String name, Value input, List<Value> positional, Map<String, Value> named) {
    Test test = language().test(name);
    if (test == null) {
      throw new PythonError(
          "needs a test that exists, there is no '"
              + name
              + "': "
              + Nearest.hint(name, language().tests().keySet(), "check the name"));
    }
    Value answer = ask(test, resolveDeep(input), positional, named);
    if (answer instanceof Value.Undefined undefined) {
      throw new UndefinedUse(undefined);
    }
    return answer.equals(Value.Bool.TRUE);
  }

  /** Asks a test: true, false, or undefined. */
  Value ask(Test test, Value input, List<Value> positional, Map<String, Value> named) {
    if (!test.takesUndefined()) {
      Value.Undefined missing = undefinedAmong(input, positional, named);
      if (missing != null) {
        return missing;
      }
    }
    Call call = new Call(this, input, test.signature().bind(positional, named));
    return Value.bool(test.body().holds(call));
  }

  @Override
  public List<Value> lookup(String name, List<Value> terms, Map<String, Value> options) {
    return Lookups.run(this, name, terms, options, false);
  }

  /** The items of a {@code with_} loop. */
  List<Value> loop(String name, List<Value> terms, Map<String, Value> options) {
    return Lookups.run(this, name, terms, options, true);
  }

  @Override
  public Value item(Value value, Value key) {
    if (value instanceof Value.Undefined) {
      return value;
    }
    Value found = Access.find(value, key, this);
    return found != null
        ? found
        : new Value.Undefined(
            "object of type '"
                + dev.hearth.template.python.TypeName.of(value)
                + "' has no attribute "
                + (key instanceof Value.Text text ? "'" + text.value() + "'" : "with that key"),
            null);
  }

  @Override
  public Value variable(String name) {
    Value found = scope.find(name);
    return found == null ? new Value.Undefined("'" + name + "' is undefined", null) : settle(found);
  }

  @Override
  public Value.Secret unseal(Value.Vaulted sealed) {
    return tools.unsealer().open(sealed);
  }

  @Override
  public Value render(
      Source file, boolean secret, TemplateOptions options, Map<String, Value> variables) {
    Evaluation inner = variables.isEmpty() ? this : on(scope.with(variables));
    return FileRenderer.render(file, secret, options, inner);
  }
}
