package dev.hearth.template.python;

import dev.hearth.value.Value;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The methods that templates may call on texts, lists, mappings and numbers. */
public final class Methods {

  private static final Set<String> CHANGING =
      Set.of(
          "append",
          "extend",
          "insert",
          "pop",
          "remove",
          "sort",
          "reverse",
          "clear",
          "update",
          "setdefault",
          "popitem");

  private Methods() {}

  /** Whether the method of that name changes its list or mapping. */
  public static boolean changes(String name) {
    return CHANGING.contains(name);
  }

  /** The method of that name bound to the value, or null when its type has none. */
  public static @Nullable Callable find(Value self, String name) {
    return switch (self) {
      case Value.Textual text when TextMethods.NAMES.contains(name) ->
          bind(self, arguments -> TextMethods.call(text, name, arguments));
      case Value.Int number when name.equals("bit_length") ->
          bind(self, arguments -> Value.number(number.value().abs().bitLength()));
      case Value.Real real when name.equals("is_integer") ->
          bind(self, arguments -> Value.bool(real.value() == Math.rint(real.value())));
      default -> {
        if (Mappings.is(self) && DictMethods.NAMES.contains(name)) {
          yield bind(self, arguments -> DictMethods.call(self, name, arguments));
        }
        if (Sequences.view(self) != null && ListMethods.NAMES.contains(name)) {
          yield bind(self, arguments -> ListMethods.call(self, name, arguments));
        }
        yield null;
      }
    };
  }

  /** What a method does with its arguments. */
  private interface Body {
    Value run(MethodArguments arguments);
  }

  private static Callable bind(Value self, Body body) {
    return (positional, named) -> {
      Value made = body.run(new MethodArguments(positional, named));
      if (!(self instanceof Value.Textual)) {
        return made;
      }
      boolean tainted =
          Taint.in(self)
              || positional.stream().anyMatch(Taint::in)
              || named.values().stream().anyMatch(Taint::in);
      return tainted ? Taint.secret(made) : made;
    };
  }
}
