package dev.hearth.template.filter;

import dev.hearth.template.Call;
import dev.hearth.template.Filter;
import dev.hearth.template.python.Equality;
import dev.hearth.template.python.Mappings;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.PythonRegex;
import dev.hearth.template.python.Sequences;
import dev.hearth.template.python.Truth;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** The filters of {@code ansible.utils} that choose keys at any depth, and positions in lists. */
final class KeyFilters {

  private KeyFilters() {}

  static Map<String, Filter> all() {
    return Map.of(
        "ansible.utils.keep_keys",
        Filter.passing("target matching_parameter?", KeyFilters::keep),
        "ansible.utils.remove_keys",
        Filter.passing("target matching_parameter?", KeyFilters::remove),
        "ansible.utils.replace_keys",
        Filter.passing("target matching_parameter?", KeyFilters::replace),
        "ansible.utils.index_of",
        Filter.of("test value? key? wantlist? fail_on_missing?", KeyFilters::indexes));
  }

  /** How a key of the data is held against a wanted one. */
  private static BiPredicate<String, String> matching(Call call) {
    String how = call.text("matching_parameter", "");
    return switch (how) {
      case "" -> String::equals;
      case "starts_with" -> String::startsWith;
      case "ends_with" -> String::endsWith;
      case "regex" ->
          (key, wanted) ->
              PythonRegex.matcher(PythonRegex.compile(wanted, false, false), key).lookingAt();
      default ->
          throw new PythonError("has the matching parameters starts_with, ends_with and regex");
    };
  }

  private static Value data(Call call) {
    Value data = call.engine().resolve(call.input());
    if (Sequences.view(data) == null && Mappings.view(data) == null) {
      throw new PythonError("needs a list or a mapping");
    }
    return data;
  }

  private static List<String> wanted(Call call) {
    Value target = call.get("target");
    List<Value> items = Sequences.view(target);
    return items == null ? List.of(Printed.str(target)) : items.stream().map(Printed::str).toList();
  }

  private static Value keep(Call call) {
    return kept(data(call), wanted(call), matching(call));
  }

  private static Value kept(Value value, List<String> wanted, BiPredicate<String, String> matches) {
    List<Value> items = Sequences.view(value);
    if (items != null) {
      return new Value.Seq(items.stream().map(item -> kept(item, wanted, matches)).toList());
    }
    Map<Value, Value> entries = Mappings.view(value);
    if (entries == null) {
      return value;
    }
    Map<Value, Value> keep = new LinkedHashMap<>();
    entries.forEach(
        (key, inner) -> {
          Value found = keptOf(Printed.str(key), inner, wanted, matches);
          if (found != null) {
            keep.put(key, found);
          }
        });
    return new Value.Dict(keep);
  }

  /** What is kept under a key; null when that is nothing. */
  private static @Nullable Value keptOf(
      String key, Value inner, List<String> wanted, BiPredicate<String, String> matches) {
    boolean nested = Sequences.view(inner) != null || Mappings.view(inner) != null;
    Value found = null;
    for (String each : wanted) {
      if (key.equals(each) || (!nested && matches.test(key, each))) {
        found = inner;
      } else if (nested) {
        Value below = withoutEmpty(kept(inner, wanted, matches));
        found = isEmpty(below) ? found : below;
      }
    }
    return found;
  }

  private static Value withoutEmpty(Value value) {
    List<Value> items = Sequences.view(value);
    return items == null
        ? value
        : new Value.Seq(items.stream().filter(item -> !isEmpty(item)).toList());
  }

  private static boolean isEmpty(Value value) {
    List<Value> items = Sequences.view(value);
    Map<Value, Value> entries = Mappings.view(value);
    return (items != null && items.isEmpty()) || (entries != null && entries.isEmpty());
  }

  private static Value remove(Call call) {
    return removed(data(call), wanted(call), matching(call));
  }

