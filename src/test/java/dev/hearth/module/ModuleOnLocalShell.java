package dev.hearth.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.module.library.Library;
import dev.hearth.plan.Result;
import dev.hearth.plan.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/**
 * For tests that let modules really run on this machine. Every change is planned a second time and
 * must then be satisfied.
 */
public abstract class ModuleOnLocalShell {

  @TempDir Path temporary;

  /** The shells that the scripts must work in. */
  public static List<TestShell> shells() {
    return TestShell.present();
  }

  /** The same shells with all programs of this machine. */
  public static List<TestShell> shellsWithPrograms() {
    return TestShell.withAllPrograms();
  }

  /** The directory that tests may do anything in. */
  protected Path home() {
    Path home = temporary.resolve("home");
    try {
      return Files.createDirectories(home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes the change, asserts that it was one and that nothing is left to do. */
  protected Result changes(TestShell shell, String module, Map<String, Object> args) {
    return changes(shell, module, args, Map.of());
  }

  /** The same with files of this machine. */
  protected Result changes(
      TestShell shell, String module, Map<String, Object> args, Map<String, String> files) {
    Result result = applies(shell, module, args, files);
    assertThat(result.failed()).as("%s", result).isFalse();
    assertThat(result.changed()).as("%s", result).isTrue();
    satisfied(shell, module, args, files);
    return result;
  }

  /** Asserts that there is nothing to do. */
  protected Result satisfied(TestShell shell, String module, Map<String, Object> args) {
    return satisfied(shell, module, args, Map.of());
  }

  /** The same with files of this machine. */
  protected Result satisfied(
      TestShell shell, String module, Map<String, Object> args, Map<String, String> files) {
    Verdict verdict = host(shell).plan(module(module), args, new CannedController(files));
    assertThat(verdict).isInstanceOf(Verdict.Satisfied.class);
    return verdict instanceof Verdict.Satisfied satisfied ? satisfied.result() : Result.ok();
  }

  /** Runs the task whatever it does. */
  protected Result applies(
      TestShell shell, String module, Map<String, Object> args, Map<String, String> files) {
    return host(shell).apply(module(module), args, new CannedController(files));
  }

  /** Asserts that it fails with this in its message and that no temporary file is left. */
  protected void fails(TestShell shell, String module, Map<String, Object> args, String message) {
    Result result = applies(shell, module, args, Map.of());
    assertThat(result.failed()).as("%s", result).isTrue();
    assertThat(String.valueOf(result.values().get("msg"))).contains(message);
    nothingLeft();
  }

  /** Asserts that no temporary file of ours is left. */
  protected void nothingLeft() {
    try (Stream<Path> all = Files.walk(home())) {
      assertThat(all.filter(path -> path.getFileName().toString().startsWith(".hearth"))).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The module with that short name. */
  protected static Module<?> module(String name) {
    return Library.modules().find(name).orElseThrow();
  }

  /** This machine. */
  protected LocalHost host(TestShell shell) {
    return new LocalHost(shell, home());
  }

  /** Writes a file below home. */
  protected Path write(String name, String content) {
    try {
      Path file = home().resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a file below home. */
  protected String read(String name) {
    try {
      return Files.readString(home().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Permissions of something below home, such as {@code rw-r--r--}. */
  protected String mode(String name) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(home().resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
