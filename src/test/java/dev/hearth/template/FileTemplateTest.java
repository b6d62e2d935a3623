package dev.hearth.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.diag.Source;
import dev.hearth.template.syntax.TemplateOptions;
import dev.hearth.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Template files and the statements that bring in others. */
class FileTemplateTest {

  private final Templar templar = Fixture.templar();
  @TempDir private Path role;
  private Scope scope = Fixture.scope(Map.of());

  @BeforeEach
  void searchInTheRole() throws IOException {
    Files.createDirectories(role.resolve("templates/parts"));
    scope =
        Scope.of(
            Map.of("name", Value.text("web"), "ports", Value.Seq.of(Value.number(80))),
            new SearchPath(List.of(role)));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(role.resolve("templates").resolve(name), text);
  }

  private String render(String text) {
    return render(text, TemplateOptions.DEFAULT);
  }

  private String render(String text, TemplateOptions options) {
    Source file = new Source(role.resolve("templates/main.j2").toString(), text);
    return templar.renderFile(file, false, options, scope).reveal();
  }

  @Test
  void lineEndsFollowAnsible() {
    assertThat(render("a\n{% if name %}\nb\n{% endif %}\n")).isEqualTo("a\nb\n");
    assertThat(render("{{ name }}\n\n")).isEqualTo("web\n\n");
    assertThat(render("a\r\nb\r\n")).isEqualTo("a\nb\n");
    assertThat(render("a\nb\n", TemplateOptions.DEFAULT.withNewline("\r\n"))).startsWith("a\r\nb");
    assertThat(
            render(
                "  {% if name %}\nx\n  {% endif %}\n",
                TemplateOptions.DEFAULT.withLstripBlocks(true)))
        .isEqualTo("x\n");
    assertThat(
            render("{% if name %}\nx{% endif %}\n", TemplateOptions.DEFAULT.withTrimBlocks(false)))
        .isEqualTo("\nx\n");
  }

  @Test
  void whatIsNoTextIsWrittenAsPythonPrintsIt() {
    assertThat(render("{{ {'a': [1, none]} }}\n")).isEqualTo("{'a': [1, None]}");
    assertThat(render("{{ none }}\n")).isEmpty();
    assertThat(render("")).isEmpty();
    assertThat(render("{{ true }}")).isEqualTo("True");
  }

  @Test
  void backslashesAreEscapesInFiles() {
    assertThat(render("{{ 'a\\tb' }}{{ '\\d' }}")).isEqualTo("a\tb\\d");
  }

  @Test
  void theHeaderOverridesOptions() {
    assertThat(
            render(
                "#jinja2: variable_start_string: '[%', variable_end_string: '%]', trim_blocks: False\n[% name %] {{ name }}{% if name %}\nx{% endif %}"))
        .isEqualTo("web {{ name }}\nx");
    assertThatThrownBy(() -> render("#jinja2: trim_block: True\nx"))
        .isInstanceOfSatisfying(
            TemplateFailure.class,
            failure ->
                assertThat(failure.diagnostic().next()).isEqualTo("did you mean 'trim_blocks'?"));
  }

  @Test
  void includesSeeTheNamesAround() throws IOException {
    write("parts/one.j2", "[{{ name }}{{ i }}]\n");
    assertThat(render("{% for i in ports %}{% include 'parts/one.j2' %}{% endfor %}|"))
        .isEqualTo("[web80]|");
    assertThat(render("{% set i = 1 %}{% include ['nope.j2', 'parts/one.j2'] %}"))
        .isEqualTo("[web1]");
    assertThat(render("a{% include 'nope.j2' ignore missing %}b")).isEqualTo("ab");
    assertThatThrownBy(() -> render("{% include 'nope.j2' %}"))
        .isInstanceOfSatisfying(
            TemplateFailure.class,
            failure -> assertThat(failure.diagnostic().summary()).contains("searched"));
  }

  @Test
  void macrosCanBeImported() throws IOException {
    write(
        "m.j2",
        "{% macro port(p, proto='tcp') %}{{ p }}/{{ proto }}{% endmacro %}{% set usual = 22 %}");
    assertThat(render("{% import 'm.j2' as m %}{{ m.port(80) }} {{ m.usual }}"))
        .isEqualTo("80/tcp 22");
    assertThat(
            render("{% from 'm.j2' import port as p, usual %}{{ p(53, proto='udp') }} {{ usual }}"))
        .isEqualTo("53/udp 22");
    write("c.j2", "{% macro who() %}{{ name }}{% endmacro %}");
    assertThat(render("{% import 'c.j2' as c with context %}{{ c.who() }}")).isEqualTo("web");
    assertThatThrownBy(() -> render("{% import 'c.j2' as c %}{{ c.who() }}"))
        .isInstanceOf(UndefinedFailure.class);
  }

  @Test
  void templatesCanExtendOthers() throws IOException {
    write(
        "base.j2",
        "<{% block title %}base{% endblock %}|{% block body %}{{ name }}{% endblock %}>");
    assertThat(
            render(
                "{% extends 'base.j2' %}{% block title %}mine+{{ super() }}{% endblock %}ignored"))
        .isEqualTo("<mine+base|web>");
    write("middle.j2", "{% extends 'base.j2' %}{% block title %}m({{ super() }}){% endblock %}");
    assertThat(render("{% extends 'middle.j2' %}{% block title %}t({{ super() }}){% endblock %}"))
        .isEqualTo("<t(m(base))|web>");
    assertThat(
            render(
                "{% extends 'base.j2' %}{% set n = 5 %}{% block body %}{{ n }}{{ self.title() }}{% endblock %}"))
        .isEqualTo("<base|5base>");
  }

  @Test
  void filesThatIncludeThemselvesAreRefused() throws IOException {
    write("self.j2", "{% include 'self.j2' %}");
    assertThatThrownBy(() -> render("{% include 'self.j2' %}")).isInstanceOf(TemplateFailure.class);
  }
}
