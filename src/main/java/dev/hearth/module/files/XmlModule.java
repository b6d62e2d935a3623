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
import dev.hearth.module.Module;
import dev.hearth.module.PythonJson;
import dev.hearth.module.Refusal;
import dev.hearth.module.Spec;
import dev.hearth.module.xml.XmlDocument;
import dev.hearth.module.xml.XmlEdit;
import dev.hearth.module.xml.XmlFault;
import dev.hearth.plan.Diff;
import dev.hearth.plan.Result;
import dev.hearth.plan.Verdict;
import dev.hearth.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code community.general.xml}: elements, attributes and texts of an XML file. The file is edited
 * in our hands, so the host needs no Python and no lxml.
 */
public final class XmlModule implements Module<XmlModule.Args> {

  /** The parameters. */
  @Exclusive(
      value = {"path", "xmlstring"},
      required = true)
  @Exclusive({"add_children", "content", "count", "print_match", "set_children", "value"})
  @Exclusive({"insertbefore", "insertafter"})
  public record Args(
      @Arg(
              doc = "The file.",
              aliases = {"dest", "file"})
          Optional<String> path,
      @Arg(doc = "A text in XML instead of a file; the new text is returned as `xmlstring`.")
          Optional<Value.Textual> xmlstring,
      @Arg(doc = "XPath 1.0 of what is meant.") Optional<String> xpath,
      @Arg(doc = "What the prefixes in `xpath` mean: prefix to namespace.")
          Map<String, Value> namespaces,
      @Arg(
              doc = "Whether what `xpath` finds is there.",
              aliases = {"ensure"},
              choices = {"absent", "present"},
              defaultsTo = "present")
          String state,
      @Arg(doc = "The text of the elements found, or the value of `attribute`.")
          Optional<Value.Textual> value,
      @Arg(doc = "The attribute that gets the value.") Optional<String> attribute,
      @Arg(
              doc =
                  "Children that the elements found get as well: names, mappings from a name to a"
                      + " text, or to attributes with `+value` for the text and `_` for children.")
          Optional<List<Value>> addChildren,
      @Arg(doc = "The only children that the elements found have.")
          Optional<List<Value>> setChildren,
      @Arg(doc = "Count what `xpath` finds.", defaultsTo = "false") boolean count,
      @Arg(doc = "Tell in `msg` where all is that `xpath` finds.", defaultsTo = "false")
          boolean printMatch,
      @Arg(doc = "Indent what is written.", defaultsTo = "false") boolean prettyPrint,
      @Arg(
              doc = "What to return of the elements found.",
              choices = {"attribute", "text"})
          Optional<String> content,
      @Arg(
              doc = "How children are written.",
              choices = {"xml", "yaml"},
              defaultsTo = "yaml")
          String inputType,
      @Arg(doc = "Keep the old file under another name.", defaultsTo = "false") boolean backup,
      @Arg(doc = "Write the texts in CDATA as plain texts.", defaultsTo = "false")
          boolean stripCdataTags,
      @Arg(doc = "Put the new children in front of what is found first.", defaultsTo = "false")
          boolean insertbefore,
      @Arg(doc = "Put the new children behind what is found last.", defaultsTo = "false")
          boolean insertafter) {

    private boolean reads() {
      return printMatch || count || content.isPresent();
    }

    private boolean xml() {
      return inputType.equals("xml");
    }

    private Map<String, String> prefixes() {
      Map<String, String> all = new LinkedHashMap<>();
      namespaces.forEach(
          (prefix, space) -> {
            if (!(space instanceof Value.Textual text)) {
              throw new Refusal("the namespace of the prefix '" + prefix + "' must be a text");
            }
            all.put(prefix, text.reveal());
          });
      return all;
    }

    private boolean secret() {
      return value.filter(Value.Secret.class::isInstance).isPresent()
          || addChildren.or(() -> setChildren).filter(XmlModule::hides).isPresent();
    }
  }

  @Override
  public Spec<Args> spec() {
    return Spec.of(
        "community.general.xml",
        Args.class,
        "Reads and edits XML. The file is read, edited on this machine and written as lxml writes"
            + " it; the host needs neither. `changed` with `xmlstring` means that the text says"
            + " something else now.");
  }

  @Override
  public List<Fact<?>> reads(Args want) {
    if (want.path().isEmpty()) {
      return List.of();
    }
    HostPath path = new HostPath(want.path().get());
    if (path.needs().isPresent()) {
      return List.of(path.needs().get());
    }
    String plain = HostPath.trimmed(want.path().get());
    return List.of(new PathFact(plain), new FileBytes(plain));
  }

