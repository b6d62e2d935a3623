package dev.hearth.template.standard;

import dev.hearth.template.Engine;
import dev.hearth.template.Function;
import dev.hearth.template.Lookups;
import dev.hearth.template.NamespaceObject;
import dev.hearth.template.filter.Moment;
import dev.hearth.template.filter.TimeFormat;
import dev.hearth.template.python.Callable;
import dev.hearth.template.python.Mappings;
import dev.hearth.template.python.MutableDict;
import dev.hearth.template.python.Numbers;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Range;
import dev.hearth.template.python.Sequences;
import dev.hearth.template.python.Truth;
import dev.hearth.template.python.UndefinedUse;
import dev.hearth.value.Value;
import java.math.BigInteger;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The functions that every template can call. */
final class Functions {

  private Functions() {}

  static Map<String, Function> all() {
    Map<String, Function> all = new HashMap<>();
    all.put("range", (engine, positional, named) -> range(positional));
    all.put("dict", Functions::dict);
    all.put("namespace", Functions::namespace);
    all.put("cycler", (engine, positional, named) -> new Cycler(positional));
    all.put("joiner", (engine, positional, named) -> joiner(positional));
    all.put("lookup", Lookups::lookup);
    all.put("query", Lookups::query);
    all.put("q", Lookups::query);
    all.put("now", Functions::now);
    all.put("undef", Functions::undefined);
    all.put("lipsum", LoremIpsum::make);
    return all;
  }

  private static Value range(List<Value> arguments) {
    if (arguments.isEmpty() || arguments.size() > 3) {
      throw new PythonError("range() takes one to three numbers");
    }
    long[] numbers = new long[arguments.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (arguments.get(i) instanceof Value.Undefined undefined) {
        throw new UndefinedUse(undefined);
      }
      BigInteger number = Numbers.whole(arguments.get(i));
      if (number == null || number.bitLength() > 62) {
        throw new PythonError("range() takes whole numbers");
      }
      numbers[i] = number.longValue();
    }
    return numbers.length == 1
        ? new Range(0, numbers[0], 1)
        : new Range(numbers[0], numbers[1], numbers.length == 3 ? numbers[2] : 1);
  }

  private static Value dict(Engine engine, List<Value> positional, Map<String, Value> named) {
    Map<Value, Value> entries = new LinkedHashMap<>();
    for (Value source : positional) {
      Map<Value, Value> known = Mappings.view(source);
      if (known != null) {
        entries.putAll(known);
        continue;
      }
      for (Value pair : Sequences.iterate(source)) {
        List<Value> sides = Sequences.iterate(pair);
        if (sides.size() != 2) {
          throw new PythonError("dict() takes a mapping or pairs");
        }
        entries.put(Mappings.canonical(sides.getFirst()), sides.getLast());
      }
    }
    named.forEach((key, value) -> entries.put(Value.text(key), value));
    return new MutableDict(entries);
  }

  private static Value namespace(Engine engine, List<Value> positional, Map<String, Value> named) {
    Map<String, Value> attributes = new LinkedHashMap<>();
    for (Value source : positional) {
      Map<Value, Value> entries = Mappings.view(source);
      if (entries == null) {
        throw new PythonError("namespace() takes a mapping or names with values");
      }
      entries.forEach((key, value) -> attributes.put(Printed.str(key), value));
    }
    attributes.putAll(named);
    return new NamespaceObject(attributes);
  }

  /** Called, it gives its separator, but nothing the first time. */
  private static Value joiner(List<Value> arguments) {
    Value separator = arguments.isEmpty() ? Value.text(", ") : arguments.getFirst();
    boolean[] used = new boolean[1];
    Callable joiner =
        (positional, named) -> {
          Value now = used[0] ? separator : Value.text("");
          used[0] = true;
          return now;
        };
    return joiner;
  }

  private static Value now(Engine engine, List<Value> positional, Map<String, Value> named) {
    Value utc =
        positional.isEmpty() ? named.getOrDefault("utc", Value.Bool.FALSE) : positional.getFirst();
    Value format =
        positional.size() > 1 ? positional.get(1) : named.getOrDefault("fmt", Value.NULL);
    Clock clock = engine.surroundings().clock();
    ZoneId zone = Truth.of(utc) ? ZoneOffset.UTC : clock.getZone();
    LocalDateTime time = LocalDateTime.ofInstant(clock.instant(), zone);
    return format instanceof Value.Null
        ? new Moment(time, zone)
        : Value.text(TimeFormat.write(Printed.str(format), time.atZone(zone)));
  }

  private static Value undefined(Engine engine, List<Value> positional, Map<String, Value> named) {
    Value hint =
        positional.isEmpty() ? named.getOrDefault("hint", Value.NULL) : positional.getFirst();
    return new Value.Undefined(
        hint instanceof Value.Null ? "a mandatory variable has no value" : Printed.str(hint), null);
  }
}
