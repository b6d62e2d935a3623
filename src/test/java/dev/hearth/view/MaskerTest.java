package dev.hearth.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.shell.Renderer;
import dev.hearth.value.Value;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MaskerTest {

  @Test
  void hidesASecretWhereverItStands() {
    Masker masker = masker("hunter2!");
    assertThat(masker.mask("hunter2!")).isEqualTo("***");
    assertThat(masker.mask("a hunter2! b hunter2!hunter2!")).isEqualTo("a *** b ***");
    assertThat(masker.mask("hunter2")).isEqualTo("hunter2");
    assertThat(masker.mask("")).isEmpty();
  }

  @Test
  void hidesEncodings() {
    String secret = "it's \"süß\" & so/on?+~ \\ok";
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    List<String> carried =
        List.of(
            secret,
            Renderer.quote(secret),
            URLEncoder.encode(secret, StandardCharsets.UTF_8),
            URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"),
            Base64.getEncoder().encodeToString(bytes),
            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
            HexFormat.of().formatHex(bytes),
            HexFormat.of().withUpperCase().formatHex(bytes),
            "it's \\\"süß\\\" & so/on?+~ \\\\ok",
            "it's \\\"s\\u00fc\\u00df\\\" & so/on?+~ \\\\ok",
            "it\\'s \"süß\" & so/on?+~ \\\\ok",
            "it's \"süß\" &amp; so/on?+~ \\ok",
            "it's &quot;süß&quot; &amp; so/on?+~ \\ok",
            "it&#39;s &#34;süß&#34; &amp; so/on?+~ \\ok");
    Masker masker = masker(secret);
    for (String text : carried) {
      assertThat(masker.mask("<" + text + ">")).as(text).contains("***").hasSizeLessThan(9);
    }
  }

  @Test
  void hidesWhatBase64MakesOfASecretInsideALongerText() {
    String secret = "s3cret-passphrase";
    Masker masker = masker(secret);
    for (String user : List.of("", "a", "ab", "abc", "admin")) {
      String header = user + ":" + secret + "!tail";
      String encoded = Base64.getEncoder().encodeToString(header.getBytes(StandardCharsets.UTF_8));
      String masked = masker.mask("Authorization: Basic " + encoded);
      assertThat(masked).as(user).contains("***");
      String left = masked.substring("Authorization: Basic ".length()).replace("***", "");
      assertThat(left.length()).isLessThan(encoded.length() - 18);
    }
  }

  @Test
  void hidesTheLinesOfALongerSecretOneByOne() {
    Masker masker = masker("-----BEGIN KEY-----\nabcdefgh\n  ijklmnop\nxy\n-----END KEY-----\n");
    assertThat(masker.mask("line: abcdefgh, then ijklmnop, then xy"))
        .isEqualTo("line: ***, then ***, then xy");
    assertThat(
            masker.mask("-----BEGIN KEY-----\\nabcdefgh\\n  ijklmnop\\nxy\\n-----END KEY-----\\n"))
        .isEqualTo("***");
  }

  @Test
  void doesNotSearchForWhatIsShort() {
    assertThat(masker("abc").mask("abc")).isEqualTo("abc");
    assertThat(masker("    ").mask("a    b")).isEqualTo("a    b");
    assertThat(masker("").mask("a")).isEqualTo("a");
    assertThat(masker("abcd").mask("abcd")).isEqualTo("***");
  }

  @Test
  void hidesOverlappingSecretsTogether() {
    Masker masker = masker("abcdef", "defghi", "bcde", "ghijk-and-more");
    assertThat(masker.mask("<abcdefghi>")).isEqualTo("<***>");
    assertThat(masker.mask("<abcdefghijk-and-more>")).isEqualTo("<***>");
    assertThat(masker.mask("<bcde><abcdef>")).isEqualTo("<***><***>");
  }

  @Test
  void leavesNothingOfAnySecretInAnyText() {
    Random random = new Random(13);
    for (int round = 0; round < 300; round++) {
      List<String> secrets = new ArrayList<>();
      for (int count = 1 + random.nextInt(5); count > 0; count--) {
        secrets.add(text(random, 4 + random.nextInt(6)));
      }
      Masker masker = masker(secrets.toArray(String[]::new));
      StringBuilder text = new StringBuilder();
      for (int count = random.nextInt(12); count > 0; count--) {
        text.append(
            random.nextBoolean() ? text(random, 3) : secrets.get(random.nextInt(secrets.size())));
      }
      String masked = masker.mask(text.toString());
      assertThat(secrets).as("in %s from %s", masked, text).noneMatch(masked::contains);
      if (secrets.stream().noneMatch(secret -> text.indexOf(secret) >= 0)) {
        assertThat(masked).isEqualTo(text.toString());
      }
    }
  }

  @Test
  void hidesWhatAnyThreadAdded() throws InterruptedException {
    Masker masker = new Masker();
    List<Thread> threads = new ArrayList<>();
    for (int number = 0; number < 8; number++) {
      int own = number;
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int count = 0; count < 100; count++) {
                      masker.add(new Value.Secret("secret-" + own + "-" + count + "-end"));
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    for (int number = 0; number < 800; number++) {
      String secret = "secret-" + number / 100 + "-" + number % 100 + "-end";
      assertThat(masker.mask(secret)).isEqualTo("***");
    }
  }

  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int index = 0; index < length; index++) {
      text.append((char) ('a' + random.nextInt(3)));
    }
    return text.toString();
  }

  private static Masker masker(String... secrets) {
    Masker masker = new Masker();
    for (String secret : secrets) {
      masker.add(new Value.Secret(secret));
    }
    return masker;
  }
}
