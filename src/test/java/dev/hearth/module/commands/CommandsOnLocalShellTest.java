package dev.hearth.module.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.module.ModuleOnLocalShell;
import dev.hearth.module.TestShell;
import dev.hearth.plan.Result;
import dev.hearth.value.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandsOnLocalShellTest extends ModuleOnLocalShell {

  private Result run(TestShell shell, String module, Map<String, Object> args) {
    return applies(shell, module, args, Map.of());
  }

  @ParameterizedTest
  @MethodSource("shells")
  void wordsReachTheProgramUnchanged(TestShell shell) {
    Result result =
        run(
            shell,
            "command",
            Map.of("argv", List.of("printf", "%s|", "a b", "", "$(id)", "*", "$NOT_SET_x", "$")));
    assertThat(result.failed()).as("%s", result).isFalse();
    assertThat(result.values())
        .containsEntry("stdout", Value.text("a b||$(id)|*|$NOT_SET_x|$|"))
        .containsEntry("rc", Value.number(0))
        .containsKeys("start", "end", "delta", "cmd", "stderr_lines")
        .containsEntry("stderr", Value.text(""));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void variablesAreFilledIn(TestShell shell) {
    assertThat(
            run(shell, "command", Map.of("cmd", "echo ${HOME}/x $HOME 'a  b' \\$x ${HOME-no}"))
                .values())
        .containsEntry("stdout", Value.text(home() + "/x " + home() + " a  b $x ${HOME-no}"));
    assertThat(
            run(shell, "command", Map.of("cmd", "echo $HOME", "expand_argument_vars", false))
                .values())
        .containsEntry("stdout", Value.text("$HOME"));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void failuresAreTold(TestShell shell) {
    Result result = run(shell, "command", Map.of("cmd", "sh -c 'echo out; echo err >&2; exit 7'"));
    assertThat(result.failed()).isTrue();
    assertThat(result.changed()).isTrue();
    assertThat(result.values())
        .containsEntry("rc", Value.number(7))
        .containsEntry("msg", Value.text("non-zero return code"))
        .containsEntry("stderr_lines", Value.Seq.of(Value.text("err")));
    assertThat(run(shell, "command", Map.of("cmd", "no-such-program x")).values())
        .containsEntry("rc", Value.number(2));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void guards(TestShell shell) {
    write("dir/made-1", "");
    Result result =
        satisfied(shell, "command", Map.of("cmd", "false", "creates", "made-*", "chdir", "~/dir"));
    assertThat(result.values()).containsEntry("stdout", Value.text("skipped, since made-* exists"));
    satisfied(shell, "shell", Map.of("cmd", "false", "removes", "~/none"));
    assertThat(
            run(shell, "shell", Map.of("cmd", "pwd", "chdir", "~/dir", "removes", "made-1"))
                .values())
        .containsEntry("stdout", Value.text(home() + "/dir"));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void standardInput(TestShell shell) {
    assertThat(run(shell, "command", Map.of("cmd", "cat", "stdin", "hello")).values())
        .containsEntry("stdout", Value.text("hello"));
    assertThat(run(shell, "command", Map.of("cmd", "cat")).values())
        .containsEntry("stdout", Value.text(""));
    assertThat(
            run(shell, "shell", Map.of("cmd", "wc -c", "stdin", "abc", "stdin_add_newline", false))
                .values())
        .containsEntry("stdout", Value.text("3"));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void shellText(TestShell shell) {
    assertThat(run(shell, "shell", Map.of("cmd", "echo a | tr a b && echo \"$((1+1))\"")).values())
        .containsEntry("stdout_lines", Value.Seq.of(Value.text("b"), Value.text("2")));
    Result hidden =
        run(
            shell,
            "shell",
            Map.of("cmd", Map.of("secret", "echo s3cret | rev; tr '\\0' ' ' </proc/$$/cmdline")));
    assertThat(String.valueOf(hidden.values().get("stdout")))
        .contains("terc3s")
        .doesNotContain("s3cret");
    assertThat(hidden.values().get("cmd")).isInstanceOf(Value.Secret.class);
    assertThat(run(shell, "raw", Map.of("free_form", "echo $((2+2)); exit 3")).values())
        .containsEntry("stdout", Value.text("4\n"))
        .containsEntry("rc", Value.number(3));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void scriptIsSentAndRemoved(TestShell shell) {
    Map<String, String> files =
        Map.of("tools/hello.sh", "#!/bin/sh\necho \"$0 $# $2\" >where\necho \"$2\"\n");
    Result result =
        applies(
            shell,
            "script",
            Map.of("cmd", "tools/hello.sh one 'two three'", "creates", "where"),
            files);
    assertThat(result.values()).containsEntry("stdout", Value.text("two three\n"));
    String where = read("where");
    assertThat(where).endsWith("hello.sh 2 two three\n");
    assertThat(Files.exists(Path.of(where.substring(0, where.indexOf(" 2 "))))).isFalse();
    satisfied(
        shell,
        "script",
        Map.of("cmd", "tools/hello.sh one 'two three'", "creates", "where"),
        files);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void readers(TestShell shell) {
    write("file", "hello\n");
    Result stat = satisfied(shell, "stat", Map.of("path", "~/file", "checksum_algorithm", "md5"));
    Value.Dict about = (Value.Dict) stat.values().get("stat");
    assertThat(Objects.requireNonNull(about).get("checksum"))
        .isEqualTo(Value.text("b1946ac92492d2347c6235b4d2611184"));
    assertThat(about.get("isreg")).isEqualTo(Value.bool(true));
    assertThat(about.get("size")).isEqualTo(Value.number(6));
    assertThat(about.get("mode")).isEqualTo(Value.text("0644"));
    assertThat(about.get("readable")).isEqualTo(Value.bool(true));
    assertThat(about.get("block_size")).isInstanceOf(Value.Int.class);
    stat = satisfied(shell, "stat", Map.of("path", "~/none"));
    assertThat(stat.values().get("stat"))
        .isEqualTo(Value.Dict.ofTexts(Map.of("exists", Value.bool(false))));
    assertThat(satisfied(shell, "slurp", Map.of("src", "~/file")).values())
        .containsEntry("content", Value.text("aGVsbG8K"));
    fails(shell, "slurp", Map.of("src", "~/none"), "File not found");
    assertThat(satisfied(shell, "ping", Map.of()).values())
        .containsEntry("ping", Value.text("pong"));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void temporaryFiles(TestShell shell) {
    Result file = run(shell, "tempfile", Map.of("path", home().toString(), "suffix", ".tmp"));
    assertThat(String.valueOf(file.values().get("path"))).contains("/ansible.").contains(".tmp");
    assertThat(file.values()).containsEntry("mode", Value.text("0600"));
    Result directory =
        run(shell, "tempfile", Map.of("path", "~", "state", "directory", "prefix", "build."));
    assertThat(directory.values())
        .containsEntry("mode", Value.text("0700"))
        .containsEntry("state", Value.text("directory"));
  }
}
