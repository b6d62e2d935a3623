package dev.hearth.vault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * 500 random contents under 20 passwords in many alphabets, as a real ansible-vault encrypted them;
 * {@code bench/vault-interop} records them and also goes the other way, with ansible-vault itself.
 */
final class AnsibleVectorsTest {

  @ParameterizedTest
  @ValueSource(strings = {"2.14", "2.19"})
  void opensAndWritesWhatAnsibleVaultWrote(String version) throws IOException {
    Map<String, byte[]> files = files(version);
    int compared = 0;
    for (String name : files.keySet().stream().sorted().toList()) {
      if (!name.contains("/ansible/")) {
        continue;
      }
      String place = name.substring(0, name.indexOf('/'));
      String label = new String(file(files, place + "/label"), US_ASCII);
      byte[] password = file(files, place + "/password");
      byte[] plain = file(files, name.replace("/ansible/", "/plain/"));
      byte[] content = file(files, name);
      try (VaultSecrets secrets =
              VaultSecrets.none().and(label, Arrays.copyOf(password, password.length - 1));
          Vault vault = new Vault(secrets)) {
        Envelope read = Envelope.parse(content, name);
        assertThat(read.label()).isEqualTo(label);
        assertThat(vault.decrypt(read)).as(name).isEqualTo(plain);
        // The only thing that is left to chance is the salt: with theirs we write their bytes.
        assertThat(vault.seal(plain, Optional.empty(), read.salt()).text())
            .as(name)
            .isEqualTo(new String(content, UTF_8));
      }
      compared++;
    }
    assertThat(compared).isEqualTo(500);
  }

  private static byte[] file(Map<String, byte[]> files, String name) {
    return Objects.requireNonNull(files.get(name), name);
  }

  private static Map<String, byte[]> files(String version) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    try (InputStream resource =
            Objects.requireNonNull(
                AnsibleVectorsTest.class.getResourceAsStream(
                    "/vault/ansible-" + version + ".zip"));
        ZipInputStream zip = new ZipInputStream(resource)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }
}
