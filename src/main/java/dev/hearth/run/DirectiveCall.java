package dev.hearth.run;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.playbook.Task;
import dev.hearth.template.TemplateFailure;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import dev.hearth.vars.Layers;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One go at an action that steers the run, with all that it may need.
 *
 * @param scope the variables that the task sees
 * @param check whether nothing is to be changed
 * @param tell takes what happens on the way
 */
record DirectiveCall(
    Services services,
    Task task,
    String host,
    Layers scope,
    Keywords keywords,
    Arguments arguments,
    boolean check,
    Consumer<Event> tell) {

  /** An argument as text, if it is given. */
  Optional<String> text(String name) {
    return Optional.ofNullable(arguments.values().get(name)).map(Keywords::text);
  }

  /** An argument that is on or off. */
  boolean flag(String name, boolean otherwise) {
    Value given = arguments.values().get(name);
    return given == null ? otherwise : Keywords.bool(given, place(name));
  }

  /** An argument as a number, if it is given. */
  Optional<Double> number(String name) {
    return Optional.ofNullable(arguments.values().get(name))
        .map(value -> keywords.number(located(value, name)));
  }

  /** A value with the place of the argument that it comes from. */
  Located located(Value value, String name) {
    return new Located(value, place(name));
  }

  /** Where an argument is written, or the free text, or the action. */
  Location place(String name) {
    return arguments
        .places()
        .getOrDefault(
            name, arguments.places().getOrDefault(Arguments.FREE_FORM, task.action().at()));
  }

  /** The failure that an argument which must be there is not. */
  TemplateFailure missing(String parameter) {
    return new TemplateFailure(
        Diagnostic.error(task.action().at(), task.action().written() + " needs '" + parameter + "'")
            .next("add " + parameter + ":"));
  }

  /** Tells why something went wrong. */
  void explain(Diagnostic why) {
    tell.accept(new Event.Explained(host, why));
  }
}
