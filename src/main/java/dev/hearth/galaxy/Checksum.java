package dev.hearth.galaxy;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import dev.hearth.diag.Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SHA-256 sums of files, in hexadecimal digits. */
final class Checksum {

  private static final Pattern SHA256 = Pattern.compile("(?:sha256:)?([0-9a-fA-F]{64})");

  private Checksum() {}

  /** The digits of a sum as somebody wrote it; empty when it is none. */
  static Optional<String> parse(String written) {
    return Optional.of(SHA256.matcher(written.strip()))
        .filter(Matcher::matches)
        .map(sum -> sum.group(1).toLowerCase(Locale.ROOT));
  }

  /** The sum of a file. */
  static String of(Path file) throws IOException {
    MessageDigest digest = digest();
    try (InputStream content = new DigestInputStream(Files.newInputStream(file), digest)) {
      content.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /** The finding that what came is not what was asked for. */
  static Diagnostic mismatch(Location at, String what, String wanted, String found) {
    return Diagnostic.error(at, "the checksum of " + what + " is not the one asked for")
        .exit(ExitCode.FAILED)
        .because("wanted sha256:" + wanted + "\nfound  sha256:" + found)
        .next("find out why it changed; nothing of it was installed");
  }
}
