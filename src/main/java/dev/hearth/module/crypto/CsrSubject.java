package dev.hearth.module.crypto;

import dev.hearth.module.Arg;
import dev.hearth.module.Refusal;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whom a request for a certificate names. */
public record CsrSubject(
    @Arg(doc = "Fields by their names, `{OU: [a, b]}`; their order means nothing.")
        Map<String, Value> subject,
    @Arg(doc = "The same as a list of mappings with one field each, in this order; alone.")
        List<Value> subjectOrdered,
    @Arg(
            doc = "The country.",
            aliases = {"C", "countryName"})
        Optional<String> countryName,
    @Arg(
            doc = "The state.",
            aliases = {"ST", "stateOrProvinceName"})
        Optional<String> stateOrProvinceName,
    @Arg(
            doc = "The place.",
            aliases = {"L", "localityName"})
        Optional<String> localityName,
    @Arg(
            doc = "The organization.",
            aliases = {"O", "organizationName"})
        Optional<String> organizationName,
    @Arg(
            doc = "A part of it.",
            aliases = {"OU", "organizationalUnitName"})
        Optional<String> organizationalUnitName,
    @Arg(
            doc = "The name, such as that of the host.",
            aliases = {"CN", "commonName"})
        Optional<String> commonName,
    @Arg(
            doc = "The address for mail.",
            aliases = {"E", "emailAddress"})
        Optional<String> emailAddress) {

  /**
   * A field.
   *
   * @param name such as {@code CN}
   * @param text what it says
   */
  record Field(String name, String text) {

    Value shown() {
      return new Value.Seq(List.of(Value.text(name), Value.text(text)));
    }
  }

  /** Refuses what does not go together. */
  public CsrSubject {
    if (!subject.isEmpty() && !subjectOrdered.isEmpty()) {
      throw new Refusal("parameters are mutually exclusive: subject|subject_ordered");
    }
  }

  /** Whether the order of the fields matters. */
  boolean ordered() {
    return !subjectOrdered.isEmpty();
  }

  /** All of them. */
  List<Field> fields() {
    List<Field> all = new ArrayList<>();
    one(all, "C", countryName);
    one(all, "ST", stateOrProvinceName);
    one(all, "L", localityName);
    one(all, "O", organizationName);
    one(all, "OU", organizationalUnitName);
    one(all, "CN", commonName);
    one(all, "emailAddress", emailAddress);
    subject.forEach((name, text) -> several(all, name, text));
    if (ordered() && !all.isEmpty()) {
      throw new Refusal("subject_ordered cannot be combined with any other subject field");
    }
    for (Value each : subjectOrdered) {
      if (!(each instanceof Value.Dict field) || field.entries().size() != 1) {
        throw new Refusal("subject_ordered is a list of mappings with one field each");
      }
      field.entries().forEach((name, text) -> several(all, ((Value.Textual) name).reveal(), text));
    }
    return all;
  }

  private static void one(List<Field> all, String name, Optional<String> text) {
    text.filter(given -> !given.isEmpty()).ifPresent(given -> all.add(new Field(name, given)));
  }

  private static void several(List<Field> all, String name, Value text) {
    List<Value> texts = text instanceof Value.Seq list ? list.items() : List.of(text);
    for (Value each : texts) {
      if (!(each instanceof Value.Textual given) || given.reveal().isEmpty()) {
        throw new Refusal("the field " + name + " of the subject is no text, or an empty one");
      }
      all.add(new Field(name, given.reveal()));
    }
  }

  /** The first name of a host among them. */
  Optional<String> name() {
    return fields().stream()
        .filter(field -> List.of("CN", "commonName").contains(field.name()))
        .map(Field::text)
        .findFirst();
  }
}
