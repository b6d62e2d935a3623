package dev.hearth.template.filter;

import dev.hearth.template.Call;
import dev.hearth.template.Filter;
import dev.hearth.template.python.Arithmetic;
import dev.hearth.template.python.Attributed;
import dev.hearth.template.python.Methods;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Sequences;
import dev.hearth.template.python.TypeName;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Filters for lists as they are. */
final class ListFilters {

  private ListFilters() {}

  static Map<String, Filter> all() {
    Map<String, Filter> all = new HashMap<>();
    all.put("list", Filter.passing("", call -> new Value.Seq(call.inputItems())));
    all.put("first", Filter.passing("", call -> end(call, "first")));
    all.put("last", Filter.passing("", call -> end(call, "last")));
    Filter length = Filter.of("", call -> Value.number(Sequences.length(call.input())));
    all.put("length", length);
    all.put("count", length);
    all.put("join", Filter.of("d? attribute?", ListFilters::join));
    all.put("reverse", Filter.passing("", ListFilters::reverse));
    all.put("sum", Filter.passing("attribute? start?", ListFilters::sum));
    all.put("batch", Filter.passing("linecount fill_with?", ListFilters::batch));
    all.put("slice", Filter.passing("slices fill_with?", ListFilters::slices));
    all.put("flatten", Filter.passing("levels? skip_nulls?", ListFilters::flatten));
    all.put("attr", Filter.passing("name", ListFilters::attribute));
    all.put("extract", Filter.passing("container morekeys?", ListFilters::extract));
    return all;
  }

  /** An attribute or method; other than behind a dot, never an item. */
  private static Value attribute(Call call) {
    String name = call.text("name");
    Value found =
        call.input() instanceof Attributed object
            ? object.attribute(name)
            : Methods.find(call.input(), name);
    return found != null
        ? found
        : new Value.Undefined(
            "object of type '" + TypeName.of(call.input()) + "' has no attribute '" + name + "'",
            null);
  }

  private static Value end(Call call, String which) {
    List<Value> items = call.inputItems();
    if (items.isEmpty()) {
      return new Value.Undefined("there is no " + which + " item: the sequence is empty", null);
    }
    return call.engine().resolve(which.equals("first") ? items.getFirst() : items.getLast());
  }

  private static Value join(Call call) {
    String separator = call.has("d") ? Printed.str(call.get("d")) : "";
    List<String> parts = new ArrayList<>();
    for (Value item : call.inputItems()) {
      Value part = call.has("attribute") ? Attributes.read(call, item, "attribute") : item;
      parts.add(Printed.str(part));
    }
    return Value.text(String.join(separator, parts));
  }

  private static Value reverse(Call call) {
    if (call.input() instanceof Value.Textual text) {
      return text.with(new StringBuilder(text.reveal()).reverse().toString());
    }
    List<Value> items = new ArrayList<>(call.inputItems());
    Collections.reverse(items);
    return new Value.Seq(items);
  }

  private static Value sum(Call call) {
    Value sum = call.get("start", Value.number(0));
    boolean byAttribute = call.has("attribute") && !(call.get("attribute") instanceof Value.Null);
    for (Value item : call.inputItems()) {
      Value part = byAttribute ? Attributes.read(call, item, "attribute") : item;
      sum = Arithmetic.apply("+", sum, part);
    }
    return sum;
  }

  private static Value batch(Call call) {
    int size = call.number("linecount", 1);
    List<Value> lines = new ArrayList<>();
    List<Value> items = call.inputItems();
    if (size < 1 && !items.isEmpty()) {
      // Python fills one line that never has the wanted length; with 0 one ended before it began.
      return new Value.Seq(
          size == 0
              ? List.of(new Value.Seq(List.of()), new Value.Seq(items))
              : List.of(new Value.Seq(items)));
    }
    for (int from = 0; from < items.size(); from += size) {
      List<Value> line = new ArrayList<>(items.subList(from, Math.min(from + size, items.size())));
      while (call.has("fill_with") && !fill(call).equals(Value.NULL) && line.size() < size) {
        line.add(fill(call));
      }
      lines.add(new Value.Seq(line));
    }
    return new Value.Seq(lines);
  }

  private static Value fill(Call call) {
    return call.get("fill_with");
  }

  private static Value slices(Call call) {
    int count = call.number("slices", 1);
    if (count < 1 || count > 100_000) {
      throw new PythonError("needs a number of slices of at least 1");
    }
    List<Value> items = call.inputItems();
    int size = items.size() / count;
    int longer = items.size() % count;
    List<Value> slices = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < count; i++) {
      int to = from + size + (i < longer ? 1 : 0);
      List<Value> slice = new ArrayList<>(items.subList(from, to));
      if (call.has("fill_with") && !fill(call).equals(Value.NULL) && i >= longer) {
        slice.add(fill(call));
      }
      slices.add(new Value.Seq(slice));
      from = to;
    }
    return new Value.Seq(slices);
  }

  private static Value flatten(Call call) {
    int levels =
        call.has("levels") && !call.get("levels").equals(Value.NULL)
            ? call.number("levels", 0)
            : Integer.MAX_VALUE;
    List<Value> flat = new ArrayList<>();
    flatten(call.inputItems(), levels, call.flag("skip_nulls", true), flat);
    return new Value.Seq(flat);
  }

  static void flatten(List<Value> items, int levels, boolean skipNulls, List<Value> flat) {
    for (Value item : items) {
      List<Value> inner = Sequences.view(item);
      boolean nothing =
          item instanceof Value.Null
              || (item instanceof Value.Text text
                  && (text.value().equals("None") || text.value().equals("null")));
      if (skipNulls && nothing) {
        continue;
      }
      if (inner == null) {
        flat.add(item);
      } else if (levels >= 1) {
        flatten(inner, levels - 1, skipNulls, flat);
      } else {
        flat.add(item);
      }
    }
  }

  private static Value extract(Call call) {
    Value found = call.engine().item(call.get("container"), call.input());
    Value more = call.get("morekeys", Value.NULL);
    if (more instanceof Value.Null) {
      return found;
    }
    List<Value> keys = Sequences.view(more);
    for (Value key : keys == null ? List.of(more) : keys) {
      found = call.engine().item(found, key);
    }
    return found;
  }
}
