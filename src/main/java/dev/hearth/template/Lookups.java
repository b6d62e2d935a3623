package dev.hearth.template;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Nearest;
import dev.hearth.template.python.Mappings;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Sequences;
import dev.hearth.template.python.Taint;
import dev.hearth.template.python.Truth;
import dev.hearth.template.python.UndefinedUse;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions {@code lookup}, {@code query} and {@code q}. */
public final class Lookups {

  private Lookups() {}

  /** {@code query(name, terms…)}: always a list, or what is undefined among the terms. */
  public static Value query(Engine engine, List<Value> positional, Map<String, Value> named) {
    Map<String, Value> options = new LinkedHashMap<>(named);
    options.put("wantlist", Value.Bool.TRUE);
    return lookup(engine, positional, options);
  }

  /**
   * {@code lookup(name, terms…)}: several texts are joined with commas, one result stands for
   * itself; {@code wantlist=true} makes it a list. What is undefined makes an undefined result.
   */
  public static Value lookup(Engine engine, List<Value> positional, Map<String, Value> named) {
    Map<String, Value> options = new LinkedHashMap<>(named);
    Value wanted = options.remove("wantlist");
    boolean list = wanted != null && Truth.of(wanted);
    boolean strict = !lenient(options.remove("errors"));
    if (positional.isEmpty() || positional.getFirst() instanceof Value.Undefined) {
      throw positional.isEmpty()
          ? new PythonError("a lookup needs its name as the first argument")
          : new UndefinedUse((Value.Undefined) positional.getFirst());
    }
    if (!(positional.getFirst() instanceof Value.Textual name)) {
      throw new PythonError("a lookup needs its name as the first argument");
    }
    require(engine.language(), name.reveal());
    List<Value> found;
    try {
      found = engine.lookup(name.reveal(), positional.subList(1, positional.size()), options);
    } catch (UndefinedUse use) {
      return use.undefined();
    } catch (PythonError | TemplateFailure | HearthException failure) {
      if (strict) {
        throw failure;
      }
      passedOver(engine, named, name.reveal());
      return list ? new Value.Seq(List.of()) : Value.NULL;
    }
    if (list) {
      return new Value.Seq(found);
    }
    if (!found.isEmpty() && found.stream().allMatch(Value.Textual.class::isInstance)) {
      String text = String.join(",", found.stream().map(Printed::str).toList());
      return Taint.spread(Value.text(text), found.toArray(Value[]::new));
    }
    return found.size() == 1 ? found.getFirst() : new Value.Seq(found);
  }

  private static Lookup require(Language language, String name) {
    Lookup lookup = language.lookup(name);
    if (lookup == null) {
      throw new PythonError(
          "there is no lookup '"
              + name
              + "': "
              + Nearest.hint(name, language.lookups().keySet(), "check the name"));
    }
    return lookup;
  }

  /** Runs a lookup; {@code errors} says whether a failure counts. */
  static List<Value> run(
      Evaluation evaluation,
      String name,
      List<Value> terms,
      Map<String, Value> named,
      boolean loop) {
    Map<String, Value> options = new LinkedHashMap<>(named);
    boolean strict = !lenient(options.remove("errors"));
    Lookup lookup = require(evaluation.language(), name);
    List<Value> resolved = new ArrayList<>();
    terms.forEach(term -> resolved.add(evaluation.resolveDeep(term)));
    options.replaceAll((key, value) -> evaluation.resolveDeep(value));
    if (!lookup.takesUndefined()) {
      Signature.requireDefined(resolved);
      Signature.requireDefined(options.values());
    }
    if (!lookup.signature().keywords()) {
      options.keySet().retainAll(lookup.signature().names());
    }
    try {
      Call call =
          new Call(
              evaluation,
              new Value.Seq(resolved),
              lookup.signature().bind(List.of(), options),
              loop);
      return lookup.body().find(call);
    } catch (UndefinedUse use) {
      throw use;
    } catch (PythonError | TemplateFailure | HearthException failure) {
      if (!strict) {
        passedOver(evaluation, named, name);
        return List.of();
      }
      throw failure instanceof PythonError error
          ? new PythonError("the lookup '" + name + "' failed: " + error.reason())
          : failure;
    }
  }

  /** With {@code errors='warn'} the failure is told. */
  private static void passedOver(Engine engine, Map<String, Value> named, String name) {
    if (named.get("errors") instanceof Value.Textual errors && errors.reveal().equals("warn")) {
      engine
          .surroundings()
          .warnings()
          .accept(
              Diagnostic.warning("the lookup '" + name + "' failed and gives nothing")
                  .because("it is called with errors='warn'")
                  .next("leave errors out to see what is wrong, or say errors='ignore'"));
    }
  }

  private static boolean lenient(@Nullable Value given) {
    String errors = given == null ? "strict" : Printed.str(given);
    return switch (errors) {
      case "ignore", "warn" -> true;
      case "strict" -> false;
      default ->
          throw new PythonError("errors= takes strict, warn or ignore, not '" + errors + "'");
    };
  }

  /** The terms of a lookup with lists among them taken apart by one level. */
  public static List<Value> flattened(Value terms) {
    List<Value> items = new ArrayList<>();
    for (Value term : Sequences.iterate(terms)) {
      List<Value> inner = Mappings.is(term) ? null : Sequences.view(term);
      items.addAll(inner == null ? List.of(term) : inner);
    }
    return items;
  }
}
