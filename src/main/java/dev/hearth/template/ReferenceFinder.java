package dev.hearth.template;

import dev.hearth.template.syntax.Expr;
import dev.hearth.template.syntax.Node;
import dev.hearth.template.syntax.Node.Target;
import dev.hearth.template.syntax.Walk;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the variables that a template reads. In doubt a reference counts as guarded: what is under
 * a condition, in a loop or a macro may never be read, and a name that is asked {@code is defined}
 * or given a default anywhere is not required anywhere.
 */
final class ReferenceFinder {

  private static final Set<String> SPECIAL =
      Set.of("loop", "self", "super", "caller", "varargs", "kwargs", "omit");

  private final Language language;
  private final Locator locator;
  private final List<Reference> found;
  private final Set<String> doubtful = new HashSet<>();

  ReferenceFinder(Language language, Locator locator, List<Reference> found) {
    this.language = language;
    this.locator = locator;
    this.found = found;
  }

  void template(List<Node> body) {
    Walk.expressions(body, this::noteGuard);
    body(body, new HashSet<>(), false);
  }

  void expression(Expr expr) {
    Walk.expression(expr, this::noteGuard);
    expression(expr, Set.of(), false);
  }

  private boolean forgives(Expr expr) {
    return switch (expr) {
      case Expr.Tested tested -> {
        Test test = language.test(tested.name());
        yield test == null || test.takesUndefined();
      }
      case Expr.Filtered filtered -> {
        Filter filter = language.filter(filtered.name());
        yield filter == null || filter.takesUndefined();
      }
      default -> false;
    };
  }

  private void noteGuard(Expr expr) {
    if (forgives(expr)) {
      Walk.parts(expr, part -> Walk.expression(part, this::note));
    }
    if (expr instanceof Expr.Compare compare) {
      compare.rest().stream().map(Expr.Operand::value).forEach(this::noteVars);
    }
  }

  /** {@code 'name' in vars} is the old way to ask whether a variable is defined. */
  private void noteVars(Expr container) {
    if (container instanceof Expr.Name name && name.name().equals("vars")) {
      doubtful.add("vars");
    }
  }

  private void note(Expr expr) {
    if (expr instanceof Expr.Name name) {
      doubtful.add(name.name());
    }
  }

  private void body(List<Node> body, Set<String> locals, boolean guarded) {
    body.forEach(node -> node(node, locals, guarded));
  }

  private void node(Node node, Set<String> locals, boolean guarded) {
    switch (node) {
      case Node.Data data -> {}
      case Node.Output output -> expression(output.value(), locals, guarded);
      case Node.If conditional -> {
        boolean later = guarded;
        for (Node.Branch branch : conditional.branches()) {
          expression(branch.condition(), locals, later);
          later = true;
          body(branch.body(), locals, true);
        }
        body(conditional.otherwise(), locals, true);
      }
      case Node.For loop -> {
        expression(loop.items(), locals, guarded);
        Set<String> inner = new HashSet<>(locals);
        add(loop.target(), inner);
        expression(loop.condition(), inner, true);
        body(loop.body(), inner, true);
        body(loop.otherwise(), new HashSet<>(locals), true);
      }
      case Node.Do action -> expression(action.value(), locals, guarded);
      case Node.LoopControl control -> {}
      case Node.Assign assign -> {
        expression(assign.value(), locals, guarded);
        add(assign.target(), locals);
      }
      case Node.AssignBlock block -> {
        expression(block.filter(), locals, guarded);
        body(block.body(), new HashSet<>(locals), guarded);
        add(block.target(), locals);
      }
      case Node.Macro macro -> {
        locals.add(macro.name());
        callable(macro.parameters(), macro.body(), locals);
      }
      case Node.CallBlock call -> {
        expression(call.call(), locals, guarded);
        callable(call.parameters(), call.body(), locals);
      }
      case Node.FilterBlock filter -> {
        expression(filter.filter(), locals, guarded);
        body(filter.body(), new HashSet<>(locals), guarded);
      }
      case Node.With with -> {
        Set<String> inner = new HashSet<>(locals);
        with.bindings().forEach(binding -> expression(binding.value(), locals, guarded));
        with.bindings().forEach(binding -> add(binding.target(), inner));
        body(with.body(), inner, guarded);
      }
      case Node.Include include -> expression(include.name(), locals, guarded);
      case Node.Import all -> {
        expression(all.name(), locals, guarded);
        locals.add(all.alias());
      }
      case Node.FromImport names -> {
        expression(names.name(), locals, guarded);
        names.names().forEach(alias -> locals.add(alias.alias()));
      }
      case Node.Extends parent -> expression(parent.name(), locals, guarded);
      case Node.Block block -> body(block.body(), new HashSet<>(locals), true);
    }
  }

  private void callable(List<Node.Parameter> parameters, List<Node> body, Set<String> locals) {
    Set<String> inner = new HashSet<>(locals);
    parameters.forEach(parameter -> inner.add(parameter.name()));
    parameters.forEach(parameter -> expression(parameter.fallback(), inner, true));
    body(body, inner, true);
  }

  private static void add(Target target, Set<String> locals) {
    switch (target) {
      case Target.Variable variable -> locals.add(variable.name());
      case Target.Member member -> locals.add(member.namespace());
      case Target.Unpack unpack -> unpack.parts().forEach(part -> add(part, locals));
    }
  }

  private void expression(@Nullable Expr expr, Set<String> locals, boolean guarded) {
    switch (expr) {
      case null -> {}
      case Expr.Name name -> reference(name, locals, guarded);
      case Expr.And and -> {
        expression(and.left(), locals, guarded);
        expression(and.right(), locals, true);
      }
      case Expr.Or or -> {
        expression(or.left(), locals, guarded);
        expression(or.right(), locals, true);
      }
      case Expr.Choice choice -> {
        expression(choice.condition(), locals, guarded);
        expression(choice.then(), locals, true);
        expression(choice.otherwise(), locals, true);
      }
      case Expr.Call call
          when call.callee() instanceof Expr.Name name
              && !locals.contains(name.name())
              && language.functions().containsKey(name.name()) ->
          Walk.arguments(
              call.arguments(), part -> expression(part, locals, guarded || lenient(call)));
      default -> {
        boolean inside = guarded || forgives(expr);
        Walk.parts(expr, part -> expression(part, locals, inside));
      }
    }
  }

  /** Whether a lookup's failures are ignored. */
  private static boolean lenient(Expr.Call call) {
    List<String> names = new ArrayList<>();
    call.arguments().named().forEach(named -> names.add(named.name()));
    return names.contains("errors") || names.contains("default");
  }

  private void reference(Expr.Name name, Set<String> locals, boolean guarded) {
    boolean own =
        locals.contains(name.name())
            || SPECIAL.contains(name.name())
            || language.functions().containsKey(name.name());
    if (!own) {
      found.add(
          new Reference(
              name.name(),
              () -> locator.locate(name.at()),
              guarded || doubtful.contains(name.name())));
    }
  }

  /** The templates inside a value. */
  static void templates(Value value, List<Value.Template> found) {
    switch (value) {
      case Value.Template template -> found.add(template);
      case Value.Seq seq -> seq.items().forEach(item -> templates(item, found));
      case Value.Dict dict ->
          dict.entries()
              .forEach(
                  (key, item) -> {
                    templates(key, found);
                    templates(item, found);
                  });
      default -> {}
    }
  }
}
