package dev.hearth.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.diag.HearthException;
import dev.hearth.diag.Source;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigFileTest {

  @Test
  void readsWhatConfigparserReads() {
    Map<String, Located> values =
        read(
            """
            # comment
            ; comment
            [defaults]
            Forks = 5
            inventory: a,b ; inline
            path = x;y
              more
            quoted = "a b"
            url = http://h:80/x=y
            empty =
            [other section]
            forks=6
            """);
    assertThat(text(values, "defaults.forks")).isEqualTo("5");
    assertThat(text(values, "defaults.inventory")).isEqualTo("a,b");
    assertThat(text(values, "defaults.path")).isEqualTo("x;y\nmore");
    assertThat(text(values, "defaults.quoted")).isEqualTo("a b");
    assertThat(text(values, "defaults.url")).isEqualTo("http://h:80/x=y");
    assertThat(text(values, "defaults.empty")).isEmpty();
    assertThat(text(values, "other section.forks")).isEqualTo("6");
    assertThat(Objects.requireNonNull(values.get("defaults.inventory")).at())
        .hasToString("ansible.cfg:5:12");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "forks = 5 | before the first section | :1:1",
        "[defaults]\\nforks | no setting | :2:1",
        "[defaults]\\n= 5 | no setting | :2:1",
        "[defaults]\\nforks=1\\nFORKS=2 | stands twice | :3:1",
      })
  void saysWhatIsWrongAndWhere(String text, String message, String place) {
    assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
        .isInstanceOf(HearthException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("ansible.cfg" + place);
  }

  private static Map<String, Located> read(String text) {
    return ConfigFile.read(new Source("ansible.cfg", text));
  }

  private static String text(Map<String, Located> values, String key) {
    return ((Value.Text) Objects.requireNonNull(values.get(key), key).value()).value();
  }
}
