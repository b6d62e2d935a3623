package dev.hearth.module.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.module.ModuleOnLocalShell;
import dev.hearth.module.TestShell;
import dev.hearth.plan.Result;
import dev.hearth.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code find} and {@code replace} for real, in each shell and with busybox's own programs. */
class FindOnLocalShellTest extends ModuleOnLocalShell {

  @ParameterizedTest
  @MethodSource("shells")
  void findsWhatIsThere(TestShell shell) throws IOException {
    write("d/one.log", "an error here\n");
    write("d/two words.log", "fine\n");
    write("d/sub/three.log", "error\n");
    write("d/.hidden.log", "x\n");
    Files.createSymbolicLink(home().resolve("d/link.log"), home().resolve("d/one.log"));

    String root = home().resolve("d").toString();
    assertThat(found(shell, Map.of("paths", root, "patterns", "*.log")))
        .containsExactly("one.log", "two words.log");
    assertThat(found(shell, Map.of("paths", root, "patterns", "*.log", "recurse", true)))
        .containsExactly("one.log", "sub/three.log", "two words.log");
    assertThat(found(shell, Map.of("paths", root, "file_type", "any", "hidden", true)))
        .containsExactly(".hidden.log", "link.log", "one.log", "sub", "two words.log");
    assertThat(found(shell, Map.of("paths", root, "file_type", "link")))
        .containsExactly("link.log");
    assertThat(found(shell, Map.of("paths", root, "contains", "an? error", "recurse", true)))
        .containsExactly("one.log");
    assertThat(found(shell, Map.of("paths", root, "age", "1h"))).isEmpty();
    assertThat(found(shell, Map.of("paths", root, "age", "-1h", "size", "10")))
        .containsExactly("one.log");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void looksOnlyAsDeepAsItShall(TestShell shell) {
    write("d/a/b/c.txt", "");
    write("d/a/b.txt", "");
    String root = home().resolve("d").toString();
    assertThat(found(shell, Map.of("paths", root, "recurse", true, "depth", 2)))
        .containsExactly("a/b.txt");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void replacesEveryPlace(TestShell shell) {
    write("hosts", "10.0.0.1 älter\n10.0.0.2 b\n");
    Map<String, Object> args =
        Map.of(
            "path",
            home().resolve("hosts").toString(),
            "regexp",
            "^10\\.0\\.(\\S+) (\\w+)$",
            "replace",
            "192.168.\\1 \\g<2>.lan");
    changes(shell, "replace", args);
    assertThat(read("hosts")).isEqualTo("192.168.0.1 älter.lan\n192.168.0.2 b.lan\n");
    nothingLeft();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void asksTheDatabases(TestShell shell) {
    Result result = satisfied(shell, "getent", Map.of("database", "passwd", "key", "root"));
    Value facts = Objects.requireNonNull(result.values().get("ansible_facts"));
    assertThat(facts.toString()).contains("getent_passwd").contains("/root");
    fails(shell, "getent", Map.of("database", "passwd", "key", "nobodyhere"), "could not be found");
  }

  private List<String> found(TestShell shell, Map<String, Object> args) {
    Result result = satisfied(shell, "find", args);
    Value.Seq files = (Value.Seq) Objects.requireNonNull(result.values().get("files"));
    return files.items().stream()
        .map(file -> ((Value.Dict) file).entries())
        .map(file -> ((Value.Text) Objects.requireNonNull(file.get(Value.text("path")))).value())
        .map(path -> path.substring((home().resolve("d") + "/").length()))
        .toList();
  }
}
