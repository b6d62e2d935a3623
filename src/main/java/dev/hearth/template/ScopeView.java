package dev.hearth.template;

import dev.hearth.template.python.Printed;
import dev.hearth.value.Value;
import java.util.Collection;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The variables of a scope as a mapping, each resolved in that scope when it is read. */
final class ScopeView implements LazyMapping {

  private final Supplier<Evaluation> evaluations;
  private final Scope scope;

  ScopeView(Supplier<Evaluation> evaluations, Scope scope) {
    this.evaluations = evaluations;
    this.scope = scope;
  }

  @Override
  public @Nullable Value get(Value key) {
    Value raw = scope.find(Printed.str(key));
    return raw == null ? null : evaluations.get().resolveDeep(raw);
  }

  @Override
  public Collection<Value> keys() {
    return new TreeSet<>(scope.names()).stream().<Value>map(Value::text).toList();
  }
}
