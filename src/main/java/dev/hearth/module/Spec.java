package dev.hearth.module;

import java.util.List;

/**
 * What a module tells about itself.
 *
 * @param name its full name, such as {@code ansible.builtin.file}
 * @param aliases further full names it answers to
 * @param arguments the record of its arguments
 * @param freeForm the parameter that takes text written behind the module's name ({@code command:
 *     uptime}); empty when there is none
 * @param doc what it does, a sentence or two
 */
public record Spec<A extends Record>(
    String name, List<String> aliases, Class<A> arguments, String freeForm, String doc) {

  /** A module with one name and no free form. */
  public static <A extends Record> Spec<A> of(String name, Class<A> arguments, String doc) {
    return new Spec<>(name, List.of(), arguments, "", doc);
  }

  /** The same with further full names. */
  public Spec<A> alias(String... names) {
    return new Spec<>(name, List.of(names), arguments, freeForm, doc);
  }

  /** The same with a parameter for free text. */
  public Spec<A> freeForm(String parameter) {
    return new Spec<>(name, aliases, arguments, parameter, doc);
  }

  /** The last part of the name. */
  public String shortName() {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
