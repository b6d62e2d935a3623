package dev.hearth.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.fuzz.Fuzzing;
import dev.hearth.template.syntax.TemplateOptions;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Whatever stands in a template: it is parsed and checked, or there are findings inside it. Nothing
 * is evaluated: a template may run programs.
 */
public final class JinjaFuzz {

  private JinjaFuzz() {}

  /** Checks one input as a value, as a condition and as a template file. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = Fuzzing.text(input);
    Source source = Source.of("x.j2", text);
    Location at = Location.startOf(source);
    Templar templar = Fixture.templar();
    Value template = new Value.Template(text, at, false);
    List<Diagnostic> findings = new ArrayList<>(templar.check(template));
    findings.addAll(templar.checkCondition(new Located(Value.text(text), at)));
    findings.addAll(templar.checkFile(source, TemplateOptions.DEFAULT));
    long lines = text.chars().filter(each -> each == '\n').count() + 1;
    for (Diagnostic finding : findings) {
      assertThat(finding.render()).isNotBlank();
      finding.at().ifPresent(place -> assertThat(place.line()).isBetween(1, (int) lines + 1));
    }
    assertThat(templar.references(template)).isNotNull();
  }
}
