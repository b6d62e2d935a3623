package dev.hearth.template;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.TypeName;
import dev.hearth.template.syntax.TemplateOptions;
import dev.hearth.template.syntax.Walk;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The templar: our own Jinja engine with the language it is given. */
public final class JinjaTemplar implements Templar {

  private final Evaluation.Tools tools;
  private final @Nullable Templar careful;

  /** A templar that knows these names, opens vaulted values so, and sees these surroundings. */
  public JinjaTemplar(Language language, Unsealer unsealer, Surroundings surroundings) {
    this(
        new Evaluation.Tools(
            language, unsealer, surroundings, new Parser(surroundings.extensions())));
  }

  private JinjaTemplar(Evaluation.Tools tools) {
    this(tools, new JinjaTemplar(tools.with(tools.language().careful()), null));
  }

  private JinjaTemplar(Evaluation.Tools tools, @Nullable Templar careful) {
    this.tools = tools;
    this.careful = careful;
  }

  @Override
  public Templar careful() {
    return careful == null ? this : careful;
  }

  @Override
  public Templar noticing(Runnable acted) {
    return new JinjaTemplar(tools.with(tools.language().noticing(acted)), careful);
  }

  @Override
  public String expanded(String path) {
    return tools.surroundings().expanded(path);
  }

  @Override
  public Value resolve(Value raw, Scope scope) {
    if (!Resolver.raw(raw)) {
      return raw;
    }
    return resolve(new Located(raw, place(raw)), scope);
  }

  @Override
  public Value resolve(Located raw, Scope scope) {
    return guarded(raw.at(), scope, evaluation -> finished(evaluation, raw.value()));
  }

  private interface Work<T> {
    T run(Evaluation evaluation);
  }

  /** Runs an evaluation; whatever goes wrong in it is a template's failure with a place. */
  private <T> T guarded(Location at, Scope scope, Work<T> work) {
    Evaluation evaluation = new Evaluation(tools, scope);
    try {
      return work.run(evaluation);
    } catch (PythonError error) {
      throw evaluation.context(new Locator(at, "")).failure(0, error);
    } catch (StackOverflowError tooDeep) {
      throw new TemplateFailure(
          Diagnostic.error(at, "the template is nested too deeply or needs its own value"),
          tooDeep);
    }
  }

  private static Value finished(Evaluation evaluation, Value raw) {
    Value settled = evaluation.settle(raw);
    if (ExpressionEvaluator.isNothing(settled)) {
      throw new PythonError(ExpressionEvaluator.NOTHING.description());
    }
    return evaluation.finish(settled);
  }

  private static Location place(Value raw) {
    List<Location> places = new ArrayList<>();
    collect(raw, places);
    return places.isEmpty() ? Location.startOf(Source.of("a value", "")) : places.getFirst();
  }

  private static void collect(Value value, List<Location> places) {
    switch (value) {
      case Value.Template template -> places.add(template.at());
      case Value.Vaulted sealed -> places.add(sealed.at());
      case Value.Seq seq -> seq.items().forEach(item -> collect(item, places));
      case Value.Dict dict -> dict.entries().values().forEach(item -> collect(item, places));
      default -> {}
    }
  }

  @Override
  public Value opened(Located raw, Scope scope) {
    return guarded(raw.at(), scope, evaluation -> evaluation.settle(raw.value()));
  }

  @Override
  public boolean condition(Located expression, Scope scope) {
    return guarded(
        expression.at(),
        scope,
        evaluation -> Conditions.holds(expression, evaluation, tools.parser()));
  }

  @Override
  public Value evaluate(String expression, Location at, Scope scope) {
    Parser.Single single = tools.parser().expression(expression, at);
    return guarded(
        at,
        scope,
        evaluation ->
            finished(
                evaluation,
                ExpressionEvaluator.evaluate(single.expr(), evaluation.context(single.locator()))));
  }

  @Override
  public Value.Textual renderFile(
      Source file, boolean secret, TemplateOptions options, Scope scope) {
    return guarded(
        Location.startOf(file),
        scope,
        evaluation -> FileRenderer.text(file, secret, options, evaluation));
  }

