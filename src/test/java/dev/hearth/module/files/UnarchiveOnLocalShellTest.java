package dev.hearth.module.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.module.ModuleOnLocalShell;
import dev.hearth.module.TestShell;
import dev.hearth.plan.Result;
import dev.hearth.value.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnarchiveOnLocalShellTest extends ModuleOnLocalShell {

  /** A tar archive as bytes; {@code link} is a symbolic link's target, or empty for a file. */
  private static byte[] tar(String name, char type, String link, int mode, String content)
      throws IOException {
    byte[] body = content.getBytes(StandardCharsets.UTF_8);
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, String.format("%07o", mode));
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    put(header, 124, String.format("%011o", body.length));
    put(header, 136, "00000000000");
    header[156] = (byte) type;
    put(header, 157, link);
    put(header, 257, "ustar  ");
    java.util.Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, String.format("%06o", sum));
    header[154] = 0;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(header);
    out.write(body);
    out.write(new byte[(512 - body.length % 512) % 512]);
    return out.toByteArray();
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private void archive(String name, byte[]... members) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(home().resolve(name)))) {
      for (byte[] member : members) {
        out.write(member);
      }
      out.write(new byte[1024]);
    }
  }

  @ParameterizedTest
  @MethodSource("shells")
  void unpacksOnce(TestShell shell) throws IOException {
    archive(
        "tool.tgz",
        tar("tool/", '5', "", 0755, ""),
        tar("tool/bin/", '5', "", 0750, ""),
        tar("tool/bin/run me", '0', "", 0755, "#!/bin/sh\n"),
        tar("tool/conf", '0', "", 0640, "a=1\n"),
        tar("tool/current", '2', "bin/run me", 0777, ""));
    Files.createDirectories(home().resolve("opt"));
    Map<String, Object> args =
        Map.of("src", "~/tool.tgz", "dest", "~/opt", "remote_src", true, "list_files", true);
    Result first = applies(shell, "unarchive", args, Map.of());
    assertThat(first.failed()).as("%s", first).isFalse();
    assertThat(first.changed()).isTrue();
    assertThat(first.values())
        .containsEntry("handler", Value.text("TgzArchive"))
        .containsEntry("state", Value.text("directory"));
    assertThat(((Value.Seq) Objects.requireNonNull(first.values().get("files"))).items())
        .contains(Value.text("tool/bin/run me"));
    assertThat(read("opt/tool/conf")).isEqualTo("a=1\n");
    assertThat(mode("opt/tool/bin")).isEqualTo("rwxr-x---");
    assertThat(mode("opt/tool/conf")).isEqualTo("rw-r-----");
    assertThat(applies(shell, "unarchive", args, Map.of()).changed()).isFalse();
    write("opt/tool/conf", "by hand\n");
    write("opt/tool/more", "mine\n");
    assertThat(applies(shell, "unarchive", args, Map.of()).changed()).isTrue();
    assertThat(read("opt/tool/conf")).isEqualTo("a=1\n");
    assertThat(read("opt/tool/more")).isEqualTo("mine\n");
    satisfied(
        shell,
        "unarchive",
        Map.of(
            "src",
            "~/no.tgz",
            "dest",
            "~/opt",
            "remote_src",
            true,
            "creates",
            home() + "/opt/tool/conf"));
    nothingLeft();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void attributesAndOptions(TestShell shell) throws IOException {
    archive(
        "tool.tgz", tar("tool-1.0/a", '0', "", 0600, "a"), tar("tool-1.0/b", '0', "", 0600, "b"));
    Files.createDirectories(home().resolve("opt"));
    Map<String, Object> args = new LinkedHashMap<>();
    args.put("src", "~/tool.tgz");
    args.put("dest", "~/opt");
    args.put("remote_src", true);
    args.put("mode", "u=rwX,go=rX");
    args.put("extra_opts", List.of("--strip-components=1"));
    args.put("exclude", List.of("tool-1.0/b"));
    if (shell.name().equals("busybox")) {
      fails(shell, "unarchive", args, "knows no exclude");
      args.remove("exclude");
    }
    Result result = applies(shell, "unarchive", args, Map.of());
    assertThat(result.failed()).as("%s", result).isFalse();
    assertThat(mode("opt/a")).isEqualTo("rw-r--r--");
    assertThat(Files.exists(home().resolve("opt/b"))).isNotEqualTo(args.containsKey("exclude"));
    assertThat(applies(shell, "unarchive", args, Map.of()).changed()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void hostileArchivesAreRefused(TestShell shell) throws IOException {
    Files.createDirectories(home().resolve("opt"));
    Map<String, byte[][]> hostile =
        Map.of(
            "absolute", new byte[][] {tar("/etc/hearth-x", '0', "", 0644, "x")},
            "dots", new byte[][] {tar("a/../../x", '0', "", 0644, "x")},
            "link", new byte[][] {tar("a/l", '2', "../../x", 0777, "")},
            "absolute-link", new byte[][] {tar("l", '2', "/etc/passwd", 0777, "")},
            "through", new byte[][] {tar("l", '2', "..", 0777, ""), tar("l/x", '0', "", 0644, "x")},
            "hard", new byte[][] {tar("h", '1', "../../x", 0644, "")},
            "device", new byte[][] {tar("d", '3', "", 0644, "")},
            "setuid", new byte[][] {tar("s", '0', "", 04755, "x")});
    for (Map.Entry<String, byte[][]> entry : hostile.entrySet()) {
      archive("bad.tgz", entry.getValue());
      Result result =
          applies(
              shell,
              "unarchive",
              Map.of("src", "~/bad.tgz", "dest", "~/opt", "remote_src", true),
              Map.of());
      assertThat(result.failed()).as(entry.getKey()).isTrue();
      assertThat(String.valueOf(result.values().get("msg"))).as(entry.getKey()).contains("refused");
      assertThat(home().resolve("opt")).isEmptyDirectory();
      assertThat(home().resolve("x")).doesNotExist();
    }
  }

  @ParameterizedTest
  @MethodSource("shells")
  void zip(TestShell shell) throws IOException {
    assumeTrue(
        shell.name().equals("busybox") || Files.isExecutable(Path.of("/usr/bin/unzip")),
        "unzip is not here");
    try (ZipOutputStream out =
        new ZipOutputStream(Files.newOutputStream(home().resolve("a.zip")))) {
      out.putNextEntry(new ZipEntry("dir/file"));
      out.write("zipped\n".getBytes(StandardCharsets.UTF_8));
      out.closeEntry();
    }
    Files.createDirectories(home().resolve("opt"));
    Map<String, Object> args = Map.of("src", "~/a.zip", "dest", "~/opt", "remote_src", true);
    Result result = applies(shell, "unarchive", args, Map.of());
    assertThat(result.failed()).as("%s", result).isFalse();
    assertThat(read("opt/dir/file")).isEqualTo("zipped\n");
    assertThat(mode("opt/dir/file")).isEqualTo("rw-r--r--");
    assertThat(applies(shell, "unarchive", args, Map.of()).changed()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void whatIsSentMustBeAnArchive(TestShell shell) {
    Result result =
        applies(
            shell,
            "unarchive",
            Map.of("src", "page.tgz", "dest", "~"),
            Map.of("page.tgz", "<html>not found</html>"));
    assertThat(result.failed()).isTrue();
    assertThat(String.valueOf(result.values().get("msg"))).contains("tar cannot read it");
    fails(
        shell,
        "unarchive",
        Map.of("src", "~/x", "dest", "~/none", "remote_src", true),
        "existing dir");
    nothingLeft();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void newerFilesStayWhenTheyShall(TestShell shell) throws IOException {
    archive(
        "tool.tgz",
        tar("tool/", '5', "", 0755, ""),
        tar("tool/conf", '0', "", 0644, "a=1\n"),
        tar("tool/program", '0', "", 0755, "one\n"));
    write("opt/tool/conf", "by hand\n");
    Map<String, Object> args =
        Map.of("src", "~/tool.tgz", "dest", "~/opt", "remote_src", true, "keep_newer", true);
    assertThat(applies(shell, "unarchive", args, Map.of()).changed()).isTrue();
    assertThat(read("opt/tool/conf")).isEqualTo("by hand\n");
    assertThat(read("opt/tool/program")).isEqualTo("one\n");
    assertThat(applies(shell, "unarchive", args, Map.of()).changed()).isFalse();
    Files.setLastModifiedTime(home().resolve("opt/tool/conf"), FileTime.fromMillis(0));
    assertThat(applies(shell, "unarchive", args, Map.of()).changed()).isTrue();
    assertThat(read("opt/tool/conf")).isEqualTo("a=1\n");
    nothingLeft();
  }
}
