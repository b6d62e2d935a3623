package dev.hearth.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.module.library.Library;
import dev.hearth.module.library.RefusedModules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The pages in {@code docs/modules} are what the modules say about themselves. With {@code
 * -Dmodules.rewrite=true} they are written anew.
 */
class ModulePagesTest {

  private static final Path PAGES = Path.of("docs", "modules");
  private static final Path CASES = Path.of("src/test/resources/modules");

  @Test
  void everyModuleHasItsPage() throws IOException {
    Map<String, String> pages = pages();
    if (Boolean.getBoolean("modules.rewrite")) {
      write(pages);
    }
    Map<String, String> there = new TreeMap<>();
    try (Stream<Path> files = Files.list(PAGES)) {
      for (Path file : files.toList()) {
        there.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    assertThat(there.keySet())
        .as("run this test with -Dmodules.rewrite=true")
        .isEqualTo(pages.keySet());
    pages.forEach(
        (name, text) ->
            assertThat(there.get(name))
                .as("%s: run with -Dmodules.rewrite=true", name)
                .isEqualTo(text));
  }

  @Test
  void examplesAreAccepted() throws IOException {
    for (Module<?> module : Library.modules().all()) {
      assertThat(page(module).findings()).as(module.spec().name()).isEmpty();
    }
  }

  private static Map<String, String> pages() throws IOException {
    Map<String, String> pages = new TreeMap<>();
    StringBuilder list =
        new StringBuilder(
            """
            # Modules

            Generated from the modules and their golden cases; the examples are planned in a test.

            | module | what it does |
            |---|---|
            """);
    List<Module<?>> all = new ArrayList<>(Library.modules().all());
    all.sort(Comparator.comparing(module -> module.spec().name()));
    for (Module<?> module : all) {
      ModulePage page = page(module);
      list.append(page.line());
      pages.put(module.spec().name() + ".md", page.text());
    }
    list.append("\n## Left out on purpose\n\n| module | why | instead |\n|---|---|---|\n");
    for (String name : RefusedModules.names()) {
      RefusedModules.of(name.replace("*", "any"))
          .ifPresent(
              reason ->
                  list.append(
                      "| `%s` | %s | %s |\n".formatted(name, reason.because(), reason.next())));
    }
    pages.put("README.md", list.toString());
    return pages;
  }

  private static ModulePage page(Module<?> module) throws IOException {
    return new ModulePage(module, CASES.resolve(module.spec().shortName()));
  }

  private static void write(Map<String, String> pages) throws IOException {
    Files.createDirectories(PAGES);
    try (Stream<Path> files = Files.list(PAGES)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    for (Map.Entry<String, String> page : pages.entrySet()) {
      Files.writeString(PAGES.resolve(page.getKey()), page.getValue());
    }
  }
}
