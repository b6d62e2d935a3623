package dev.hearth.template.lookup;

import dev.hearth.template.Call;
import dev.hearth.template.Lookup;
import dev.hearth.template.python.Mappings;
import dev.hearth.template.python.Printed;
import dev.hearth.template.python.PythonError;
import dev.hearth.template.python.Sequences;
import dev.hearth.template.python.Truth;
import dev.hearth.value.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lookup {@code first_found}: the first of several files that exists. */
final class FirstFoundLookup {

  private static final List<String> KINDS = List.of("files", "templates", "vars", "tasks");

  private FirstFoundLookup() {}

  static Map<String, Lookup> all() {
    return Map.of("first_found", Lookup.of("files? paths? skip?", FirstFoundLookup::find));
  }

  private static List<Value> find(Call call) {
    List<String> wanted = new ArrayList<>();
    boolean skip = call.flag("skip", false);
    Value files = call.find("files");
    if (files != null) {
      wanted.addAll(joined(names(call.find("paths")), names(files)));
    }
    for (Value term : terms(call.inputItems())) {
      if (Mappings.is(term)) {
        Value own = Mappings.get(term, Value.text("files"));
        Value paths = Mappings.get(term, Value.text("paths"));
        List<String> all = names(own);
        wanted.addAll(all.isEmpty() ? names(paths) : joined(names(paths), all));
        Value skipping = Mappings.get(term, Value.text("skip"));
        skip |= skipping != null && Truth.of(skipping);
      } else {
        wanted.addAll(joined(names(call.find("paths")), List.of(Printed.str(term))));
      }
    }
    return found(call, wanted, skip);
  }

  private static List<Value> terms(List<Value> terms) {
    List<Value> flat = new ArrayList<>();
    for (Value term : terms) {
      List<Value> inner = Sequences.view(term);
      if (inner == null) {
        flat.add(term);
      } else {
        flat.addAll(terms(inner));
      }
    }
    return flat;
  }

  private static List<String> names(@Nullable Value value) {
    List<String> names = new ArrayList<>();
    if (value == null || value instanceof Value.Null) {
      return names;
    }
    List<Value> items = Sequences.view(value);
    for (Value item : items == null ? List.of(value) : items) {
      for (String name : Printed.str(item).split("[,;]")) {
        names.add(name.strip());
      }
    }
    return names;
  }

  private static List<String> joined(List<String> paths, List<String> files) {
    if (paths.isEmpty()) {
      return files;
    }
    List<String> all = new ArrayList<>();
    for (String path : paths) {
      for (String file : files) {
        all.add(Path.of(path).resolve(file).toString());
      }
    }
    return all;
  }

  private static List<Value> found(Call call, List<String> wanted, boolean skip) {
    for (String name : wanted) {
      for (String kind : call.loop() ? KINDS : List.of("")) {
        for (Path place : ControllerFiles.candidates(call, kind, name)) {
          if (Files.exists(place)) {
            return List.of(Value.text(place.toString()));
          }
        }
      }
    }
    if (skip) {
      return List.of();
    }
    throw new PythonError(
        "needs one of these files to exist: "
            + String.join(", ", wanted)
            + " (or skip: true to go on without)");
  }
}