  /** Items that mean false disappear from lists, as they do in Ansible. */
  private static Value removed(
      Value value, List<String> wanted, BiPredicate<String, String> matches) {
    List<Value> items = Sequences.view(value);
    if (items != null) {
      List<Value> left =
          items.stream()
              .map(item -> Mappings.view(item) == null ? item : removed(item, wanted, matches))
              .filter(Truth::of)
              .map(item -> Mappings.view(item) == null ? removed(item, wanted, matches) : item)
              .toList();
      return new Value.Seq(left);
    }
    Map<Value, Value> entries = Mappings.view(value);
    if (entries == null) {
      return value;
    }
    Map<Value, Value> left = new LinkedHashMap<>();
    entries.forEach(
        (key, inner) -> {
          if (wanted.stream().noneMatch(each -> matches.test(Printed.str(key), each))) {
            left.put(key, removed(inner, wanted, matches));
          }
        });
    return new Value.Dict(left);
  }

  private record Replacement(String before, Value after) {}

  private static Value replace(Call call) {
    List<Replacement> replacements = new ArrayList<>();
    for (Value each : Sequences.iterate(call.get("target"))) {
      Map<Value, Value> pair = Mappings.view(each);
      Value before = pair == null ? null : pair.get(Value.text("before"));
      Value after = pair == null ? null : pair.get(Value.text("after"));
      if (before == null || after == null) {
        throw new PythonError("needs a list of mappings with 'before' and 'after'");
      }
      replacements.add(new Replacement(Printed.str(before), after));
    }
    return replaced(data(call), replacements, matching(call));
  }

  /** What is renamed moves to the end of its mapping, as it does in Ansible. */
  private static Value replaced(
      Value value, List<Replacement> replacements, BiPredicate<String, String> matches) {
    List<Value> items = Sequences.view(value);
    if (items != null) {
      return new Value.Seq(
          items.stream().map(item -> replaced(item, replacements, matches)).toList());
    }
    Map<Value, Value> entries = Mappings.view(value);
    if (entries == null) {
      return value;
    }
    Map<Value, Value> now = new LinkedHashMap<>(entries);
    for (Replacement replacement : replacements) {
      for (Value key : List.copyOf(now.keySet())) {
        Value inner = now.get(key);
        if (inner != null && matches.test(Printed.str(key), replacement.before())) {
          now.remove(key);
          now.remove(replacement.after());
          now.put(replacement.after(), inner);
        }
      }
    }
    now.replaceAll((_, inner) -> replaced(inner, replacements, matches));
    return new Value.Dict(now);
  }

  private static Value indexes(Call call) {
    List<Value> items = call.inputItems();
    Value key = call.get("key", Value.NULL);
    List<Value> found = new ArrayList<>();
    for (int index = 0; index < items.size(); index++) {
      Value entry = items.get(index);
      if (!(key instanceof Value.Null)) {
        Map<Value, Value> entries = Mappings.view(entry);
        if (entries == null) {
          throw new PythonError("needs mappings in the list when a key is given");
        }
        Value inner = entries.get(Mappings.canonical(key));
        if (inner == null && call.flag("fail_on_missing", false)) {
          throw new PythonError(
              "does not find '" + Printed.str(key) + "' at the position " + index);
        }
        if (inner == null) {
          continue;
        }
        entry = inner;
      }
      if (holds(call, entry)) {
        found.add(Value.number(index));
      }
    }
    return found.size() == 1 && !call.flag("wantlist", false)
        ? found.getFirst()
        : new Value.Seq(found);
  }

  private static boolean holds(Call call, Value entry) {
    String written = call.text("test");
    boolean inverted = written.startsWith("!") || written.startsWith("not ");
    String test = written.replaceFirst("^(!|not )", "").strip();
    if (written.equals("!=")) {
      test = "==";
    }
    Value value = call.get("value", Value.NULL);
    if (test.equals("in") && Sequences.view(value) == null) {
      return inverted != Equality.equal(entry, value);
    }
    List<Value> arguments = value instanceof Value.Null ? List.of() : List.of(value);
    return inverted != call.engine().test(test, entry, arguments, Map.of());
  }
}
