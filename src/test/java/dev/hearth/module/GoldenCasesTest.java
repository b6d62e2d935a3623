package dev.hearth.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.module.files.FileMarking;
import dev.hearth.module.library.Library;
import dev.hearth.plan.Verdict;
import dev.hearth.shell.Renderer;
import dev.hearth.shell.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every module decides what its golden cases say. Run with {@code -Dgolden.rewrite=true} to write
 * what the modules decide now into the cases, then read the difference.
 */
class GoldenCasesTest {

  private static final Path CASES = Path.of("src/test/resources/modules");
  private static final Modules MODULES = Library.modules();

  /** They take what they are given and refuse nothing. */
  private static final Set<String> NEVER_REFUSED =
      Set.of("raw", "script", "service_facts", "setup", "shell");

  @TestFactory
  Stream<DynamicContainer> modulesDecideAsTheirCasesSay() throws IOException {
    return MODULES.all().stream()
        .filter(module -> Files.isDirectory(folder(module)))
        .map(
            module ->
                DynamicContainer.dynamicContainer(
                    module.spec().shortName(),
                    cases(module).stream().flatMap(file -> tests(module, file))));
  }

  @Test
  void everyModuleHasCasesOfEachKind() throws IOException {
    Set<String> lacking = new TreeSet<>();
    for (Module<?> module : MODULES.all()) {
      Set<Object> verdicts = new LinkedHashSet<>();
      for (Path file : cases(module)) {
        verdicts.add(String.valueOf(GoldenCase.read(file).expected().get("verdict")));
      }
      if (!verdicts.contains("changes") && !verdicts.contains("satisfied")) {
        lacking.add(module.spec().shortName() + " accepted");
      }
      if (!verdicts.contains("rejected")
          && !verdicts.contains("invalid")
          && !NEVER_REFUSED.contains(module.spec().shortName())) {
        lacking.add(module.spec().shortName() + " refused");
      }
    }
    assertThat(lacking).as("kinds of golden cases that modules lack").isEmpty();
  }

  @Test
  void everyModuleIsListed() throws IOException {
    Set<String> written = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/hearth/module"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        if (Files.readString(file).contains("implements Module<")) {
          written.add(file.getFileName().toString().replace(".java", ""));
        }
      }
    }
    Set<String> listed = new TreeSet<>();
    MODULES.all().forEach(module -> listed.add(itself(module).getClass().getSimpleName()));
    written.remove(FileMarking.class.getSimpleName());
    assertThat(listed).isEqualTo(written);
  }

  private static Module<?> itself(Module<?> module) {
    return module instanceof FileMarking<?> marking ? marking.inner() : module;
  }

  @Test
  void everyModuleThatTakesFlagsOfFilesSetsThem() {
    for (Module<?> module : MODULES.all()) {
      boolean takes =
          Parameter.of(module.spec().arguments()).stream()
              .anyMatch(parameter -> parameter.name().equals("setype"));
      assertThat(module instanceof FileMarking<?>).as(module.spec().name()).isEqualTo(takes);
    }
  }

  @Test
  void everyFolderBelongsToAModule() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      assertThat(folders.map(folder -> folder.getFileName().toString()))
          .allSatisfy(name -> assertThat(MODULES.find(name)).as(name).isPresent());
    }
  }

  @Test
  void everyParameterIsDocumented() {
    for (Module<?> module : MODULES.all()) {
      assertThat(module.spec().doc()).as(module.spec().name()).endsWith(".");
      assertThat(Parameter.of(module.spec().arguments()))
          .allSatisfy(
              parameter ->
                  assertThat(parameter.doc())
                      .as(module.spec().name() + " " + parameter.name())
                      .isNotBlank());
    }
  }

  private static Path folder(Module<?> module) {
    return CASES.resolve(module.spec().shortName());
  }

  private static List<Path> cases(Module<?> module) {
    if (!Files.isDirectory(folder(module))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder(module))) {
      return files.filter(file -> file.toString().endsWith(".yml")).sorted().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Stream<DynamicTest> tests(Module<?> module, Path file) {
    String name = file.getFileName().toString();
    return Stream.of(
        DynamicTest.dynamicTest(name, () -> decides(module, file)),
        DynamicTest.dynamicTest(name + ": satisfied afterwards", () -> satisfied(module, file)),
        DynamicTest.dynamicTest(name + ": shells accept it", () -> accepted(module, file)));
  }

  private static void decides(Module<?> module, Path file) throws IOException {
    GoldenCase golden = GoldenCase.read(file);
    if (Boolean.getBoolean("golden.rewrite")) {
      golden.rewrite(module);
      return;
    }
    assertThat(golden.decide(module)).isEqualTo(golden.expected());
  }

  private static void satisfied(Module<?> module, Path file) throws IOException {
    GoldenCase golden = GoldenCase.read(file);
    if (golden.hasAfter()) {
      assertThat(golden.again(module)).isInstanceOf(Verdict.Satisfied.class);
    }
  }

  private static void accepted(Module<?> module, Path file) throws Exception {
    for (Script script : GoldenCase.read(file).scripts(module)) {
      for (TestShell shell : TestShell.present()) {
        assertThat(shell.complaints(Renderer.forPeople(script))).as(shell.name()).isEmpty();
      }
    }
  }
}
