package dev.hearth.inventory;

import dev.hearth.diag.SourceFiles;
import dev.hearth.template.JinjaTemplar;
import dev.hearth.template.Surroundings;
import dev.hearth.template.Templar;
import dev.hearth.template.TestCiphers;
import dev.hearth.template.standard.StandardLanguage;
import dev.hearth.value.JsonReader;
import dev.hearth.value.Located;
import dev.hearth.value.Value;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

/** The real services of inventory sources, around files that a test gives. */
public final class TestServices {

  private static final AdjacentVariables NOTHING_ADJACENT =
      new AdjacentVariables() {
        @Override
        public Map<String, Located> ofGroup(Path directory, String group) {
          return Map.of();
        }

        @Override
        public Map<String, Located> ofHost(Path directory, String host) {
          return Map.of();
        }
      };

  private TestServices() {}

  /** A loader of sources that are opened with these. */
  public static InventoryLoader loader(SourceFiles files) {
    return loader(files, Duration.ofSeconds(20));
  }

  static InventoryLoader loader(SourceFiles files, Duration patience) {
    return new InventoryLoader(
        new InventoryServices(
            files,
            NOTHING_ADJACENT,
            templar(),
            Map.of("extra", Value.text("from the command line")),
            Map.of("PATH", Objects.requireNonNull(System.getenv("PATH"))),
            patience,
            (earlier, later) -> later,
            InventoryServices.IGNORED_ENDINGS,
            List.of(Pattern.compile("^skip"))));
  }

  /** Evaluates templates, with vaults that open to their envelope. */
  public static Templar templar() {
    return new JinjaTemplar(
        StandardLanguage.with(text -> List.of(JsonReader.read(text)), new TestCiphers()),
        vaulted -> new Value.Secret(vaulted.envelope()),
        new Surroundings(
            Map.of(),
            Path.of("/"),
            Path.of("/"),
            Clock.systemUTC(),
            false,
            Set.of(),
            name -> Optional.empty(),
            secret -> {},
            warning -> {},
            new Random(1)));
  }
}
