package dev.hearth.vault.age;

import dev.hearth.diag.HearthException;
import dev.hearth.diag.Location;
import dev.hearth.vault.key.CanonicalBase64;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the header of an age file (age-encryption.org/v1), and nothing that is not exactly one. */
final class HeaderReader {

  private static final int MAC_BYTES = 32;
  private static final int NONCE_BYTES = 16;
  private static final int MOST_STANZAS = 1024;
  private static final String END = "---";

  private final byte[] file;
  private final Location at;
  private int next;

  HeaderReader(byte[] file, Location at) {
    this.file = file;
    this.at = at;
  }

  AgeFile read(boolean armoured) {
    String version = line();
    if (!version.equals(AgeFile.VERSION)) {
      throw wrong(
          version.startsWith(AgeFile.FAMILY)
              ? "its version is '" + version + "'; " + AgeFile.VERSION + " is known"
              : "its first line has to be " + AgeFile.VERSION);
    }
    List<Stanza> stanzas = new ArrayList<>();
    String line = line();
    while (!line.startsWith(END)) {
      stanzas.add(stanza(line));
      line = line();
    }
    int authenticated = next - line.length() - 1 + END.length();
    if (stanzas.isEmpty() || stanzas.size() > MOST_STANZAS) {
      throw wrong("it has " + stanzas.size() + " recipients; 1 to " + MOST_STANZAS + " can be");
    }
    if (!line.startsWith(END + " ")) {
      throw wrong("its last line has no check sum");
    }
    byte[] mac = bytes(line.substring(END.length() + 1), MAC_BYTES, "its check sum");
    if (file.length - next < NONCE_BYTES) {
      throw wrong("the file ends after it");
    }
    new StanzaCheck(at).check(stanzas);
    return new AgeFile(
        armoured,
        List.copyOf(stanzas),
        Arrays.copyOf(file, authenticated),
        mac,
        Arrays.copyOfRange(file, next, next + NONCE_BYTES),
        Arrays.copyOfRange(file, next + NONCE_BYTES, file.length),
        at);
  }

  private Stanza stanza(String first) {
    if (!first.startsWith("-> ")) {
      throw wrong("a recipient starts with '-> '");
    }
    List<String> arguments = List.of(first.substring(3).split(" ", -1));
    for (String argument : arguments) {
      if (argument.isEmpty() || !argument.chars().allMatch(c -> c > ' ' && c <= '~')) {
        throw wrong("the line of a recipient has words of visible ASCII, with one blank between");
      }
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    String line;
    do {
      line = line();
      if (line.length() > Stanza.COLUMNS) {
        throw wrong("a line of a recipient is longer than " + Stanza.COLUMNS + " characters");
      }
      body.writeBytes(
          CanonicalBase64.decode(line)
              .orElseThrow(() -> wrong("the key of a recipient is not canonical base64")));
    } while (line.length() == Stanza.COLUMNS);
    return new Stanza(arguments, body.toByteArray());
  }

  private byte[] bytes(String base64, int length, String what) {
    return CanonicalBase64.decode(base64, length)
        .orElseThrow(() -> wrong(what + " is not canonical base64 of " + length + " bytes"));
  }

  private String line() {
    int end = next;
    while (end < file.length && file[end] != '\n') {
      end++;
    }
    if (end == file.length) {
      throw wrong("it is cut off");
    }
    String line = new String(file, next, end - next, StandardCharsets.ISO_8859_1);
    next = end + 1;
    return line;
  }

  private HearthException wrong(String why) {
    return Damage.HEADER.at(at, why);
  }
}
