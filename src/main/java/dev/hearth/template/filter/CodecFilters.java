package dev.hearth.template.filter;

import dev.hearth.template.Call;
import dev.hearth.template.Filter;
import dev.hearth.template.python.PythonError;
import dev.hearth.value.Value;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Base64, checksums, identifiers. */
final class CodecFilters {

  private static final String ANSIBLE_NAMESPACE = "361E6D51-FAEC-444A-9079-341386DA8E2E";

  private CodecFilters() {}

  static Map<String, Filter> all() {
    Map<String, Filter> all = new HashMap<>();
    all.put("b64encode", Filter.of("encoding? urlsafe?", CodecFilters::encode));
    all.put("b64decode", Filter.of("encoding? urlsafe?", CodecFilters::decode));
    all.put(
        "hash",
        Filter.of("hashtype?", call -> Value.text(hash(call, call.text("hashtype", "sha1")))));
    all.put("md5", Filter.of("", call -> Value.text(hash(call, "md5"))));
    all.put("sha1", Filter.of("", call -> Value.text(hash(call, "sha1"))));
    all.put("checksum", Filter.of("", call -> Value.text(hash(call, "sha1"))));
    all.put("to_uuid", Filter.of("namespace?", CodecFilters::uuid));
    return all;
  }

  private static Charset charset(Call call) {
    String name = call.text("encoding", "utf-8");
    try {
      return Charset.forName(javaName(name));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      throw new PythonError("has no encoding '" + name + "'");
    }
  }

  /** Python writes some encodings with hyphens that Java does not know. */
  private static String javaName(String python) {
    return switch (python.toLowerCase(Locale.ROOT).replaceAll("[-_]", "")) {
      case "utf16le" -> "UTF-16LE";
      case "utf16be" -> "UTF-16BE";
      case "latin1", "latin" -> "ISO-8859-1";
      case "ascii" -> "US-ASCII";
      default -> python;
    };
  }

  private static Value encode(Call call) {
    Base64.Encoder encoder =
        call.flag("urlsafe", false) ? Base64.getUrlEncoder() : Base64.getEncoder();
    return Value.text(encoder.encodeToString(call.inputText().getBytes(charset(call))));
  }

  private static Value decode(Call call) {
    String given = call.inputText();
    String usual = call.flag("urlsafe", false) ? given.replace('-', '+').replace('_', '/') : given;
    String data = usual.replaceAll("[^A-Za-z0-9+/]", "");
    String padding = usual.replaceAll("[^A-Za-z0-9+/=]", "").replaceAll("^.*[^=]", "");
    int open = data.length() % 4;
    if (open == 1 || (open > 0 && open + padding.length() < 4)) {
      throw new PythonError("needs base64 text: its padding is not complete");
    }
    return Value.text(new String(Base64.getDecoder().decode(data), charset(call)));
  }

  private static String hash(Call call, String type) {
    String name =
        switch (type.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "")) {
          case "md5" -> "MD5";
          case "sha1" -> "SHA-1";
          case "sha224" -> "SHA-224";
          case "sha256" -> "SHA-256";
          case "sha384" -> "SHA-384";
          case "sha512" -> "SHA-512";
          case "sha3256" -> "SHA3-256";
          case "sha3512" -> "SHA3-512";
          default ->
              throw new PythonError("has no hash '" + type + "': it has md5, sha1, sha256, sha512");
        };
    return HexFormat.of()
        .formatHex(digest(name, call.inputText().getBytes(StandardCharsets.UTF_8)));
  }

  static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("every JDK has " + algorithm, absent);
    }
  }

  /** A name-based identifier (version 5) in Ansible's own namespace. */
  private static Value uuid(Call call) {
    UUID namespace;
    try {
      namespace = UUID.fromString(call.text("namespace", ANSIBLE_NAMESPACE));
    } catch (IllegalArgumentException wrong) {
      throw new PythonError("needs a UUID as namespace");
    }
    byte[] name = call.inputText().getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer = ByteBuffer.allocate(16 + name.length);
    buffer.putLong(namespace.getMostSignificantBits()).putLong(namespace.getLeastSignificantBits());
    byte[] hash = digest("SHA-1", buffer.put(name).array());
    hash[6] = (byte) ((hash[6] & 0x0f) | 0x50);
    hash[8] = (byte) ((hash[8] & 0x3f) | 0x80);
    ByteBuffer made = ByteBuffer.wrap(hash);
    return Value.text(new UUID(made.getLong(), made.getLong()).toString());
  }
}
