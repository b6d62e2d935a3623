package dev.hearth.module;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A POSIX shell of this machine.
 *
 * @param name how people call it
 * @param command how it is started
 */
public record TestShell(String name, List<String> command) {

  private static final List<TestShell> KNOWN =
      List.of(
          new TestShell("dash", List.of("/bin/dash")),
          new TestShell("bash", List.of("/bin/bash", "--posix")),
          new TestShell("busybox", List.of("/bin/busybox", "ash")));

  static final String WITHOUT_CURL = " without curl";

  private static final Map<List<String>, String> CHECKED = new ConcurrentHashMap<>();

  /** The shells that are here; dash or bash always is. */
  public static List<TestShell> present() {
    List<TestShell> found = new ArrayList<>();
    for (TestShell shell : KNOWN) {
      if (Files.isExecutable(Path.of(shell.command.getFirst()))) {
        found.add(shell);
      }
    }
    if (found.isEmpty()) {
      throw new AssertionError("no POSIX shell to test with");
    }
    return found;
  }

  /** The same shells with all programs of this machine, for modules that need more than busybox. */
  public static List<TestShell> withAllPrograms() {
    return present().stream()
        .map(
            shell ->
                shell.name.equals("busybox") ? new TestShell("busybox ash", shell.command) : shell)
        .toList();
  }

  /** A shell with all programs of this machine but curl, so that wget has to do. */
  public static TestShell withoutCurl() {
    TestShell shell = present().getFirst();
    return new TestShell(shell.name + WITHOUT_CURL, shell.command);
  }

  /** What it says about a script that it only parses; nothing when the script is well-formed. */
  String complaints(String script) {
    return CHECKED.computeIfAbsent(List.of(name, script), key -> parse(script));
  }

  private String parse(String script) {
    try {
      List<String> words = new ArrayList<>(command);
      words.add("-n");
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      try (var in = process.getOutputStream()) {
        in.write(script.getBytes(StandardCharsets.UTF_8));
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? "" : said + "(exit status " + process.exitValue() + ")";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
