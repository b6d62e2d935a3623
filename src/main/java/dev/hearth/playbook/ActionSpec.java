package dev.hearth.playbook;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a task may say to a module or directive.
 *
 * @param fullName the name under which the run knows it
 * @param kind who handles it
 * @param parameters its parameters
 * @param freeForm whether text behind its name is one free text ({@code command: uptime}) and not
 *     only {@code key=value}
 * @param open whether it takes parameters of any name ({@code set_fact}); those listed are still
 *     checked
 */
public record ActionSpec(
    String fullName, Kind kind, List<Parameter> parameters, boolean freeForm, boolean open) {

  /** Who handles an action. */
  public enum Kind {
    /** It concerns a host and is planned. */
    MODULE,
    /** It steers the run. */
    DIRECTIVE
  }

  /**
   * One parameter.
   *
   * @param name its name
   * @param aliases other names for it
   * @param required whether it has to be given; for a free form the free text counts
   * @param choices the only values it takes; none for any
   */
  public record Parameter(
      String name, List<String> aliases, boolean required, List<String> choices) {

    /** Keeps its own copies. */
    public Parameter {
      aliases = List.copyOf(aliases);
      choices = List.copyOf(choices);
    }

    /** One that may be left out and takes any value. */
    public static Parameter optional(String name, String... aliases) {
      return new Parameter(name, List.of(aliases), false, List.of());
    }

    /** One that has to be given and takes any value. */
    public static Parameter required(String name, String... aliases) {
      return new Parameter(name, List.of(aliases), true, List.of());
    }

    /** All names that it answers to. */
    public Stream<String> names() {
      return Stream.concat(Stream.of(name), aliases.stream());
    }
  }

  /** Keeps its own copy. */
  public ActionSpec {
    parameters = List.copyOf(parameters);
  }

  /** The parameter that answers to a name. */
  public Optional<Parameter> parameter(String name) {
    return parameters.stream().filter(each -> each.names().anyMatch(name::equals)).findFirst();
  }
}
