package dev.hearth.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.diag.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigPlacesTest {

  @TempDir private Path root;

  private Path here;
  private Path home;

  @BeforeEach
  void directories() throws IOException {
    here = Files.createDirectory(root.resolve("here"));
    home = Files.createDirectory(root.resolve("home"));
    Files.writeString(home.resolve(".ansible.cfg"), "");
  }

  @Test
  void takesTheFirstThatExists() throws IOException {
    assertThat(find(Map.of()).file()).contains(home.resolve(".ansible.cfg"));
    Files.writeString(here.resolve("ansible.cfg"), "");
    assertThat(find(Map.of()).file()).contains(here.resolve("ansible.cfg"));
    Path named = Files.createDirectory(root.resolve("named"));
    Files.writeString(named.resolve("ansible.cfg"), "");
    assertThat(find(Map.of("ANSIBLE_CONFIG", named.toString())).file())
        .contains(named.resolve("ansible.cfg"));
    assertThat(find(Map.of()).warnings()).isEmpty();
  }

  @Test
  void saysThatTheNamedFileDoesNotExist() {
    ConfigPlaces places = find(Map.of("ANSIBLE_CONFIG", "nowhere.cfg"));
    assertThat(places.file()).contains(home.resolve(".ansible.cfg"));
    assertThat(places.warnings())
        .singleElement()
        .extracting(Diagnostic::render)
        .asString()
        .contains("nowhere.cfg")
        .contains(".ansible.cfg is used instead");
  }

  @Test
  void leavesOutWhatAnybodyMayHavePutThere() throws IOException {
    Files.writeString(here.resolve("ansible.cfg"), "");
    Files.setPosixFilePermissions(here, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(find(Map.of()).file()).contains(home.resolve(".ansible.cfg"));
    assertThat(find(Map.of()).warnings())
        .singleElement()
        .extracting(Diagnostic::next)
        .asString()
        .contains("chmod o-w");
    ConfigPlaces named = find(Map.of("ANSIBLE_CONFIG", here.resolve("ansible.cfg").toString()));
    assertThat(named.file()).contains(here.resolve("ansible.cfg"));
    assertThat(named.warnings()).isEmpty();
  }

  private ConfigPlaces find(Map<String, String> environment) {
    return ConfigPlaces.find(environment, here, home);
  }
}
