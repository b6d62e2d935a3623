package dev.hearth.vars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.diag.HearthException;
import dev.hearth.diag.Source;
import dev.hearth.value.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExtraVarsTest {

  private final ExtraVars options =
      new ExtraVars(
          file -> new Source(file.toString(), "from: " + file + "\ncount: 3\n", true),
          Path.of("/srv"));

  /** What ansible prints for the same option. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a=1 b=two | a:1;b:two",
        "a=\"x y\" b=c\\\"d | a:x y;b:c\"d",
        "a='it''s' b=x'y z' | a:it''s;b:x'y z'",
        "a=\"q \\\"in\\\" q\" b=1 | a:q \"in\" q;b:1",
        "a='x' b= | a:x;b:",
        "a=x=y b='k=v' | a:x=y;b:k=v",
        "a=b#c | a:b#c",
        "a=C:\\\\new b=\\\\srv | a:C:\\new;b:\\srv",
        "a=\\x41\\u00e4 | a:Aä",
      })
  void readsPairsOfTexts(String option, String expected) {
    StringBuilder read = new StringBuilder();
    options
        .parse(List.of(option))
        .forEach(
            (name, variable) ->
                read.append(read.isEmpty() ? "" : ";")
                    .append(name)
                    .append(':')
                    .append(((Value.Text) variable.value()).value()));
    assertThat(read).hasToString(expected);
  }

  @Test
  void keepsTemplatesTogether() {
    Map<String, Variable> read =
        options.parse(List.of("a={{ b + 1 }} c=\"{% if x %}y z{% endif %}\""));
    assertThat(read.get("a"))
        .extracting(Variable::value)
        .isInstanceOfSatisfying(
            Value.Template.class,
            template -> {
              assertThat(template.source()).isEqualTo("{{ b + 1 }}");
              assertThat(template.at().column()).isEqualTo(3);
            });
    assertThat(read).containsOnlyKeys("a", "c");
  }

  @Test
  void readsMappingsAndFilesAndLetsTheLastWin() {
    Map<String, Variable> read =
        options.parse(List.of("a=1 b=1", "{\"a\": 2, c: [true]}", "@vars.yml"));
    assertThat(read.get("a")).extracting(Variable::value).isEqualTo(Value.number(2));
    assertThat(read.get("b")).extracting(Variable::value).isEqualTo(Value.text("1"));
    assertThat(read.get("c")).extracting(Variable::value).isEqualTo(Value.Seq.of(Value.bool(true)));
    assertThat(read.get("from"))
        .extracting(Variable::value)
        .isEqualTo(new Value.Secret("/srv/vars.yml"));
    assertThat(read.get("count")).extracting(Variable::level).isEqualTo(Level.EXTRA_VARS);
  }

  @Test
  void saysWhatItCannotRead() {
    refuses("name", "'name' is not name=value", "(-e):1:1");
    refuses("a=1 =2", "'=2' is not name=value", "(-e):1:5");
    refuses("a=1 b='x", "not closed", "(-e):1:7");
    refuses("a={{ x", "not closed", "(-e):1:3");
    refuses("[1, 2]", "mapping", "(-e):1:1");
    refuses("{a: ", "(-e)", "");
  }

  @Test
  void randomOptionsGiveVariablesOrAFinding() {
    String alphabet = "ab= '\"\\{}%#[],:x1\n";
    Random random = new Random(9);
    for (int round = 0; round < 5000; round++) {
      StringBuilder option = new StringBuilder();
      for (int length = random.nextInt(16); length > 0; length--) {
        option.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        assertThat(options.parse(List.of(option.toString())).keySet()).doesNotContainNull();
      } catch (HearthException refused) {
        assertThat(refused.diagnostics()).isNotEmpty();
      }
    }
  }

  private void refuses(String option, String message, String place) {
    assertThatThrownBy(() -> options.parse(List.of(option)))
        .isInstanceOf(HearthException.class)
        .hasMessageContaining(message)
        .hasMessageContaining(place);
  }
}
