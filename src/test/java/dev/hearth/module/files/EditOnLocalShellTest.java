package dev.hearth.module.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.module.ModuleOnLocalShell;
import dev.hearth.module.TestShell;
import dev.hearth.plan.Result;
import dev.hearth.value.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EditOnLocalShellTest extends ModuleOnLocalShell {

  private static Map<String, Object> args(Object... keysAndValues) {
    Map<String, Object> args = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      args.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return args;
  }

  @ParameterizedTest
  @MethodSource("shells")
  void replacesTheLastMatch(TestShell shell) {
    write("sshd_config", "#PermitRootLogin yes\nPort 22\nPermitRootLogin yes\n");
    Result result =
        changes(
            shell,
            "lineinfile",
            args(
                "path",
                "~/sshd_config",
                "regexp",
                "^#?PermitRootLogin\\s",
                "line",
                "PermitRootLogin no",
                "mode",
                "0600",
                "backup",
                true));
    assertThat(read("sshd_config"))
        .isEqualTo("#PermitRootLogin yes\nPort 22\nPermitRootLogin no\n");
    assertThat(mode("sshd_config")).isEqualTo("rw-------");
    assertThat(result.values())
        .containsEntry(
            "msg", Value.text("line replaced and ownership, perms or SE linux context changed"));
    assertThat(result.values()).containsKey("backup");
    nothingLeft();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void keepsExtendedAttributes(TestShell shell) throws IOException {
    assumeFalse(shell.name().equals("busybox"), "its cp copies no extended attributes");
    write("app.conf", "port = 80\n");
    UserDefinedFileAttributeView marks =
        Files.getFileAttributeView(home().resolve("app.conf"), UserDefinedFileAttributeView.class);
    assumeTrue(
        Files.getFileStore(home()).supportsFileAttributeView(UserDefinedFileAttributeView.class));
    marks.write("origin", ByteBuffer.wrap("lab".getBytes(StandardCharsets.UTF_8)));
    for (String mode : List.of("0644", "0600")) {
      changes(
          shell,
          "lineinfile",
          args("path", "~/app.conf", "regexp", "^port", "line", "port = " + mode, "mode", mode));
      assertThat(read("app.conf")).isEqualTo("port = " + mode + "\n");
      assertThat(
              Files.getFileAttributeView(
                      home().resolve("app.conf"), UserDefinedFileAttributeView.class)
                  .list())
          .containsExactly("origin");
    }
    assertThat(mode("app.conf")).isEqualTo("rw-------");
    nothingLeft();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void addsAtPlaces(TestShell shell) {
    write("hosts", "127.0.0.1 localhost\n\n# end");
    changes(shell, "lineinfile", args("path", "~/hosts", "line", "10.0.0.1 host01"));
    assertThat(read("hosts")).isEqualTo("127.0.0.1 localhost\n\n# end\n10.0.0.1 host01\n");
    changes(
        shell,
        "lineinfile",
        args("path", "~/hosts", "line", "::1 localhost", "insertafter", "^127\\."));
    changes(shell, "lineinfile", args("path", "~/hosts", "line", "# begin", "insertbefore", "BOF"));
    changes(
        shell, "lineinfile", args("path", "~/hosts", "line", "# near", "insertbefore", "^# end$"));
    assertThat(read("hosts"))
        .isEqualTo(
            "# begin\n127.0.0.1 localhost\n::1 localhost\n\n# near\n# end\n10.0.0.1 host01\n");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void backReferencesAndNames(TestShell shell) {
    write("grub", "GRUB_CMDLINE=\"quiet\"\n");
    changes(
        shell,
        "lineinfile",
        args(
            "path",
            "~/grub",
            "regexp",
            "^(?P<key_name>GRUB_CMDLINE)=\"(?!.*cgroup)(.*)\"$",
            "line",
            "\\g<key_name>=\"\\2 cgroup=1\"",
            "backrefs",
            true));
    assertThat(read("grub")).isEqualTo("GRUB_CMDLINE=\"quiet cgroup=1\"\n");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void otherBytesStayAsTheyAre(TestShell shell) throws IOException {
    byte[] latin = {'c', 'a', 'f', (byte) 0xe9, '\r', '\n', 'x', '\n'};
    Files.write(home().resolve("latin"), latin);
    changes(shell, "lineinfile", args("path", "~/latin", "regexp", "^x", "line", "ü"));
    byte[] now = Files.readAllBytes(home().resolve("latin"));
    assertThat(now).startsWith('c', 'a', 'f', 0xe9, '\r', '\n');
    assertThat(now).endsWith(0xc3, 0xbc, '\n');
  }

  @ParameterizedTest
  @MethodSource("shells")
  void removes(TestShell shell) {
    write("list", "a\nb\na\n");
    changes(shell, "lineinfile", args("path", "~/list", "line", "a", "state", "absent"));
    assertThat(read("list")).isEqualTo("b\n");
    satisfied(shell, "lineinfile", args("path", "~/none", "regexp", "a", "state", "absent"));
    fails(shell, "lineinfile", args("path", "~/none", "line", "a"), "does not exist");
    changes(shell, "lineinfile", args("path", "~/new/none", "line", "a", "create", true));
    assertThat(read("new/none")).isEqualTo("a\n");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void blocks(TestShell shell) {
    write("conf", "one\ntwo");
    changes(
        shell, "blockinfile", args("path", "~/conf", "block", "x=1\ny=2", "prepend_newline", true));
    assertThat(read("conf"))
        .isEqualTo(
            "one\ntwo\n\n# BEGIN ANSIBLE MANAGED BLOCK\nx=1\ny=2\n# END ANSIBLE MANAGED BLOCK\n");
    changes(shell, "blockinfile", args("path", "~/conf", "block", "x=2\n"));
    assertThat(read("conf"))
        .isEqualTo("one\ntwo\n\n# BEGIN ANSIBLE MANAGED BLOCK\nx=2\n# END ANSIBLE MANAGED BLOCK\n");
    changes(
        shell,
        "blockinfile",
        args(
            "path",
            "~/conf",
            "block",
            "z",
            "marker",
            "// {mark} z",
            "insertafter",
            "^one",
            "append_newline",
            true));
    assertThat(read("conf")).startsWith("one\n// BEGIN z\nz\n// END z\n\ntwo\n");
    changes(shell, "blockinfile", args("path", "~/conf", "state", "absent"));
    assertThat(read("conf")).doesNotContain("ANSIBLE");
    changes(
        shell,
        "blockinfile",
        args("path", "~/fresh", "block", "q", "create", true, "mode", "0600"));
    assertThat(mode("fresh")).isEqualTo("rw-------");
  }
}
