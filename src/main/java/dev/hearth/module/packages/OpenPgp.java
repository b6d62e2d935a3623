package dev.hearth.module.packages;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Public keys as OpenPGP writes them (RFC 9580), as far as their fingerprints go.
 *
 * @param fingerprints of the keys, those of sub-keys behind their keys; upper case
 * @param single whether there is one key and besides it only what belongs to a public key
 */
record OpenPgp(List<String> fingerprints, boolean single) {

  private static final int PUBLIC_KEY = 6;
  private static final int PUBLIC_SUBKEY = 14;

  /** Signatures, trust, names, pictures and padding. */
  private static final Set<Integer> BESIDE_A_KEY = Set.of(2, 12, 13, PUBLIC_SUBKEY, 17, 21);

  /** Reads armoured text or the bytes themselves; nothing when they are no keys. */
  static Optional<OpenPgp> read(byte[] bytes) {
    try {
      List<String> fingerprints = new ArrayList<>();
      List<Integer> others = new ArrayList<>();
      ByteBuffer in = ByteBuffer.wrap(binary(bytes));
      while (in.hasRemaining()) {
        int tag = packet(in, fingerprints);
        if (!BESIDE_A_KEY.contains(tag)) {
          others.add(tag);
        }
      }
      return fingerprints.isEmpty()
          ? Optional.empty()
          : Optional.of(new OpenPgp(fingerprints, others.equals(List.of(PUBLIC_KEY))));
    } catch (BufferUnderflowException | IllegalArgumentException noKeys) {
      return Optional.empty();
    }
  }

  /** Whether one of the keys has that id or fingerprint, short or long, in any writing. */
  boolean has(String id) {
    return fingerprints.stream().anyMatch(each -> each.endsWith(plain(id)));
  }

  /** Whether it is the key with that whole fingerprint and no other. */
  boolean isOnly(String fingerprint) {
    return single && fingerprints.getFirst().equals(plain(fingerprint));
  }

  /** An id without blanks and prefix, upper case. */
  static String plain(String id) {
    return id.replaceAll("\\s", "").replaceFirst("^0[xX]", "").toUpperCase(Locale.ROOT);
  }

  static boolean armoured(byte[] bytes) {
    return new String(bytes, 0, Math.min(bytes.length, 4096), StandardCharsets.ISO_8859_1)
        .contains("-----BEGIN PGP PUBLIC KEY BLOCK-----");
  }

  /** The keys without armour. */
  static byte[] binary(byte[] bytes) {
    if (!armoured(bytes)) {
      return bytes;
    }
    StringBuilder base64 = new StringBuilder();
    boolean body = false;
    boolean inside = false;
    for (String line : new String(bytes, StandardCharsets.ISO_8859_1).lines().toList()) {
      String text = line.strip();
      if (text.startsWith("-----BEGIN PGP")) {
        inside = true;
        body = false;
      } else if (text.startsWith("-----END") || body && text.startsWith("=")) {
        inside = false;
      } else if (inside && text.isEmpty()) {
        body = true;
      } else if (inside && body) {
        base64.append(text);
      }
    }
    return Base64.getDecoder().decode(base64.toString());
  }

  private static int packet(ByteBuffer in, List<String> fingerprints) {
    int head = in.get() & 0xff;
    if ((head & 0x80) == 0) {
      throw new IllegalArgumentException("no packet");
    }
    int tag;
    int length;
    if ((head & 0x40) != 0) {
      tag = head & 0x3f;
      int first = in.get() & 0xff;
      if (first >= 224 && first < 255) {
        throw new IllegalArgumentException("keys have no packets in parts");
      }
      length =
          first < 192
              ? first
              : first < 224 ? ((first - 192) << 8) + (in.get() & 0xff) + 192 : in.getInt();
    } else {
      tag = (head >> 2) & 0xf;
      length =
          switch (head & 3) {
            case 0 -> in.get() & 0xff;
            case 1 -> in.getShort() & 0xffff;
            case 2 -> in.getInt();
            default -> throw new IllegalArgumentException("keys have lengths");
          };
    }
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException("a packet is longer than the text");
    }
    byte[] body = new byte[length];
    in.get(body);
    if ((tag == PUBLIC_KEY || tag == PUBLIC_SUBKEY) && length > 0) {
      fingerprint(body).ifPresent(fingerprints::add);
    }
    return tag;
  }

  private static Optional<String> fingerprint(byte[] body) {
    int version = body[0];
    try {
      MessageDigest digest = MessageDigest.getInstance(version == 4 ? "SHA-1" : "SHA-256");
      if (version == 4) {
        digest.update(new byte[] {(byte) 0x99, (byte) (body.length >> 8), (byte) body.length});
      } else if (version == 6) {
        digest.update((byte) 0x9b);
        digest.update(ByteBuffer.allocate(4).putInt(body.length).array());
      } else {
        return Optional.empty();
      }
      digest.update(body);
      return Optional.of(HexFormat.of().withUpperCase().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException(never);
    }
  }
}
