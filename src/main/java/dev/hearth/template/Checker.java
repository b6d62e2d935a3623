package dev.hearth.template;

import dev.hearth.diag.Diagnostic;
import dev.hearth.template.syntax.Expr;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds filters, tests and lookups that do not exist, without evaluating anything. */
final class Checker implements Consumer<Expr> {

  private static final Set<String> LOOKUPS = Set.of("lookup", "query", "q");

  /** At which argument these filters name a test. */
  private static final Map<String, Integer> NAME_TESTS =
      Map.of("select", 0, "reject", 0, "selectattr", 1, "rejectattr", 1);

  private final Language language;
  private final Locator locator;
  private final List<Diagnostic> found;

  Checker(Language language, Locator locator, List<Diagnostic> found) {
    this.language = language;
    this.locator = locator;
    this.found = found;
  }

  @Override
  public void accept(Expr expr) {
    switch (expr) {
      case Expr.Filtered filtered -> filter(filtered);
      case Expr.Tested tested -> test(tested.name(), tested.at());
      case Expr.Call call -> lookup(call);
      default -> {}
    }
  }

  private void filter(Expr.Filtered filtered) {
    if (language.filter(filtered.name()) == null) {
      report("filter", filtered.name(), language.filters().keySet(), filtered.at());
    }
    String name = filtered.name().replaceFirst("^ansible\\.(builtin|legacy)\\.", "");
    Integer place = NAME_TESTS.get(name);
    String test = place == null ? null : literal(filtered.arguments(), place);
    if (test != null) {
      test(test, filtered.arguments().positional().get(place == null ? 0 : place).at());
    }
    String mapped = name.equals("map") ? literal(filtered.arguments(), 0) : null;
    if (mapped != null && language.filter(mapped) == null) {
      int at = filtered.arguments().positional().getFirst().at();
      report("filter", mapped, language.filters().keySet(), at);
    }
  }

  private void test(String name, int at) {
    if (language.test(name) == null) {
      report("test", name, language.tests().keySet(), at);
    }
  }

  private void lookup(Expr.Call call) {
    if (call.callee() instanceof Expr.Name function && LOOKUPS.contains(function.name())) {
      String name = literal(call.arguments(), 0);
      if (name != null && language.lookup(name) == null) {
        int at = call.arguments().positional().getFirst().at();
        report("lookup", name, language.lookups().keySet(), at);
      }
    }
  }

  private static @Nullable String literal(Expr.Arguments arguments, int place) {
    if (place < arguments.positional().size()
        && arguments.positional().get(place) instanceof Expr.Literal literal
        && literal.value() instanceof Value.Text text) {
      return text.value();
    }
    return null;
  }

  private void report(String kind, String name, Set<String> known, int at) {
    found.add(Calls.unknown(kind, name, known, locator, at));
  }
}
