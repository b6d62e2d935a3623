package dev.hearth.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.template.syntax.TemplateOptions;
import dev.hearth.value.Value;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Errors point at the right character of the file, whatever YAML's quoting did to the text. */
class FailurePlaceTest {

  private final Templar templar = Fixture.templar();
  private final Scope scope = Fixture.scope(Map.of("users", Value.Seq.of(Value.text("ann"))));

  private Diagnostic failure(String template, String file, int line, int column) {
    Location at = new Location(new Source("site.yml", file), line, column);
    TemplateFailure failure =
        catchThrowableOfType(
            TemplateFailure.class,
            () -> templar.resolve(new Value.Template(template, at, false), scope));
    return failure.diagnostic();
  }

  private static String place(Diagnostic finding) {
    return finding.at().map(Location::toString).orElse("");
  }

  @Test
  void onOneLine() {
    Diagnostic found = failure("{{ usrs }}", "msg: {{ usrs }}", 1, 6);
    assertThat(place(found)).isEqualTo("site.yml:1:9");
    assertThat(found.summary()).isEqualTo("'usrs' is undefined");
    assertThat(found.next()).isEqualTo("did you mean 'users'?");
  }

  @Test
  void behindAQuote() {
    assertThat(place(failure("it's {{ nope }}", "m: 'it''s {{ nope }}'", 1, 4)))
        .isEqualTo("site.yml:1:14");
  }

  @Test
  void inABlockScalar() {
    String file = "content: |\n  first\n  {{ users[0] }}\n    then {{ users | uper }}\n";
    assertThat(place(failure("first\n{{ users[0] }}\n  then {{ users | uper }}\n", file, 1, 10)))
        .isEqualTo("site.yml:4:21");
  }

  @Test
  void inAFoldedScalar() {
    String file = "when: >-\n    users\n    | nosuch\n";
    Location at = new Location(new Source("site.yml", file), 1, 7);
    TemplateFailure failure =
        catchThrowableOfType(
            TemplateFailure.class,
            () ->
                templar.condition(
                    new dev.hearth.value.Located(Value.written("users | nosuch"), at), scope));
    assertThat(place(failure.diagnostic())).isEqualTo("site.yml:3:7");
  }

  @Test
  void inAFileWithAHeader() {
    Source file =
        new Source(
            "x.j2",
            """
            #jinja2: trim_blocks: False
            ok
            {% if users %}
            {{ users.0 | frist }}
            {% endif %}
            """);
    TemplateFailure failure =
        catchThrowableOfType(
            TemplateFailure.class,
            () -> templar.renderFile(file, false, TemplateOptions.DEFAULT, scope));
    assertThat(place(failure.diagnostic())).isEqualTo("x.j2:4:14");
    assertThat(failure.diagnostic().next()).isEqualTo("did you mean 'first'?");
  }

  @Test
  void syntaxErrorsSayWhatBelongsThere() {
    assertThat(failure("{{ users | }}", "m: {{ users | }}", 1, 4).summary())
        .contains("where name belongs");
    assertThat(failure("{% if users %}x", "m: {% if users %}x", 1, 4).summary()).contains("endif");
    assertThat(failure("{% fi users %}x", "m: x", 1, 4).next()).contains("'if'");
    assertThat(failure("{% do users.append(1) %}", "m: x", 1, 4).next()).contains("set _");
  }

  @Test
  void aTemplateThatNeedsItselfIsNamed() {
    Scope loop =
        Fixture.scope(Map.of("a", Fixture.template("{{ b }}"), "b", Fixture.template("{{ a }}")));
    TemplateFailure failure =
        catchThrowableOfType(
            TemplateFailure.class, () -> templar.resolve(Fixture.template("{{ a }}!"), loop));
    assertThat(failure.diagnostic().summary()).contains("needs its own value");
    assertThat(failure.diagnostic().why()).contains("{{ b }}").contains("{{ a }}");
  }
}
