package dev.hearth.vault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One key at a time, and many at once, against known answers and Java's own derivation. */
final class Pbkdf2Test {

  private final Random random = new Random(20261122);

  /** RFC 7914, 11. */
  @ParameterizedTest
  @CsvSource({
    "passwd, salt, 1, 55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
        + "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783",
    "Password, NaCl, 80000, 4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"
        + "a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d"
  })
  void derivesTheKnownKeys(String password, String salt, int iterations, String known) {
    byte[] bytes = password.getBytes(US_ASCII);
    List<byte[]> salts = List.of(salt.getBytes(US_ASCII));
    assertThat(HexFormat.of().formatHex(Pbkdf2.derive(bytes, salts.getFirst(), iterations, 64)))
        .isEqualTo(known);
    assertThat(Pbkdf2Lanes.derive(bytes, salts, iterations, 64))
        .extracting(HexFormat.of()::formatHex)
        .containsExactly(known);
  }

  @Test
  void derivesWhatJavaDerives() throws GeneralSecurityException {
    for (int round = 0; round < 40; round++) {
      String password = password();
      int iterations = 1 + random.nextInt(20);
      int length = 1 + random.nextInt(100);
      // From one lane to more than two batches take.
      List<byte[]> salts = salts(1 + random.nextInt(round % 8 == 0 ? 900 : 60));
      List<byte[]> together =
          Pbkdf2Lanes.derive(password.getBytes(UTF_8), salts, iterations, length);
      assertThat(together).hasSameSizeAs(salts);
      for (int index = 0; index < salts.size(); index++) {
        byte[] salt = salts.get(index);
        assertThat(together.get(index))
            .isEqualTo(javas(password, salt, iterations, length))
            .isEqualTo(Pbkdf2.derive(password.getBytes(UTF_8), salt, iterations, length));
      }
    }
  }

  private static byte[] javas(String password, byte[] salt, int iterations, int length)
      throws GeneralSecurityException {
    return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
        .generateSecret(
            new PBEKeySpec(password.toCharArray(), salt, iterations, length * Byte.SIZE))
        .getEncoded();
  }

  /** Of one to 150 characters: longer than a block of the hash as well. */
  private String password() {
    StringBuilder password = new StringBuilder();
    random.ints(1L + random.nextInt(150), ' ', 0x2000).forEach(password::appendCodePoint);
    return password.toString();
  }

  private List<byte[]> salts(int count) {
    return Stream.generate(
            () -> {
              byte[] salt = new byte[1 + random.nextInt(80)];
              random.nextBytes(salt);
              return salt;
            })
        .limit(count)
        .toList();
  }

  @Test
  void compressesEachLaneAsTheHashDoes() throws GeneralSecurityException {
    for (int lanes : new int[] {1, 15, 16, 17, 64, 301}) {
      List<byte[]> texts = new ArrayList<>();
      Sha256Lanes hash = new Sha256Lanes(lanes);
      for (int lane = 0; lane < lanes; lane++) {
        byte[] text = new byte[random.nextInt(56)];
        random.nextBytes(text);
        texts.add(text);
        ByteBuffer block = ByteBuffer.allocate(64).put(text).put((byte) 0x80);
        block.putInt(60, text.length * Byte.SIZE).rewind();
        for (int[] word : hash.block()) {
          word[lane] = block.getInt();
        }
      }
      hash.compress(Sha256Lanes.inEachLane(Sha256Lanes.START, lanes));
      for (int lane = 0; lane < lanes; lane++) {
        ByteBuffer sum = ByteBuffer.allocate(32);
        for (int word = 0; word < 8; word++) {
          sum.putInt(hash.block()[word][lane]);
        }
        assertThat(sum.array())
            .isEqualTo(MessageDigest.getInstance("SHA-256").digest(texts.get(lane)));
      }
      hash.wipe();
      assertThat(Stream.of(hash.block()).flatMapToInt(IntStream::of)).containsOnly(0);
    }
  }

  @Test
  void takesManyTogetherOnlyWhereThatIsFaster(@TempDir Path directory) throws Exception {
    Path old =
        Files.writeString(directory.resolve("old"), "processor\t: 0\nflags\t\t: sse4_2 avx\n");
    Path wide =
        Files.writeString(directory.resolve("wide"), "processor\t: 0\nflags\t\t: avx avx2 bmi2\n");
    assertThat(WideVectors.areIn("mixed mode, sharing", wide)).isTrue();
    assertThat(WideVectors.areIn("mixed mode, sharing", old)).isFalse();
    assertThat(WideVectors.areIn("mixed mode, sharing", directory.resolve("none"))).isFalse();
    assertThat(WideVectors.areIn("mixed mode, emulated-client, sharing", wide)).isFalse();
    assertThat(WideVectors.areIn("interpreted mode", wide)).isFalse();
    assertThat(Pbkdf2Lanes.isWorthwhile(1)).isFalse();
  }
}
