package dev.hearth.template;

import dev.hearth.template.python.Attributed;
import dev.hearth.template.python.Callable;
import dev.hearth.template.python.Mappings;
import dev.hearth.template.python.MutableDict;
import dev.hearth.template.python.MutableList;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Range;
import dev.hearth.template.python.Sequence;
import dev.hearth.template.python.Tuple;
import dev.hearth.template.python.TypeName;
import dev.hearth.template.python.UndefinedUse;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Replaces templates inside containers by what they stand for. */
final class Resolver {

  private final Evaluation evaluation;

  Resolver(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  /** Everything settled, undefined parts kept; data without templates is returned as it is. */
  Value deep(Value value) {
    return raw(value) ? open(value) : value;
  }

  /** Whether a template or vaulted value is anywhere inside. */
  static boolean raw(Value value) {
    return switch (value) {
      case Value.Template template -> true;
      case Value.Vaulted sealed -> true;
      case Value.Seq seq -> anyRaw(seq.items());
      case Value.Dict dict -> anyRaw(dict.entries().values()) || anyRaw(dict.entries().keySet());
      case Tuple tuple -> anyRaw(tuple.items());
      case MutableList list -> anyRaw(list.items());
      case MutableDict dict -> anyRaw(dict.entries().values());
      default -> false;
    };
  }

  private static boolean anyRaw(Iterable<Value> values) {
    for (Value value : values) {
      if (raw(value)) {
        return true;
      }
    }
    return false;
  }

  private Value open(Value value) {
    Value settled = evaluation.settle(value);
    return switch (settled) {
      case Value.Seq seq -> new Value.Seq(all(seq.items()));
      case Tuple tuple -> new Tuple(all(tuple.items()));
      case MutableList list -> new MutableList(all(list.items()));
      case Value.Dict dict -> new Value.Dict(all(dict.entries()));
      case MutableDict dict -> new MutableDict(all(dict.entries()));
      default -> settled;
    };
  }

  private List<Value> all(List<Value> items) {
    List<Value> opened = new ArrayList<>(items.size());
    items.forEach(item -> opened.add(deep(item)));
    return opened;
  }

  private Map<Value, Value> all(Map<Value, Value> entries) {
    Map<Value, Value> opened = new LinkedHashMap<>();
    entries.forEach((key, item) -> opened.put(deep(key), deep(item)));
    return opened;
  }

  /** What a list or mapping holds at this moment, whatever its methods do to it later. */
  static Value snapshot(Value value) {
    return switch (value) {
      case MutableList list ->
          new Value.Seq(list.items().stream().map(Resolver::snapshot).toList());
      case MutableDict dict -> {
        Map<Value, Value> entries = new LinkedHashMap<>();
        dict.entries().forEach((key, item) -> entries.put(key, snapshot(item)));
        yield new Value.Dict(entries);
      }
      default -> value;
    };
  }

  /** Plain data: no undefined value, no tuple, no omitted item. */
  Value finish(Value value) {
    return finish(value, false);
  }

  /** The same, except that what cannot leave the language prints as it is. */
  Value finishForText(Value value) {
    return finish(value, true);
  }

  private Value finish(Value value, boolean text) {
    Value settled = evaluation.settle(value);
    return switch (settled) {
      case Value.Undefined undefined -> throw new UndefinedUse(undefined);
      case Value.Seq seq when plain(seq) -> seq;
      case Value.Dict dict when plain(dict) -> dict;
      case Value.Seq seq -> list(seq.items(), text);
      case Value.Dict dict -> dict(dict.entries(), text);
      case Value.Dynamic dynamic -> dynamic(dynamic, text);
      default -> settled;
    };
  }

  private static boolean plain(Value value) {
    return switch (value) {
      case Value.Seq seq -> seq.items().stream().allMatch(Resolver::plain);
      case Value.Dict dict ->
          dict.entries().values().stream().allMatch(Resolver::plain)
              && dict.entries().keySet().stream().allMatch(Resolver::plain);
      case Value.Template template -> false;
      case Value.Vaulted sealed -> false;
      case Value.Undefined undefined -> false;
      case Value.Omit omit -> false;
      case Value.Dynamic dynamic -> false;
      default -> true;
    };
  }

  private Value list(List<Value> items, boolean text) {
    List<Value> finished = new ArrayList<>(items.size());
    for (Value item : items) {
      Value one = finish(item, text);
      if (!(one instanceof Value.Omit)) {
        finished.add(one);
      }
    }
    return new Value.Seq(finished);
  }

  private Value dict(Map<Value, Value> entries, boolean text) {
    Map<Value, Value> finished = new LinkedHashMap<>();
    entries.forEach(
        (key, item) -> {
          Value one = finish(item, text);
          if (!(one instanceof Value.Omit)) {
            finished.put(finish(key, text), one);
          }
        });
    return new Value.Dict(finished);
  }

  private Value dynamic(Value.Dynamic value, boolean text) {
    if (text
        && (value instanceof Range || value instanceof Attributed && value instanceof Sequence)) {
      return value;
    }
    if (value instanceof Range || (value instanceof NamespaceObject && !text)) {
      throw unsupported(value);
    }
    if (value instanceof Sequence sequence) {
      return list(sequence.items(), text);
    }
    Map<Value, Value> entries = Mappings.view(value);
    if (entries != null) {
      return dict(entries, text);
    }
    if (value instanceof Value.Dated) {
      return value;
    }
    if (text && value instanceof Attributed object && !(value instanceof Callable)) {
      return Value.text(object.printed());
    }
    throw unsupported(value);
  }

  private static PythonError unsupported(Value value) {
    return new PythonError(
        "a value of type '"
            + TypeName.of(value)
            + "' cannot be the result of a template"
            + (value instanceof Range ? ": write it with | list" : ""));
  }
}
