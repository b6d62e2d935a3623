package dev.hearth.template;

import dev.hearth.value.Value;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The variables that a template sees. Values are raw: they may be templates or vaulted, or hold
 * such anywhere inside; the templar resolves them when they are used.
 *
 * <p>A scope does not change while a template is evaluated and may be read by several threads.
 */
public interface Scope {

  /** The variable's raw value, or null when nobody defined it. */
  @Nullable Value find(String name);

  /** The names of all variables that {@link #find} knows. */
  Set<String> names();

  /** Where lookups and includes search for relative files. */
  SearchPath searchPath();

  /** This scope with more variables, which hide those of the same name. */
  default Scope with(Map<String, ? extends Value> variables) {
    Map<String, Value> own = Map.copyOf(variables);
    Scope outer = this;
    return new Scope() {
      @Override
      public @Nullable Value find(String name) {
        Value found = own.get(name);
        return found != null ? found : outer.find(name);
      }

      @Override
      public Set<String> names() {
        Set<String> names = new HashSet<>(outer.names());
        names.addAll(own.keySet());
        return names;
      }

      @Override
      public SearchPath searchPath() {
        return outer.searchPath();
      }
    };
  }

  /** This scope with another search path. */
  default Scope searching(SearchPath path) {
    Scope outer = this;
    return new Scope() {
      @Override
      public @Nullable Value find(String name) {
        return outer.find(name);
      }

      @Override
      public Set<String> names() {
        return outer.names();
      }

      @Override
      public SearchPath searchPath() {
        return path;
      }
    };
  }

  /** A scope of these variables alone. */
  static Scope of(Map<String, ? extends Value> variables, SearchPath path) {
    Map<String, Value> own = Map.copyOf(variables);
    return new Scope() {
      @Override
      public @Nullable Value find(String name) {
        return own.get(name);
      }

      @Override
      public Set<String> names() {
        return own.keySet();
      }

      @Override
      public SearchPath searchPath() {
        return path;
      }
    };
  }
}