  @Override
  public List<Value> lookup(
      String name, List<Value> terms, Map<String, Value> options, Location at, Scope scope) {
    return guarded(at, scope, evaluation -> evaluation.loop(name, terms, options));
  }

  @Override
  public LazyMapping view(Scope scope) {
    return new ScopeView(() -> new Evaluation(tools, scope), scope);
  }

  @Override
  public List<Diagnostic> check(Value raw) {
    List<Value.Template> templates = new ArrayList<>();
    ReferenceFinder.templates(raw, templates);
    List<Diagnostic> found = new ArrayList<>();
    for (Value.Template template : templates) {
      checked(found, () -> tools.parser().variable(template), unit -> checkUnit(unit, found));
    }
    return found;
  }

  private void checkUnit(Parser.Unit unit, List<Diagnostic> found) {
    Walk.expressions(unit.body(), new Checker(tools.language(), unit.locator(), found));
  }

  private void checkSingle(Parser.Single single, List<Diagnostic> found) {
    Walk.expression(single.expr(), new Checker(tools.language(), single.locator(), found));
  }

  private static <T> void checked(List<Diagnostic> found, Supplier<T> parse, Consumer<T> check) {
    try {
      check.accept(parse.get());
    } catch (TemplateFailure failure) {
      found.add(failure.diagnostic());
    }
  }

  @Override
  public List<Diagnostic> checkCondition(Located expression) {
    List<Diagnostic> found = new ArrayList<>();
    switch (expression.value()) {
      case Value.Template template when Conditions.wrapped(template) -> {
        return check(template);
      }
      case Value.Template template ->
          checked(
              found,
              () -> Conditions.mixed(template, tools.parser()),
              single -> checkSingle(single, found));
      case Value.Textual text ->
          checked(
              found,
              () -> tools.parser().condition(text.reveal(), expression.at()),
              single -> checkSingle(single, found));
      case Value.Bool bool -> {}
      case Value other when tools.surroundings().brokenConditionals() -> {
        return check(other);
      }
      default ->
          found.add(
              Diagnostic.error(
                      expression.at(),
                      "a condition is an expression or true or false, not a value of type '"
                          + TypeName.of(expression.value())
                          + "'")
                  .next("write the condition as text"));
    }
    return found;
  }

  @Override
  public List<Diagnostic> checkFile(Source file, TemplateOptions options) {
    List<Diagnostic> found = new ArrayList<>();
    checked(found, () -> tools.parser().file(file, options), unit -> checkUnit(unit, found));
    return found;
  }

  @Override
  public List<Reference> references(Value raw) {
    List<Value.Template> templates = new ArrayList<>();
    ReferenceFinder.templates(raw, templates);
    List<Reference> found = new ArrayList<>();
    for (Value.Template template : templates) {
      found.addAll(referencesOf(() -> tools.parser().variable(template)));
    }
    return found;
  }

  private List<Reference> referencesOf(Supplier<Parser.Unit> parse) {
    List<Reference> found = new ArrayList<>();
    checked(
        new ArrayList<>(),
        parse,
        unit -> new ReferenceFinder(tools.language(), unit.locator(), found).template(unit.body()));
    return found;
  }

  @Override
  public List<Reference> referencesOfCondition(Located expression) {
    Supplier<Parser.Single> parse;
    switch (expression.value()) {
      case Value.Template template when !Conditions.wrapped(template) ->
          parse = () -> Conditions.mixed(template, tools.parser());
      case Value.Textual text ->
          parse = () -> tools.parser().condition(text.reveal(), expression.at());
      default -> {
        return references(expression.value());
      }
    }
    List<Reference> found = new ArrayList<>();
    checked(
        new ArrayList<>(),
        parse,
        single ->
            new ReferenceFinder(tools.language(), single.locator(), found)
                .expression(single.expr()));
    return found;
  }

  @Override
  public List<Reference> referencesOfFile(Source file, TemplateOptions options) {
    return referencesOf(() -> tools.parser().file(file, options));
  }
}
