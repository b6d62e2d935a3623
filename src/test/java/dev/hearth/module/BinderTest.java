package dev.hearth.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BinderTest {

  enum Colour {
    RED,
    DARK_BLUE
  }

  @Exclusive(
      value = {"src", "content"},
      required = true)
  record Paint(
      @Arg(
              doc = "Its name.",
              aliases = {"title"})
          String name,
      @Arg(doc = "Its colour.", defaultsTo = "red") Colour colour,
      @Arg(doc = "How much.", defaultsTo = "2") int litres,
      @Arg(doc = "Whether it shines.", defaultsTo = "no") boolean glossy,
      @Arg(doc = "What is in it.") List<String> parts,
      @Arg(doc = "Labels.") Map<String, Value.Textual> labels,
      @Arg(
              doc = "Whether to ask.",
              choices = {"yes", "no", "ask"})
          Optional<String> ask,
      @Arg(doc = "A file.") @FromController(FromController.Kind.FILE) Optional<ControllerFile> src,
      @Arg(doc = "Text.") Optional<Value.Textual> content,
      @Inline FileAttributes attributes) {}

  private static final Spec<Paint> SPEC = Spec.of("lab.test.paint", Paint.class, "Paints.");
  private static final Source SOURCE = Source.of("site.yml", "- paint:\n    nme: x\n");
  private static final Location TASK = new Location(SOURCE, 1, 3);

  private static Paint bind(Map<String, Value> given) {
    return new Binder(new CannedController(Map.of("a.txt", "a")))
        .bind(SPEC, given, Map.of("nme", new Location(SOURCE, 2, 5)), TASK);
  }

  private static List<Diagnostic> findings(Map<String, Value> given) {
    HearthException failure = catchThrowableOfType(HearthException.class, () -> bind(given));
    return failure.diagnostics();
  }

  @Test
  void defaultsAndAbsentOnes() {
    Paint paint = bind(Map.of("title", Value.number(7), "content", Value.text("x")));
    assertThat(paint.name()).isEqualTo("7");
    assertThat(paint.colour()).isEqualTo(Colour.RED);
    assertThat(paint.litres()).isEqualTo(2);
    assertThat(paint.glossy()).isFalse();
    assertThat(paint.parts()).isEmpty();
    assertThat(paint.labels()).isEmpty();
    assertThat(paint.src()).isEmpty();
    assertThat(paint.attributes().mode()).isEmpty();
  }

  @Test
  void convertsAsAnsibleDoes() {
    Paint paint =
        bind(
            Map.of(
                "name", Value.bool(true),
                "colour", Value.text("dark_blue"),
                "litres", Value.text(" 12 "),
                "glossy", Value.text("On"),
                "parts", Value.text("oil, pigment"),
                "labels", Value.Dict.ofTexts(Map.of("k", Value.number(1))),
                "ask", Value.bool(true),
                "content", Value.Dict.ofTexts(Map.of("a", Value.Seq.of(Value.number(1)))),
                "mode", Value.number(0644),
                "owner", Value.OMIT));
    assertThat(paint.name()).isEqualTo("True");
    assertThat(paint.colour()).isEqualTo(Colour.DARK_BLUE);
    assertThat(paint.litres()).isEqualTo(12);
    assertThat(paint.glossy()).isTrue();
    assertThat(paint.parts()).containsExactly("oil", "pigment");
    assertThat(paint.labels()).containsEntry("k", Value.text("1"));
    assertThat(paint.ask()).contains("yes");
    assertThat(paint.content()).contains(Value.text("{\"a\": [1]}"));
    assertThat(paint.attributes().mode()).contains(new FileMode("0644"));
    assertThat(paint.attributes().owner()).isEmpty();
  }

  @Test
  void aSecretStaysOneAlsoInsideJson() {
    Paint paint =
        bind(
            Map.of(
                "name", Value.text("n"),
                "content", Value.Dict.ofTexts(Map.of("t", new Value.Secret("s3")))));
    assertThat(paint.content().orElseThrow()).isEqualTo(new Value.Secret("{\"t\": \"s3\"}"));
  }

  @Test
  void filesComeFromTheController() {
    Paint paint = bind(Map.of("name", Value.text("n"), "src", Value.text("a.txt")));
    assertThat(paint.src().orElseThrow().path()).isEqualTo("/lab/files/a.txt");
  }

  @Test
  void tellsAllThatIsWrongAtOnce() {
    List<Diagnostic> findings =
        findings(
            Map.of(
                "nme", Value.text("x"),
                "litres", Value.text("many"),
                "colour", Value.text("rad"),
                "src", Value.text("a.txt"),
                "content", new Value.Secret("hush")));
    assertThat(findings)
        .extracting(Diagnostic::summary)
        .containsExactlyInAnyOrder(
            "lab.test.paint has no parameter 'nme'",
            "lab.test.paint needs the parameter 'name'",
            "'litres' of lab.test.paint must be a whole number, not 'many'",
            "'colour' of lab.test.paint cannot be 'rad'",
            "parameters of lab.test.paint that exclude each other: src, content");
    Diagnostic unknown = findings.getFirst();
    assertThat(unknown.next()).isEqualTo("did you mean 'name'?");
    assertThat(unknown.at()).contains(new Location(SOURCE, 2, 5));
    assertThat(findings.toString()).doesNotContain("hush");
  }

  @Test
  void oneOfSeveralIsNeeded() {
    assertThat(findings(Map.of("name", Value.text("n"))))
        .extracting(Diagnostic::summary)
        .containsExactly("lab.test.paint needs one of the parameters src, content");
    assertThat(
            findings(
                Map.of(
                    "name", Value.text("n"), "title", Value.text("m"), "content", Value.text(""))))
        .extracting(Diagnostic::summary)
        .hasSize(1)
        .allSatisfy(summary -> assertThat(summary).contains("two names of the same parameter"));
  }

  @Test
  void aModeWithoutItsZeroIsASlip() {
    List<Diagnostic> findings =
        findings(
            Map.of("name", Value.text("n"), "content", Value.text(""), "mode", Value.number(755)));
    assertThat(findings.getFirst().summary()).contains("would set 01363");
    assertThat(findings.getFirst().next()).isEqualTo("write mode: '0755'");
  }

  @Test
  void templatesAreLeftForTheRun() {
    Value template = new Value.Template("{{ x }}", TASK, false);
    assertThat(
            Binder.check(
                SPEC,
                Map.of("name", template, "litres", template, "src", template),
                Map.of(),
                TASK))
        .isEmpty();
    assertThat(Binder.check(SPEC, Map.of("name", template), Map.of(), TASK)).hasSize(1);
  }
}
