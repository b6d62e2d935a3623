package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Nearest;
import dev.hearth.playbook.Context;
import dev.hearth.playbook.Handler;
import dev.hearth.template.Scope;
import dev.hearth.template.Templar;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the handlers that a task notifies, by name, by role and name, and by the topics they listen
 * to.
 */
final class Notifications {

  private final Templar templar;
  private final List<Handler> handlers;

  Notifications(Templar templar, List<Handler> handlers) {
    this.templar = templar;
    this.handlers = handlers;
  }

  /**
   * The handlers that a changed task notifies.
   *
   * @param notified names and topics, evaluated
   * @throws dev.hearth.diag.HearthException for a name that no handler has
   */
  Set<Handler> of(List<Located> notified, Scope scope) {
    Set<Handler> found = new LinkedHashSet<>();
    for (Located written : notified) {
      Value names = written.value();
      for (Value name : names instanceof Value.Seq list ? list.items() : List.of(names)) {
        found.addAll(named(Keywords.text(name), written, scope));
      }
    }
    return found;
  }

  private Set<Handler> named(String name, Located written, Scope scope) {
    Set<Handler> found = new LinkedHashSet<>();
    List<Handler> lastFirst = lastFirst();
    lastFirst.stream()
        .filter(handler -> answers(handler, name, scope))
        .findFirst()
        .ifPresent(found::add);
    Set<String> seen = new HashSet<>();
    lastFirst.stream()
        .filter(handler -> handler.listen().stream().anyMatch(topic -> listens(topic, name, scope)))
        .filter(
            handler ->
                handler.task().name().isEmpty()
                    || seen.add(Names.of(handler.task(), templar, scope)))
        .forEach(found::add);
    if (found.isEmpty()) {
      throw Diagnostic.error(written.at(), "no handler is called '" + name + "' or listens to it")
          .next(
              Nearest.hint(
                  name, known(scope), "write a handler with that name, or correct the name"))
          .failure();
    }
    return found;
  }

  /**
   * What was loaded last comes first, as it wins over others of the same name; inside of a file or
   * of one use of a role the order is that of writing.
   */
  private List<Handler> lastFirst() {
    List<List<Handler>> groups = new ArrayList<>();
    for (Handler handler : handlers) {
      if (groups.isEmpty() || !together(groups.getLast().getLast(), handler)) {
        groups.add(new ArrayList<>());
      }
      groups.getLast().add(handler);
    }
    return groups.reversed().stream().flatMap(List::stream).toList();
  }

  private static boolean together(Handler one, Handler other) {
    Context first = one.task().context();
    Context second = other.task().context();
    return first.file().equals(second.file()) && first.role().equals(second.role());
  }

  private boolean answers(Handler handler, String name, Scope scope) {
    String own = Names.of(handler.task(), templar, scope);
    return own.equals(name) || Names.banner(handler.task(), templar, scope).equals(name);
  }

  private boolean listens(Located topic, String name, Scope scope) {
    Value resolved = templar.resolve(topic, scope);
    return Keywords.texts(resolved).contains(name) || Keywords.text(resolved).equals(name);
  }

  private List<String> known(Scope scope) {
    List<String> names = new ArrayList<>();
    for (Handler handler : handlers) {
      names.add(Names.of(handler.task(), templar, scope));
      handler.listen().forEach(topic -> names.add(Keywords.text(templar.resolve(topic, scope))));
    }
    return names;
  }
}
