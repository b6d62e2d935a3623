package dev.hearth.template;

import dev.hearth.diag.Source;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Sequences;
import dev.hearth.template.python.TypeName;
import dev.hearth.template.python.UndefinedUse;
import dev.hearth.template.syntax.Node;
import dev.hearth.template.syntax.TemplateOptions;
import dev.hearth.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings in other template files: include, import, from, extends. */
final class Reuse {

  private Reuse() {}

  static void include(Node.Include include, Context context, Pieces pieces) {
    Value name = ExpressionEvaluator.whole(include.name(), context);
    Parser.Unit unit;
    try {
      unit = load(name, context);
    } catch (MissingTemplate missing) {
      if (include.ignoreMissing()) {
        return;
      }
      throw missing;
    }
    Context inner = fresh(unit, context, include.withContext());
    context.evaluation().deeper(context.locate(include.at()));
    inner.blocks().register(unit.body(), unit.locator());
    Inheritance.body(unit.body(), inner, pieces);
    context.evaluation().rise();
  }

  static void importAll(Node.Import node, Context context) {
    Map<String, Value> names = module(node.name(), node.withContext(), node.at(), context);
    context.frame().set(node.alias(), new NamespaceObject(names));
  }

  static void importNames(Node.FromImport node, Context context) {
    Map<String, Value> names = module(node.name(), node.withContext(), node.at(), context);
    for (Node.Alias alias : node.names()) {
      Value found = names.get(alias.name());
      context
          .frame()
          .set(
              alias.alias(),
              found != null
                  ? found
                  : context.missing(
                      node.at(), "the template does not export '" + alias.name() + "'"));
    }
  }

  /** The names that a template sets at its top level. */
  private static Map<String, Value> module(
      dev.hearth.template.syntax.Expr name, boolean withContext, int at, Context context) {
    Parser.Unit unit = load(ExpressionEvaluator.whole(name, context), context);
    Context inner = fresh(unit, context, withContext);
    context.evaluation().deeper(context.locate(at));
    StatementEvaluator.run(unit.body(), inner);
    context.evaluation().rise();
    Map<String, Value> names = new LinkedHashMap<>(inner.frame().own());
    names.remove("self");
    names.keySet().removeIf(one -> one.startsWith("_"));
    return names;
  }

  private static Context fresh(Parser.Unit unit, Context context, boolean withContext) {
    Frame frame = new Frame(withContext ? context.frame() : null);
    return new Context(
        context.evaluation(),
        unit.locator(),
        frame,
        new Blocks(),
        !withContext || context.isolated());
  }

  /** No candidate exists. */
  private static final class MissingTemplate extends PythonError {
    private static final long serialVersionUID = 1L;

    MissingTemplate(String message) {
      super(message);
    }
  }

  /** Reads and parses a template by its name, or the first of several names that exists. */
  static Parser.Unit load(Value name, Context context) {
    if (name instanceof Value.Undefined undefined) {
      throw new UndefinedUse(undefined);
    }
    List<Value> choices = Sequences.view(name);
    List<String> tried = new ArrayList<>();
    for (Value choice : choices == null ? List.of(name) : choices) {
      if (!(choice instanceof Value.Textual text)) {
        throw new PythonError(
            "a template is named by text, not by a value of type '" + TypeName.of(choice) + "'");
      }
      for (Path place : places(text.reveal(), context)) {
        if (Files.isRegularFile(place)) {
          return read(place, context);
        }
        tried.add(place.toString());
      }
    }
    throw new MissingTemplate(
        "the template is not found; searched: "
            + (tried.isEmpty() ? "no directory" : String.join(", ", tried)));
  }

  /** Beside the template that names it first, then along the search path. */
  private static List<Path> places(String name, Context context) {
    List<Path> places = new ArrayList<>();
    Path here = Path.of(context.locator().start().source().name());
    Path directory = here.getParent();
    if (directory != null && here.isAbsolute()) {
      places.add(directory.resolve(name).normalize());
    }
    places.addAll(context.evaluation().scope().searchPath().candidates("templates", name));
    return places;
  }

  private static Parser.Unit read(Path file, Context context) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException unreadable) {
      throw new PythonError("the template " + file + " cannot be read: " + unreadable.getMessage());
    }
    Source source = new Source(file.toString(), text);
    TemplateOptions inner = TemplateOptions.DEFAULT.withKeepTrailingNewline(false);
    return context.evaluation().parser().file(source, inner);
  }
}
