package dev.hearth.vault.age;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.vault.key.Identity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The public test vectors of age; README.md beside them says where they come from. */
final class AgeVectorsTest {

  private static final Map<String, String> FAILURES =
      Map.of(
          "armor failure", "armour",
          "header failure", "the header of the age file is damaged",
          "HMAC failure", "the header of the age file was changed",
          "payload failure", "the content of the age file is damaged");

  @TestFactory
  Stream<DynamicTest> vectors() throws IOException, URISyntaxException {
    Path directory =
        Path.of(Objects.requireNonNull(AgeVectorsTest.class.getResource("/vault/age")).toURI());
    List<Path> all;
    try (Stream<Path> files = Files.list(directory)) {
      all = files.filter(file -> !file.toString().endsWith(".md")).sorted().toList();
    }
    assertThat(all).hasSize(143);
    return all.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    String.valueOf(file.getFileName()), () -> check(Files.readAllBytes(file))));
  }

  private static void check(byte[] vector) throws IOException, NoSuchAlgorithmException {
    String text = new String(vector, StandardCharsets.ISO_8859_1);
    int blank = text.indexOf("\n\n");
    Map<String, List<String>> keys = new LinkedHashMap<>();
    for (String line : text.substring(0, blank).split("\n")) {
      String[] pair = line.split(": ", 2);
      keys.computeIfAbsent(pair[0], key -> new ArrayList<>()).add(pair[1]);
    }
    byte[] file = Arrays.copyOfRange(vector, blank + 2, vector.length);
    if (keys.containsKey("compressed")) {
      file = new InflaterInputStream(new ByteArrayInputStream(file)).readAllBytes();
    }
    String expected = Objects.requireNonNull(keys.get("expect")).getFirst();
    byte[] whole = file;
    switch (expected) {
      case "success" -> {
        byte[] plain = open(whole, keys).orElseThrow();
        String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(plain));
        assertThat(sum).isEqualTo(Objects.requireNonNull(keys.get("payload")).getFirst());
        AgeFile read = AgeFile.parse(whole, at());
        assertThat(AgeFile.parse(read.bytes(), at())).isEqualTo(read);
        if (!read.armoured()) {
          assertThat(read.bytes()).as("written as it was read").isEqualTo(whole);
        }
      }
      case "no match" -> assertThat(open(whole, keys)).isEmpty();
      default -> {
        HearthException refused =
            catchThrowableOfType(HearthException.class, () -> open(whole, keys));
        assertThat(refused).as(expected).isNotNull();
        assertThat(refused.exit()).isEqualTo(ExitCode.VAULT_CORRUPT);
        // What does not look like armour is read as a binary file, and is none.
        assertThat(refused.getMessage())
            .containsAnyOf(
                Objects.requireNonNull(FAILURES.get(expected)),
                expected.equals("armor failure") ? "its first line has to be" : "\0");
      }
    }
  }

  private static Optional<byte[]> open(byte[] content, Map<String, List<String>> keys) {
    AgeFile file = AgeFile.parse(content, at());
    for (String passphrase : keys.getOrDefault("passphrase", List.of())) {
      Optional<byte[]> plain = file.open(passphrase.getBytes(StandardCharsets.UTF_8));
      if (plain.isPresent()) {
        return plain;
      }
    }
    for (String secret : keys.getOrDefault("identity", List.of())) {
      try (Identity identity = Identity.parse(secret).orElseThrow()) {
        Optional<byte[]> plain = file.open(identity);
        if (plain.isPresent()) {
          return plain;
        }
      }
    }
    return Optional.empty();
  }

  private static Location at() {
    return Location.startOf(Source.of("vector", ""));
  }
}
