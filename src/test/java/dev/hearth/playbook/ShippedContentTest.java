package dev.hearth.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Source;
import dev.hearth.inventory.TestServices;
import dev.hearth.playbook.ActionSpec.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The playbooks and roles that are shipped with Hearth load without a finding. */
class ShippedContentTest {

  /** Knows every action with any arguments; names and arguments are checked by the run. */
  private static final class Anything implements ActionCatalog {
    @Override
    public Optional<ActionSpec> find(String name) {
      String full = name.contains(".") ? name : "ansible.builtin." + name;
      boolean keyword = Keyword.of(name).isPresent() || name.startsWith("with_");
      return keyword
          ? Optional.empty()
          : Optional.of(new ActionSpec(full, Kind.MODULE, List.of(), true, true));
    }

    @Override
    public Collection<String> names() {
      return List.of();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"provision", "teardown", "site"})
  void loads(String name) {
    PlaybookLoader loader =
        new PlaybookLoader(
            new Anything(),
            file -> {
              try {
                return Source.of(file.toString(), Files.readString(file));
              } catch (IOException failure) {
                throw new UncheckedIOException(failure);
              }
            },
            new ContentPaths(List.of(Path.of("roles").toAbsolutePath()), List.of()),
            java.util.Map.of(),
            ShippedContentTest::refuse,
            new EarlyValues(TestServices.templar(), java.util.Map.of()));
    Playbook playbook = loader.load(Path.of("playbooks", name + ".yml"));
    assertThat(playbook.plays()).isNotEmpty();
    assertThat(Templates.in(playbook)).isNotEmpty();
  }

  private static void refuse(Diagnostic warning) {
    throw new HearthException(warning);
  }
}
