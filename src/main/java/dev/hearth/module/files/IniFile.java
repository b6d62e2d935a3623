package dev.hearth.module.files;

import dev.hearth.fact.Fact;
import dev.hearth.fact.Facts;
import dev.hearth.fact.FileBytes;
import dev.hearth.fact.HostPath;
import dev.hearth.fact.PathFact;
import dev.hearth.fact.PathInfo;
import dev.hearth.module.Arg;
import dev.hearth.module.Exclusive;
import dev.hearth.module.FileAttributes;
import dev.hearth.module.Inline;
import dev.hearth.module.Module;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.plan.Result;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code community.general.ini_file}: an option of a section of an INI file. */
public final class IniFile implements Module<IniFile.Args> {

  /** The parameters. */
  @Exclusive({"value", "values"})
  public record Args(
      @Arg(
              doc = "The file.",
              aliases = {"dest"})
          String path,
      @Arg(doc = "The section; without it the options in front of all sections.")
          Optional<String> section,
      @Arg(
              doc =
                  "Options (`option` with `value` or `values`) that tell which of several sections"
                      + " with the same name is meant.")
          List<Map<String, Value>> sectionHasValues,
      @Arg(doc = "The option; without it the section itself.") Optional<String> option,
      @Arg(doc = "The value.") Optional<Value.Textual> value,
      @Arg(doc = "Several values, each on a line of its own.") Optional<List<String>> values,
      @Arg(
              doc = "Whether it is there.",
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "No other values of the option may stay.", defaultsTo = "true") boolean exclusive,
      @Arg(doc = "Keep the old file under another name.", defaultsTo = "false") boolean backup,
      @Arg(doc = "Write no blanks around the equals sign.", defaultsTo = "false")
          boolean noExtraSpaces,
      @Arg(doc = "Other blanks around the equals sign are no change.", defaultsTo = "false")
          boolean ignoreSpaces,
      @Arg(doc = "Make the file when it does not exist.", defaultsTo = "true") boolean create,
      @Arg(doc = "The option may stand without a value.", defaultsTo = "false")
          boolean allowNoValue,
      @Arg(doc = "An option that is commented out is used.", defaultsTo = "true")
          boolean modifyInactiveOption,
      @Arg(doc = "Write through a link at the path; always done.", defaultsTo = "false")
          boolean follow,
      @Inline FileAttributes attributes) {

    boolean named() {
      return section.filter(name -> !name.isEmpty()).isPresent();
    }

    /** All values that are wanted, one character per byte. */
    List<String> all() {
      return value.map(one -> List.of(one.reveal())).or(() -> values).orElse(List.of()).stream()
          .map(PythonRegex::bytes)
          .toList();
    }

    String optionBytes() {
      return PythonRegex.bytes(option.orElse(""));
    }

    String sectionBytes() {
      return PythonRegex.bytes(section.orElse(""));
    }

    List<Condition> conditions() {
      return sectionHasValues.stream().map(Condition::of).toList();
    }
  }

  /**
   * What a section must have.
   *
   * @param option its name
   * @param values one of which it must have; empty for any
   */
  record Condition(String option, List<String> values) {

    static Condition of(Map<String, Value> given) {
      if (!(given.get("option") instanceof Value.Textual name)) {
        throw new Refusal("each entry of section_has_values needs an option");
      }
      List<String> values = new ArrayList<>();
      if (given.get("values") instanceof Value.Seq list) {
        list.items().forEach(item -> values.add(text(item)));
      }
      Value value = given.get("value");
      if (value != null && value != Value.NULL) {
        values.add(text(value));
      }
      return new Condition(
          PythonRegex.bytes(name.reveal()), values.stream().map(PythonRegex::bytes).toList());
    }

    private static String text(Value value) {
      return switch (value) {
        case Value.Textual text -> text.reveal();
        case Value.Int number -> number.value().toString();
        case Value.Bool bool -> bool.value() ? "True" : "False";
        default -> throw new Refusal("the values in section_has_values must be texts");
      };
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.ini_file",
        Args.class,
        "Sets or removes an option or a section of an INI file.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    HostPath path = new HostPath(want.path());
    if (path.needs().isPresent()) {
      return List.of(path.needs().get());
    }
    String plain = HostPath.trimmed(want.path());
    return List.of(new PathFact(plain), new FileBytes(plain));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    if (want.state().equals("present") && !want.allowNoValue() && want.all().isEmpty()) {
      throw new Refusal(
          "Parameter 'value(s)' must be defined if state=present and allow_no_value=False.");
    }
    String path = new HostPath(want.path()).on(host);
    PathInfo there = host.get(new PathFact(path)).followed();
    if (there.directory()) {
      throw new Refusal(path + " is a directory; name a file");
    }
    if (!there.exists() && !want.create()) {
      return new Verdict.Rejected(
          Result.failure("Destination " + path + " does not exist!").with("rc", 257));
    }
    String before = there.exists() ? host.get(new FileBytes(path)) : "";
    List<String> lines = new ArrayList<>(LineInFile.lines(before));
    if (lines.isEmpty()) {
      lines.add("\n");
    }
    boolean open = !lines.getLast().endsWith("\n");
    if (open) {
      lines.add(lines.removeLast() + "\n");
    }
    IniText text = new IniText(want, lines);
    List<String> edited = text.edited();
    boolean changed = open || !edited.equals(lines);
    EditedFile file =
        new EditedFile(
            path,
            there,
            before,
            want.value().orElse(Value.text("")) instanceof Value.Secret,
            want.attributes(),
            Optional.empty(),
            want.backup());
    return file.become(
        String.join("", edited), changed, text.message(), Result.ok().with("path", path));
  }
}
