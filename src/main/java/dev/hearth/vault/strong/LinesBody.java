package dev.hearth.vault.strong;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.vault.key.Aead;
import dev.hearth.vault.key.CanonicalBase64;
import dev.hearth.vault.key.Hkdf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The body of a text: a box for each line, so that a change of one line changes one line of the
 * file. The seal over all of them stands on the line that was written last.
 */
final class LinesBody {

  private static final String LINE = "line";
  private static final String SEAL = "seal";
  private static final long MOST_GENERATIONS = 9_999_999_999L;

  private final FileKey key;
  private final byte[] headerMac;
  private final Location at;

  /** A body under this header; the place is the one of its first line. */
  LinesBody(FileKey key, byte[] headerMac, Location at) {
    this.key = key;
    this.headerMac = headerMac;
    this.at = at;
  }

  // ---- writing

  /** The body of a new text. */
  List<String> seal(byte[] plain, SecureRandom random) {
    return written(new byte[0][], List.of(), split(plain), 1, random);
  }

  /** The body of a text that takes the place of another one, whose lines stay where they can. */
  List<String> sealAgain(List<String> body, byte[] plain, SecureRandom random) {
    List<SealedLine> old = parse(body);
    byte[][] before = opened(old);
    long generation = old.stream().mapToLong(SealedLine::generation).max().orElseThrow() + 1;
    if (generation > MOST_GENERATIONS) {
      return seal(plain, random);
    }
    byte[][] after = split(plain);
    if (Arrays.deepEquals(before, after)) {
      return body;
    }
    try {
      return written(before, old, after, generation, random);
    } finally {
      wipe(before);
      wipe(after);
    }
  }

  private List<String> written(
      byte[][] before, List<SealedLine> old, byte[][] after, long generation, SecureRandom random) {
    int[] kept = Alignment.of(before, after);
    List<SealedLine> lines = new ArrayList<>();
    int newest = after.length;
    byte[] derived = key.derive(LINE);
    for (int number = 0; number < after.length; number++) {
      if (kept[number] >= 0) {
        lines.add(old.get(kept[number]));
      } else {
        lines.add(box(after[number], generation, derived, random));
        newest = number;
      }
    }
    Arrays.fill(derived, (byte) 0);
    boolean ends = old.isEmpty() || newest == after.length;
    lines.add(ends ? SealedLine.end(generation) : old.getLast());
    int bearer = ends ? after.length : newest;
    String seal = CanonicalBase64.encode(sum(lines));
    List<String> text = new ArrayList<>();
    for (int number = 0; number < lines.size(); number++) {
      SealedLine line = lines.get(number);
      text.add((number == bearer ? line.with(Optional.of(seal)) : line).text());
    }
    return text;
  }

  private static SealedLine box(byte[] line, long generation, byte[] derived, SecureRandom random) {
    boolean ended = line.length > 0 && line[line.length - 1] == '\n';
    byte[] padded = Padding.pad(ended, ended ? Arrays.copyOf(line, line.length - 1) : line);
    byte[] nonce = new byte[Aead.NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] box =
        Aead.AES_256_GCM.sealWithNonce(derived, nonce, SealedLine.bound(generation), padded);
    Arrays.fill(padded, (byte) 0);
    return new SealedLine(generation, CanonicalBase64.encode(box), Optional.empty());
  }

  /** The lines of a text, each with its line end. */
  private static byte[][] split(byte[] plain) {
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    for (int index = 0; index < plain.length; index++) {
      if (plain[index] == '\n' || index == plain.length - 1) {
        lines.add(Arrays.copyOfRange(plain, start, index + 1));
        start = index + 1;
      }
    }
    return lines.toArray(byte[][]::new);
  }

  // ---- reading

  /** The text, of which nothing is given out before the seal was found right. */
  byte[] open(List<String> body) {
    List<SealedLine> lines = parse(body);
    check(lines);
    byte[][] plain = opened(lines);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (byte[] line : plain) {
      text.writeBytes(line);
    }
    wipe(plain);
    return text.toByteArray();
  }

  private List<SealedLine> parse(List<String> body) {
    List<SealedLine> lines = new ArrayList<>();
    for (int number = 0; number < body.size(); number++) {
      SealedLine line =
          SealedLine.parse(body.get(number), number == body.size() - 1)
              .orElseThrow(badLine(number, body));
      lines.add(line);
    }
    if (lines.isEmpty()) {
      throw Damage.form(at, "the body has no end: it is cut off");
    }
    return lines;
  }

  private Supplier<HearthException> badLine(int number, List<String> body) {
    boolean last = number == body.size() - 1;
    if (!last && body.get(number).startsWith(SealedLine.END)) {
      return () -> Damage.form(at.plus(number + 1, 0), "something stands after its end");
    }
    return () ->
        Damage.form(
            at.plus(number, 0),
            last
                ? "its last line starts with ===: it is cut off"
                : "a line of the body is a number and base64");
  }

  private void check(List<SealedLine> lines) {
    long newest = lines.stream().mapToLong(SealedLine::generation).max().orElseThrow();
    List<String> seals =
        lines.stream()
            .filter(line -> line.generation() == newest)
            .flatMap(line -> line.seal().stream())
            .toList();
    if (seals.size() > 1) {
      throw Diagnostic.error(at, "two changes were merged without their key")
          .exit(ExitCode.VAULT_CORRUPT)
          .because(
              "there are " + seals.size() + " seals; a merge of the lines cannot make a new one")
          .next(
              "take one side whole, then change what the other side changed; with"
                  + " 'hearth vault install-git' git merges such files rightly")
          .failure();
    }
    boolean genuine =
        seals.size() == 1
            && CanonicalBase64.decode(seals.getFirst())
                .filter(seal -> MessageDigest.isEqual(seal, sum(lines)))
                .isPresent();
    if (!genuine) {
      throw Damage.changed(at, "its seal does not belong to its lines");
    }
  }

  private byte[][] opened(List<SealedLine> lines) {
    byte[] derived = key.derive(LINE);
    byte[][] plain = new byte[lines.size() - 1][];
    for (int number = 0; number < plain.length; number++) {
      SealedLine line = lines.get(number);
      Location place = at.plus(number, 0);
      byte[] padded =
          CanonicalBase64.decode(line.box())
              .flatMap(
                  box ->
                      Aead.AES_256_GCM.openWithNonce(
                          derived, SealedLine.bound(line.generation()), box))
              .orElseThrow(() -> Damage.changed(place, "its tag does not belong to it"));
      boolean ended = Padding.flag(padded);
      byte[] text = Padding.text(padded, place);
      if (ended) {
        plain[number] = Arrays.copyOf(text, text.length + 1);
        plain[number][text.length] = '\n';
        Arrays.fill(text, (byte) 0);
      } else {
        plain[number] = text;
      }
    }
    Arrays.fill(derived, (byte) 0);
    return plain;
  }

  private static void wipe(byte[][] lines) {
    for (byte[] line : lines) {
      Arrays.fill(line, (byte) 0);
    }
  }

  private byte[] sum(List<SealedLine> lines) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(headerMac);
    lines.forEach(line -> data.writeBytes(line.sealedText().getBytes(StandardCharsets.US_ASCII)));
    byte[] derived = key.derive(SEAL);
    byte[] sum = Hkdf.mac(derived, data.toByteArray());
    Arrays.fill(derived, (byte) 0);
    return sum;
  }
}
