package dev.hearth.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.Source;
import dev.hearth.diag.SourceFiles;
import dev.hearth.inventory.TestServices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read ahead is what would be read anyway, and nothing that only the owner may open. */
class FilesAheadTest {

  @TempDir private Path directory;
  private Opening files = new Opening(true);

  /** Opens files and notes which; a name that begins with "sealed" stands for an encrypted one. */
  private static final class Opening implements SourceFiles {
    private final boolean ahead;
    private final Set<String> opened = ConcurrentHashMap.newKeySet();

    Opening(boolean ahead) {
      this.ahead = ahead;
    }

    @Override
    public Source open(Path file) {
      opened.add(file.getFileName().toString());
      return read(file);
    }

    @Override
    public Optional<Source> plain(Path file) {
      boolean sealed = file.getFileName().toString().startsWith("sealed");
      return ahead && !sealed ? Optional.of(read(file)) : Optional.empty();
    }

    private static Source read(Path file) {
      try {
        return new Source(file.toString(), Files.readString(file));
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  @BeforeEach
  void write() throws IOException {
    write("play.yml", "- hosts: all\n  roles: [one, {role: two}, '{{ three }}', nowhere]\n");
    write("roles/one/tasks/main.yml", "- import_tasks: more.yml\n- import_tasks: sealed.yml\n");
    write("roles/one/tasks/more.yml", "- ping:\n  when: yes\n  wehn: no\n");
    write("roles/one/tasks/sealed.yml", "- ping:\n");
    write("roles/one/tasks/sealed-unused.yml", "- ping:\n");
    write("roles/one/tasks/unused.yml", "- [broken\n");
    write("roles/one/defaults/main.yml", "a: 1\na: 2\n");
    write("roles/two/tasks/main.yml", "- ping:\n   when: [\n");
  }

  private void write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private List<String> findings() {
    LoadedPlaybooks loaded =
        new PlaybookLoader(
                new TestCatalog(),
                files,
                new ContentPaths(List.of(), List.of()),
                Map.of(),
                warning -> {},
                new EarlyValues(TestServices.templar(), Map.of()))
            .readAll(List.of(directory.resolve("play.yml")));
    return loaded.findings().stream().map(Diagnostic::render).toList();
  }

  @Test
  void findsTheSame() {
    List<String> ahead = findings();
    files = new Opening(false);
    assertThat(ahead).isEqualTo(findings()).hasSizeGreaterThan(4);
    assertThat(String.join("\n", ahead))
        .contains("'wehn'", "'a' is written twice", "two/tasks/main.yml", "'nowhere'", "'three'")
        .doesNotContain("unused.yml");
  }

  @Test
  void opensNothingThatNobodyAskedFor() {
    findings();
    assertThat(files.opened)
        .contains("play.yml", "sealed.yml")
        .doesNotContain("sealed-unused.yml", "unused.yml");
  }
}
