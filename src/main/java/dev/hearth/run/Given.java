package dev.hearth.run;

import dev.hearth.diag.Location;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Optional;

/** Arguments of an action that the run carries out itself, as the types that it needs. */
record Given(Arguments arguments, Keywords keywords, Location action) {

  Optional<String> text(String name) {
    return Optional.ofNullable(arguments.values().get(name)).map(Keywords::text);
  }

  boolean flag(String name, boolean otherwise) {
    Value given = arguments.values().get(name);
    return given == null ? otherwise : Keywords.bool(given, place(name));
  }

  double number(String name, double otherwise) {
    Value given = arguments.values().get(name);
    return given == null ? otherwise : keywords.number(new Located(given, place(name)));
  }

  List<String> texts(String name, List<String> otherwise) {
    Value given = arguments.values().get(name);
    return given == null ? otherwise : Keywords.texts(given);
  }

  private Location place(String name) {
    return arguments.places().getOrDefault(name, action);
  }
}
