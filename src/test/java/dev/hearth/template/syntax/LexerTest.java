package dev.hearth.template.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The lexer loses nothing: what is in no token is a delimiter, a blank, a comment or a raw tag. */
class LexerTest {

  private static final List<String> PARTS =
      List.of(
          "{{ ",
          " }}",
          "{{- ",
          " -}}",
          "{% ",
          " %}",
          "{%- ",
          " -%}",
          "{%+ ",
          " +%}",
          "{# c #}",
          "{#- c -#}",
          "{% raw %}",
          "{% endraw %}",
          "{%- raw -%}",
          "{%- endraw -%}",
          "text",
          " ",
          "\n",
          "  \n ",
          "if x",
          "endif",
          "set y = 1",
          "name",
          "a.b['c']",
          "'str'",
          "\"q\\\"x\"",
          "1_000",
          "0x1f",
          "2.5e3",
          "|",
          "upper",
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          "==",
          "**",
          "//",
          "~",
          ",",
          ":",
          "é",
          "😀",
          "}}",
          "{",
          "%",
          "#",
          "$",
          "x is not defined",
          "not in");

  private static final Pattern BETWEEN =
      Pattern.compile(
          "(?:\\{#.*?#\\}|\\{%[-+]?\\s*(?:end)?raw\\s*[-+]?%\\}"
              + "|\\{\\{-?|-?\\}\\}|\\{%[-+]?|[-+]?%\\}|\\s)*",
          Pattern.DOTALL);

  private static final List<TemplateOptions> OPTIONS =
      List.of(
          TemplateOptions.DEFAULT,
          TemplateOptions.DEFAULT.withTrimBlocks(false),
          TemplateOptions.DEFAULT.withLstripBlocks(true));

  @Test
  void everyCharacterIsInATokenOrBetweenThem() {
    Random random = new Random(20261122);
    int read = 0;
    for (int round = 0; round < 40_000; round++) {
      StringBuilder template = new StringBuilder();
      for (int i = random.nextInt(12); i >= 0; i--) {
        template.append(PARTS.get(random.nextInt(PARTS.size())));
      }
      TemplateOptions options = OPTIONS.get(random.nextInt(OPTIONS.size()));
      try {
        hold(template.toString(), new Lexer(template.toString(), options, true).tokens());
        read++;
      } catch (SyntaxFailure refused) {
        assertThat(refused.offset()).isBetween(0, template.length());
      }
    }
    assertThat(read).isGreaterThan(5_000);
  }

  private static void hold(String source, List<Token> tokens) {
    StringBuilder rest = new StringBuilder();
    int position = 0;
    for (Token token : tokens) {
      assertThat(token.at()).as(source).isGreaterThanOrEqualTo(position);
      rest.append(source, position, token.at());
      position = end(source, token);
    }
    assertThat(BETWEEN.matcher(rest).matches()).as("%s leaves %s", source, rest).isTrue();
  }

  /** Where a token ends; its characters must be those of the template. */
  private static int end(String source, Token token) {
    int at = token.at();
    return switch (token.kind()) {
      case DATA, NAME, OPERATOR -> {
        assertThat(source.startsWith(token.text(), at)).as(source).isTrue();
        yield at + token.text().length();
      }
      case INTEGER, FLOAT -> {
        int end = at;
        StringBuilder digits = new StringBuilder();
        while (digits.length() < token.text().length()) {
          digits.append(source.charAt(end) == '_' ? "" : source.substring(end, end + 1));
          end++;
        }
        assertThat(digits.toString()).as(source).isEqualTo(token.text());
        yield end;
      }
      case STRING -> {
        int end = at + 1;
        while (source.charAt(end) != source.charAt(at)) {
          end += source.charAt(end) == '\\' ? 2 : 1;
        }
        yield end + 1;
      }
      case VARIABLE_BEGIN, BLOCK_BEGIN, VARIABLE_END, BLOCK_END -> at;
      case END -> source.length();
    };
  }
}