  @Override
  public Verdict plan(Args want, Facts host) {
    conditions(want);
    if (want.path().isEmpty()) {
      Value.Textual given = want.xmlstring().orElseThrow();
      Edited edited = edited(want, given.reveal().getBytes(StandardCharsets.UTF_8));
      Result result = edited.result().with("xmlstring", given.with(edited.after()));
      return edited.changed()
          ? Verdict.changes(
              List.of(),
              List.of(new Diff.Texts("before", given, "after", given.with(edited.after()))),
              result.changed(true))
          : Verdict.satisfied(result);
    }
    String path = new HostPath(want.path().get()).on(host);
    PathInfo there = host.get(new PathFact(path)).followed();
    if (!there.file()) {
      throw new Refusal(
          there.exists()
              ? path + " is no regular file; name a file"
              : path + " does not exist; make it first, with copy or template");
    }
    String before = host.get(new FileBytes(path));
    Edited edited = edited(want, before.getBytes(StandardCharsets.ISO_8859_1));
    if (!edited.changed()) {
      return Verdict.satisfied(edited.result());
    }
    String after =
        new String(edited.after().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    return new EditedFile(
            path,
            there,
            before,
            want.secret(),
            FileAttributes.of(Optional.empty()),
            Optional.empty(),
            want.backup())
        .become(after, true, "", edited.result());
  }

  private static void conditions(Args want) {
    if (want.xpath().isEmpty()) {
      if (!want.prettyPrint()) {
        throw new Refusal("give an xpath, or pretty_print to indent the text only");
      }
      if (want.addChildren().isPresent()
          || want.setChildren().isPresent()
          || want.value().isPresent()
          || want.reads()
          || want.insertafter()
          || want.insertbefore()
          || want.state().equals("absent")) {
        throw new Refusal("all but pretty_print needs xpath; add xpath to the task");
      }
    }
    if (want.attribute().isPresent() && want.value().isEmpty()) {
      throw new Refusal("attribute needs value; add value to the task");
    }
  }

  /**
   * What became of a text.
   *
   * @param after the text
   * @param changed whether it says something else
   * @param result what to return
   */
  private record Edited(String after, boolean changed, Result result) {}

  private static Edited edited(Args want, byte[] text) {
    XmlDocument document;
    try {
      document = XmlDocument.read(text, want.prettyPrint(), want.stripCdataTags());
    } catch (XmlFault wrong) {
      throw new Refusal(
          want.path().orElse("the text in xmlstring") + " is no XML: " + wrong.getMessage());
    }
    if (want.xpath().isEmpty()) {
      String after = document.text(true);
      boolean changed = !java.util.Arrays.equals(after.getBytes(StandardCharsets.UTF_8), text);
      return new Edited(after, changed, Result.ok());
    }
    String expression = want.xpath().get();
    String before = document.meaning();
    XmlEdit edit = new XmlEdit(document, expression, want.prefixes());
    Map<String, Value> actions = new LinkedHashMap<>();
    actions.put("xpath", Value.text(expression));
    actions.put("namespaces", Value.Dict.ofTexts(want.namespaces()));
    actions.put("state", Value.text(want.state()));
    Result result = Result.ok().with("actions", Value.Dict.ofTexts(actions));
    try {
      if (want.reads()) {
        return new Edited(document.text(want.prettyPrint()), false, told(want, edit, result));
      }
      apply(want, edit);
    } catch (XmlFault wrong) {
      throw new Refusal("xpath " + expression + ": " + wrong.getMessage());
    }
    return new Edited(
        document.text(want.prettyPrint()), !document.meaning().equals(before), result);
  }

  private static Result told(Args want, XmlEdit edit, Result result) {
    if (want.printMatch()) {
      Value places = new Value.Seq(edit.places().stream().<Value>map(Value::text).toList());
      return result
          .with("matches", new Value.Seq(List.of()))
          .with(
              "msg",
              "selector '"
                  + want.xpath().orElseThrow()
                  + "' match: "
                  + PythonJson.write(places).reveal());
    }
    if (want.count()) {
      long count = edit.count();
      return result.with("count", count).with("msg", "found " + count + " nodes");
    }
    List<Value> found =
        want.content().orElseThrow().equals("text") ? edit.texts() : edit.attributes();
    return result
        .with("count", found.size())
        .with("matches", new Value.Seq(found))
        .with("msg", found.size());
  }

  private static void apply(Args want, XmlEdit edit) {
    if (want.state().equals("absent")) {
      edit.remove();
    } else if (want.setChildren().isPresent()) {
      edit.setChildren(want.setChildren().get(), want.xml());
    } else if (want.addChildren().filter(list -> !list.isEmpty()).isPresent()) {
      if (want.insertbefore() || want.insertafter()) {
        edit.insertBeside(want.addChildren().get(), want.xml(), want.insertbefore());
      } else {
        edit.addChildren(want.addChildren().get(), want.xml());
      }
    } else if (want.value().isPresent()) {
      edit.set(want.attribute(), want.value().get().reveal());
    } else {
      edit.make();
    }
  }

  private static boolean hides(List<Value> values) {
    return values.stream().anyMatch(XmlModule::hides);
  }

  private static boolean hides(Value value) {
    return switch (value) {
      case Value.Secret secret -> true;
      case Value.Seq list -> hides(list.items());
      case Value.Dict mapping -> mapping.entries().values().stream().anyMatch(XmlModule::hides);
      default -> false;
    };
  }
}
