package dev.hearth.module.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.module.Refusal;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Python 3.11's {@code re.search} says of the same. */
class PythonRegexTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "^Port 22$ ~ `Port 22\n` ~ true",
        "^Port 22\\Z ~ `Port 22\n` ~ false",
        "a.c ~ `a\rc` ~ true",
        "[[:]x ~ `[x` ~ true",
        "[]x]y ~ `]y` ~ true",
        "[^]]z ~ `]z` ~ false",
        "[a&&b] ~ `&` ~ true",
        "{{ x }} ~ `{{ x }}` ~ true",
        "a{,2}b ~ `aab` ~ true",
        "a{1}b ~ `a{1}b` ~ false",
        "(?P<q>['\"])x(?P=q) ~ `'x'` ~ true",
        "(?P<q>['\"])x(?P=q) ~ `'x\"` ~ false",
        "(?i)PORT ~ `port` ~ true",
        "x(?#remark)y ~ `xy` ~ true",
        "\\w\\W ~ `ab` ~ false",
        "é ~ `café` ~ true",
        "caf.$ ~ `café` ~ false",
      })
  void searches(String regex, String text, boolean found) {
    assertThat(PythonRegex.compile(regex.strip()).found(PythonRegex.bytes(text))).isEqualTo(found);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a", "*", "[a", "\\h", "(?P<n>a"})
  void malformedOnesAreRefused(String regex) {
    assertThatThrownBy(() -> PythonRegex.compile(regex))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("regular expression");
  }

  @Test
  void expands() {
    PythonRegex regex = PythonRegex.compile("(?P<key_1>\\w+)=(\\w+)?(x)?");
    Matcher match = regex.on("a=b");
    assertThat(match.find()).isTrue();
    assertThat(regex.expand(match, "\\g<key_1>:\\2\\t\\3\\g<0>\\\\\\.")).isEqualTo("a:b\ta=b\\\\.");
    assertThatThrownBy(() -> regex.expand(match, "\\4")).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> regex.expand(match, "\\g<no>")).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> regex.expand(match, "\\q")).isInstanceOf(Refusal.class);
  }
}
