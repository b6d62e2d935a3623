package dev.hearth.vault.strong;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.diag.Source;
import dev.hearth.vault.key.X25519Identity;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class StrongTextTest {

  private static final Cost CHEAP = new Cost(8, 1, 1);

  private final SecureRandom random = new SecureRandom();
  private final FileKey key = FileKey.random(random);
  private final X25519Identity identity = X25519Identity.random(random);
  private final Location at = Location.startOf(Source.of("secret.yml", ""));
  private final byte[] salt = Stanza.Passphrase.salt(random);
  private final byte[] wrapping = CHEAP.key("pw".getBytes(UTF_8), salt, at);
  private final List<Stanza> recipients =
      List.of(
          Stanza.Passphrase.of(wrapping, salt, CHEAP, "lab", key, random),
          Stanza.PublicKey.of(identity.recipient(), key, random));

  /** RFC 9106, section 5.3, without its secret and associated data, is Argon2's own vector. */
  @Test
  void derivesAKnownKey() {
    byte[] derived =
        new Cost(65_536, 2, 1)
            .key("password".getBytes(US_ASCII), "somesaltsomesalt".getBytes(US_ASCII), at);
    assertThat(derived).hasSize(32);
    assertThat(
            new Cost(256, 2, 1)
                .key("password".getBytes(US_ASCII), "somesalt".getBytes(US_ASCII), at))
        .isEqualTo(
            HexFormat.of()
                .parseHex("9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe"));
  }

  @Test
  void everyRecipientOpensIt() {
    StrongText read = read(text("a: 1\nb: 2\n"));
    assertThat(read.kind()).isEqualTo(Kind.LINES);
    Stanza.Passphrase passphrase = (Stanza.Passphrase) read.stanzas().get(0);
    assertThat(passphrase.label()).isEqualTo("lab");
    assertThat(passphrase.cost()).isEqualTo(CHEAP);
    Stanza.PublicKey publicKey = (Stanza.PublicKey) read.stanzas().get(1);
    for (FileKey found :
        List.of(passphrase.open(wrapping).orElseThrow(), publicKey.open(identity).orElseThrow())) {
      assertThat(read.open(found)).asString(UTF_8).isEqualTo("a: 1\nb: 2\n");
    }
    assertThat(passphrase.open(CHEAP.key("no".getBytes(UTF_8), salt, at))).isEmpty();
    assertThat(publicKey.open(X25519Identity.random(random))).isEmpty();
  }

  @Test
  void everyContentComesBack() {
    Random fixed = new Random(1);
    List<byte[]> contents = new ArrayList<>();
    for (String text : List.of("", "\n", "x", "x\n", "\n\n", "a\r\nb", "ü\n€")) {
      contents.add(text.getBytes(UTF_8));
    }
    for (int length : new int[] {1, 65_535, 65_536, 65_537, 131_072, 200_000}) {
      byte[] bytes = new byte[length];
      fixed.nextBytes(bytes);
      contents.add(bytes);
    }
    for (byte[] content : contents) {
      for (Kind kind : List.of(Kind.ofFile(content), Kind.BLOB, Kind.VALUE)) {
        StrongText made = StrongText.of(kind, recipients, key, content, at, random);
        assertThat(read(made.text()).open(key)).as(kind + "").isEqualTo(content);
        assertThat(read(made.text()).text()).isEqualTo(made.text());
        assertThat(read(made.text().replace("\n", "\r\n")).open(key)).isEqualTo(content);
      }
    }
  }

  @Test
  void aChangeOfOneLineIsAChangeOfOneLine() {
    StrongText before = read(text("a: 1\nb: 2\nc: 3\nd: 4\n"));
    StrongText changed = with(before, "a: 1\nb: two\nc: 3\nd: 4\n");
    assertThat(difference(before, changed)).containsExactly(1, 1);
    StrongText added = with(changed, "a: 1\nb: two\nnew: x\nc: 3\nd: 4\n");
    assertThat(difference(changed, added)).containsExactly(0, 1);
    StrongText removed = with(added, "b: two\nnew: x\nc: 3\nd: 4\n");
    assertThat(difference(added, removed))
        .as("the line, and the end with the seal")
        .containsExactly(2, 1);
    assertThat(with(removed, "b: two\nnew: x\nc: 3\nd: 4\n").text()).isEqualTo(removed.text());
    assertThat(read(removed.text()).open(key))
        .asString(UTF_8)
        .isEqualTo("b: two\nnew: x\nc: 3\nd: 4\n");
  }

  /** Thousands of edits of random texts: each reads back, and no more lines change than have to. */
  @Test
  void anyEditReadsBackAndTouchesOnlyWhatChanged() {
    Random fixed = new Random(7);
    StrongText text = read(text(""));
    for (int edit = 0; edit < 2_000; edit++) {
      List<String> before = new ArrayList<>(new String(text.open(key), UTF_8).lines().toList());
      List<String> after = new ArrayList<>(before);
      if (after.size() > 30) {
        after.subList(fixed.nextInt(20), 25).clear();
      }
      int at = fixed.nextInt(after.size() + 1);
      switch (fixed.nextInt(4)) {
        case 0 -> after.add(at, "line " + fixed.nextInt(5));
        case 1 -> after.subList(Math.max(0, at - 1), at).clear();
        case 2 -> after.subList(Math.max(0, at - 1), at).replaceAll(line -> line + "!");
        default -> Collections.swap(after, 0, after.isEmpty() ? after.size() : 0);
      }
      if (after.isEmpty()) {
        after.add("first");
      }
      String plain = String.join("\n", after) + (fixed.nextInt(9) == 0 ? "" : "\n");
      StrongText next = read(with(text, plain).text());
      assertThat(next.open(key)).asString(UTF_8).isEqualTo(plain);
      text = next;
    }
  }

  @Test
  void noChangeOfALineGoesUnnoticed() {
    StrongText first = read(text("a: 1\nb: 2\nc: 3\n"));
    StrongText second = with(first, "a: 1\nb: two\nc: 3\n");
    List<String> lines = second.text().lines().toList();
    List<List<String>> forgeries = new ArrayList<>();
    for (int one = 6; one < 9; one++) {
      for (int other = 6; other < 9; other++) {
        List<String> swapped = new ArrayList<>(lines);
        Collections.swap(swapped, one, other);
        forgeries.add(swapped);
        List<String> repeated = new ArrayList<>(lines);
        repeated.add(one, lines.get(other));
        forgeries.add(repeated);
      }
      List<String> dropped = new ArrayList<>(lines);
      dropped.remove(one);
      forgeries.add(dropped);
      List<String> older = new ArrayList<>(lines);
      older.set(one, first.text().lines().toList().get(one));
      forgeries.add(older);
    }
    forgeries.removeIf(lines::equals);
    forgeries.removeIf(forgery -> forgery.equals(first.text().lines().toList()));
    assertThat(forgeries).hasSizeGreaterThan(15);
    for (List<String> forgery : forgeries) {
      refused(String.join("\n", forgery) + "\n");
    }
  }

  /** Any byte of the file, changed to any of a few others, is refused: there is no slack. */
  @Test
  void noChangeOfAByteGoesUnnoticed() {
    for (String text :
        List.of(
            text("a: 1\nb: 2\n"),
            with(read(text("a: 1\nb: 2\n")), "a: 1\nb: 3\n").text(),
            StrongText.of(Kind.VALUE, recipients, key, "x".getBytes(UTF_8), at, random).text(),
            StrongText.of(Kind.BLOB, recipients, key, new byte[70], at, random).text())) {
      // A seal that a later one replaced means nothing any more; the format says so.
      boolean replaced = text.contains("\n2 ");
      int stale = replaced ? text.indexOf("\n=== 1 ") + "\n=== 1 ".length() : text.length();
      for (int index = 0; index < Math.min(stale, text.length() - 1); index++) {
        for (char other : "Aa0+=- \n;".toCharArray()) {
          String forged = text.substring(0, index) + other + text.substring(index + 1);
          if (text.charAt(index) != other) {
            assertThat(accepted(forged)).as(index + " to '" + other + "' in\n" + text).isFalse();
          }
        }
      }
    }
  }

  private boolean accepted(String forged) {
    try {
      StrongText read = read(forged);
      read.open(key);
      return true;
    } catch (HearthException refused) {
      assertThat(refused.exit()).isEqualTo(ExitCode.VAULT_CORRUPT);
      return false;
    }
  }

  @Test
  void saysWhatAMergeOfTwoChangesNeeds() {
    StrongText base = read(text("a: 1\nb: 2\nc: 3\n"));
    List<String> ours = new ArrayList<>(with(base, "a: one\nb: 2\nc: 3\n").text().lines().toList());
    List<String> theirs = with(base, "a: 1\nb: 2\nc: three\n").text().lines().toList();
    ours.set(8, theirs.get(8));
    Diagnostic told = refused(String.join("\n", ours) + "\n");
    assertThat(told.summary()).contains("merged without their key");
    assertThat(told.next()).contains("install-git");
  }

  @Test
  void refusesCostsBeforeTheyAreHad() {
    String text = text("x\n");
    for (String cost :
        List.of(
            "m=1048577 t=1 p=1",
            "m=7 t=1 p=1",
            "m=8 t=1 p=2",
            "m=1048576 t=5 p=1",
            "m=64 t=17 p=1",
            "m=128 t=1 p=9",
            "m=999999999 t=9999 p=9999")) {
      Diagnostic told = refused(text.replace("m=8 t=1 p=1", cost));
      assertThat(told.summary()).contains(cost);
    }
    refused(text.replace("m=8 t=1 p=1", "m=08 t=1 p=1"));
    refused(text.replace("m=8 t=1 p=1", "m=4294967304 t=1 p=1"));
  }

  @Test
  void pointsAtWhatIsWrong() {
    String text = text("x\n");
    assertThat(refused(text.replace(";1;", ";2;")).summary()).contains("version '2'");
    assertThat(refused(text.replace(";lines", ";linen")).why()).contains("'linen'");
    assertThat(refused(text + "more\n").at()).map(Location::line).contains(9);
    assertThat(refused(text.replace("-> X25519", "> X25519")).at()).map(Location::line).contains(4);
    for (int length = 13; length < text.length() - 1; length++) {
      refused(text.substring(0, length));
    }
  }

  @Test
  void skipsRecipientsThatItDoesNotKnow() {
    List<Stanza> more = new ArrayList<>(recipients);
    more.add(new Stanza.Unknown("-> webauthn x", "AAAA"));
    StrongText made = StrongText.of(Kind.LINES, more, key, "x\n".getBytes(UTF_8), at, random);
    assertThat(read(made.text()).open(key)).asString(UTF_8).isEqualTo("x\n");
    refused(made.text().replace("webauthn x", "webauthn y"));
  }

  private String text(String plain) {
    return StrongText.of(Kind.LINES, recipients, key, plain.getBytes(UTF_8), at, random).text();
  }

  private StrongText with(StrongText before, String plain) {
    return before.with(plain.getBytes(UTF_8), key, random);
  }

  private StrongText read(String text) {
    return StrongText.parse(text, Location.startOf(new Source("secret.yml", text)));
  }

  /** How many lines each text has that the other has not. */
  private static int[] difference(StrongText before, StrongText after) {
    List<String> old = before.text().lines().toList();
    List<String> now = after.text().lines().toList();
    return new int[] {
      (int) old.stream().filter(line -> !now.contains(line)).count(),
      (int) now.stream().filter(line -> !old.contains(line)).count()
    };
  }

  private Diagnostic refused(String text) {
    HearthException refused =
        catchThrowableOfType(HearthException.class, () -> read(text).open(key));
    assertThat(refused).as(text).isNotNull();
    assertThat(refused.exit()).as(text).isEqualTo(ExitCode.VAULT_CORRUPT);
    Diagnostic first = refused.diagnostics().getFirst();
    assertThat(first.next()).isNotEmpty();
    return first;
  }
}
