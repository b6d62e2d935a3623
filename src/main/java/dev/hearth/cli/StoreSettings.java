package dev.hearth.cli;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.journal.FileStore;
import dev.hearth.journal.RunStore;
import dev.hearth.postgres.Address;
import dev.hearth.postgres.PostgresStore;
import dev.hearth.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Which store the settings choose: {@code docs/design/store.md}. */
final class StoreSettings {

  /** Names the store. */
  static final String VARIABLE = "HEARTH_STORE";

  /** Names its schema. */
  static final String SCHEMA = "HEARTH_STORE_SCHEMA";

  private static final String PASSWORD = "HEARTH_STORE_PASSWORD";
  private static final String PASSWORD_FILE = "HEARTH_STORE_PASSWORD_FILE";
  private static final String SECTION = "hearth";
  private static final String FILES = "files";

  private final Environment environment;
  private final Settings settings;

  StoreSettings(Environment environment, Settings settings) {
    this.environment = environment;
    this.settings = settings;
  }

  /**
   * Opens it; the caller closes it.
   *
   * @throws dev.hearth.diag.HearthException when it cannot be reached or does not let us in
   */
  RunStore open() {
    String address = settings.get(SECTION, "store", VARIABLE).orElse(FILES);
    if (address.equals(FILES)) {
      return new FileStore(environment.state());
    }
    Optional<String> password = password();
    password.map(Value.Secret::new).ifPresent(environment.masker()::add);
    return PostgresStore.open(
        Address.parse(address, origin()),
        password,
        settings.get(SECTION, "store_schema", SCHEMA).orElse("hearth"));
  }

  private String origin() {
    return environment.variables().containsKey(VARIABLE)
        ? GivenArguments.STORE + " or $" + VARIABLE
        : settings.place(SECTION, "store", VARIABLE).source().name();
  }

  private Optional<String> password() {
    String given = environment.variables().getOrDefault(PASSWORD, "");
    if (!given.isEmpty()) {
      return Optional.of(given);
    }
    return settings.paths(SECTION, "store_password_file", PASSWORD_FILE, "\0").stream()
        .findFirst()
        .map(StoreSettings::read);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).lines().findFirst().orElse("");
    } catch (IOException unreadable) {
      throw Diagnostic.error(
              ExitCode.NOT_FOUND, "the password file of the store cannot be read: " + file)
          .because(unreadable.toString())
          .next("check the name, its owner and mode; its first line is the password")
          .failure();
    }
  }
}
