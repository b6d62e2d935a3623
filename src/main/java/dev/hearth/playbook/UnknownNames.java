package dev.hearth.playbook;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.diag.Nearest;
import dev.hearth.playbook.Keyword.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what a name that means nothing where it stands was probably meant to be. */
final class UnknownNames {

  private UnknownNames() {}

  /** A key that is no keyword of this place. */
  static Diagnostic keyword(String word, Location at, Place place) {
    Optional<Keyword> elsewhere = Keyword.of(word);
    if (elsewhere.isPresent()) {
      String places =
          elsewhere.get().places().stream()
              .sorted()
              .map(Place::words)
              .collect(Collectors.joining(", "));
      return Diagnostic.error(at, "'" + word + "' cannot be used in " + place.words())
          .because("this keyword belongs to " + places)
          .next("move it there or remove it");
    }
    List<String> known = Keyword.wordsIn(place);
    Diagnostic unknown = Diagnostic.error(at, "unknown keyword '" + word + "' in " + place.words());
    return Nearest.to(word, known)
        .map(near -> unknown.next("did you mean '" + near + "'?"))
        .orElseGet(
            () ->
                unknown
                    .because(place.words() + " takes " + String.join(", ", known))
                    .next("remove it or correct its name"));
  }

  /** A name that is no module. */
  static Diagnostic action(String name, Location at, Directives catalog, List<String> collections) {
    return catalog
        .python()
        .refusal(name, at, collections)
        .orElseGet(() -> unknown(name, at, catalog));
  }

  private static Diagnostic unknown(String name, Location at, ActionCatalog catalog) {
    if (name.equals("include") || name.equals("ansible.builtin.include")) {
      return Diagnostic.error(at, "'include' is not part of the language any more")
          .because("ansible-core 2.16 removed it")
          .next("use include_tasks, import_tasks or import_playbook");
    }
    Optional<ActionCatalog.Refused> refused = catalog.refused(name);
    if (refused.isPresent()) {
      return Diagnostic.error(at, "the module '" + name + "' is not supported")
          .because(refused.get().because())
          .next(refused.get().next());
    }
    return Diagnostic.error(at, "unknown module '" + name + "'")
        .because("it is none of the modules and directives that Hearth has")
        .next(
            nearestAction(name, catalog)
                .map(near -> "did you mean '" + near + "'?")
                .orElse("check its name; 'command' or 'shell' can do what no module does"));
  }

  /** Compares last parts, so that a long common prefix does not make strangers alike. */
  private static Optional<String> nearestAction(String name, ActionCatalog catalog) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    List<String> lasts =
        catalog.names().stream().map(each -> each.substring(each.lastIndexOf('.') + 1)).toList();
    Optional<String> near = Nearest.to(last, lasts);
    if (near.isEmpty() || !name.contains(".")) {
      return near;
    }
    return catalog.names().stream()
        .filter(each -> each.endsWith("." + near.get()))
        .sorted()
        .findFirst()
        .or(() -> near);
  }

  /** A key of a task that has no known module: it may be a module or a keyword misspelt. */
  static Diagnostic keyOfTask(
      String key, Location at, Place place, Directives catalog, List<String> collections) {
    if (Keyword.of(key).isPresent()) {
      return keyword(key, at, place);
    }
    Optional<Diagnostic> python = catalog.python().refusal(key, at, collections);
    if (python.isPresent()) {
      return python.get();
    }
    List<String> all = new ArrayList<>(Keyword.wordsIn(place));
    nearestAction(key, catalog).ifPresent(all::add);
    boolean meantKeyword =
        Nearest.to(key, all).filter(Keyword.wordsIn(place)::contains).isPresent();
    return meantKeyword ? keyword(key, at, place) : unknown(key, at, catalog);
  }

  /** A parameter that an action does not have. */
  static Diagnostic parameter(String name, Location at, String action, ActionSpec spec) {
    List<String> known = spec.parameters().stream().flatMap(ActionSpec.Parameter::names).toList();
    Optional<String> nearest = Nearest.to(name, known);
    String keywordHint =
        Keyword.of(name).filter(keyword -> keyword.allowedIn(Place.TASK)).isPresent()
            ? "'" + name + "' is a keyword of the task: indent it like '" + action + "'"
            : "remove it or correct its name";
    return Diagnostic.error(at, "'" + action + "' has no parameter '" + name + "'")
        .because(
            known.isEmpty() ? "it takes no parameters" : "it takes " + String.join(", ", known))
        .next(nearest.map(near -> "did you mean '" + near + "'?").orElse(keywordHint));
  }
}
