package dev.hearth.galaxy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a tar archive: POSIX ustar, pax and GNU long names. Sizes and sums are checked; what the
 * names mean is for {@link Archive} to judge.
 */
final class TarReader {

  private static final int BLOCK = 512;
  private static final int LONGEST_HEADER = 1024 * 1024;

  /** What an entry is. */
  enum Kind {
    FILE,
    DIRECTORY,
    SYMBOLIC_LINK,
    HARD_LINK,
    OTHER
  }

  /**
   * An entry.
   *
   * @param name as the archive has it
   * @param kind what it is
   * @param link where a link leads; empty for others
   * @param size how many bytes follow
   * @param executable whether somebody may run it
   */
  record Entry(String name, Kind kind, String link, long size, boolean executable) {}

  private final InputStream in;
  private final Map<String, String> global = new HashMap<>();
  private long unread;
  private long padding;

  TarReader(InputStream in) {
    this.in = in;
  }

  /**
   * The next entry; empty at the end.
   *
   * @throws IOException if the stream ends too early or is no tar archive
   */
  Optional<Entry> next() throws IOException {
    Map<String, String> own = new HashMap<>();
    while (true) {
      skip(unread + padding);
      unread = 0;
      padding = 0;
      byte[] header = in.readNBytes(BLOCK);
      if (header.length == 0 || isZero(header)) {
        return Optional.empty();
      }
      if (header.length < BLOCK) {
        throw new EOFException("the archive ends in the middle of a header");
      }
      checkSum(header);
      begin(number(header, 124, 12));
      switch (header[156]) {
        case 'x' -> pax(own);
        case 'g' -> pax(global);
        case 'L' -> own.put("path", text());
        case 'K' -> own.put("linkpath", text());
        default -> {
          return Optional.of(entry(header, own));
        }
      }
    }
  }

  /** The bytes of the entry that was read last. */
  InputStream content() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        if (unread == 0) {
          return -1;
        }
        int count = in.read(into, offset, (int) Math.min(length, unread));
        if (count < 0) {
          throw new EOFException("the archive ends in the middle of a file");
        }
        unread -= count;
        return count;
      }
    };
  }

  private Entry entry(byte[] header, Map<String, String> own) throws IOException {
    Map<String, String> extended = new HashMap<>(global);
    extended.putAll(own);
    String prefix = isUstar(header) ? field(header, 345, 155) : "";
    String name = field(header, 0, 100);
    String whole = extended.getOrDefault("path", prefix.isEmpty() ? name : prefix + "/" + name);
    Kind kind =
        switch (header[156]) {
          case 0, '0', '7' -> whole.endsWith("/") ? Kind.DIRECTORY : Kind.FILE;
          case '1' -> Kind.HARD_LINK;
          case '2' -> Kind.SYMBOLIC_LINK;
          case '5' -> Kind.DIRECTORY;
          default -> Kind.OTHER;
        };
    if (extended.containsKey("size")) {
      begin(decimal(extended.getOrDefault("size", "")));
    }
    if (kind != Kind.FILE && kind != Kind.OTHER) {
      // A link or directory has no content, whatever its header says.
      begin(0);
    }
    String link = extended.getOrDefault("linkpath", field(header, 157, 100));
    return new Entry(whole, kind, link, unread, (number(header, 100, 8) & 0111) != 0);
  }

  private void begin(long size) throws IOException {
    if (size < 0) {
      throw new IOException("an entry has a negative size");
    }
    unread = size;
    padding = (BLOCK - size % BLOCK) % BLOCK;
  }

  /** Records of the form {@code LENGTH KEY=VALUE\n}. */
  private void pax(Map<String, String> into) throws IOException {
    byte[] bytes = small();
    int position = 0;
    while (position < bytes.length && bytes[position] != 0) {
      int blank = position;
      while (blank < bytes.length && bytes[blank] != ' ') {
        blank++;
      }
      long length =
          decimal(new String(bytes, position, blank - position, StandardCharsets.US_ASCII));
      if (length < blank - position + 3 || position + length > bytes.length) {
        throw new IOException("a pax header is damaged");
      }
      String record =
          new String(
              bytes, blank + 1, (int) (position + length) - blank - 2, StandardCharsets.UTF_8);
      int equals = record.indexOf('=');
      if (equals <= 0) {
        throw new IOException("a pax header is damaged");
      }
      into.put(record.substring(0, equals), record.substring(equals + 1));
      position += (int) length;
    }
  }

  private String text() throws IOException {
    return field(small(), 0, LONGEST_HEADER);
  }

  private byte[] small() throws IOException {
    if (unread > LONGEST_HEADER) {
      throw new IOException("a header is longer than " + LONGEST_HEADER + " bytes");
    }
    byte[] bytes = in.readNBytes((int) unread);
    if (bytes.length < unread) {
      throw new EOFException("the archive ends in the middle of a header");
    }
    unread = 0;
    return bytes;
  }

  private void skip(long count) throws IOException {
    long left = count;
    while (left > 0) {
      long skipped = in.skip(left);
      if (skipped <= 0) {
        if (in.read() < 0) {
          throw new EOFException("the archive ends in the middle of a file");
        }
        skipped = 1;
      }
      left -= skipped;
    }
  }

  private static void checkSum(byte[] header) throws IOException {
    long sum = 0;
    for (int at = 0; at < BLOCK; at++) {
      sum += at >= 148 && at < 156 ? ' ' : header[at] & 0xFF;
    }
    if (sum != number(header, 148, 8)) {
      throw new IOException("it is no tar archive, or damaged");
    }
  }

  private static boolean isZero(byte[] block) {
    for (byte each : block) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUstar(byte[] header) {
    // GNU's own format has other things where ustar has the prefix.
    return Arrays.equals(header, 257, 263, new byte[] {'u', 's', 't', 'a', 'r', 0}, 0, 6);
  }

  private static String field(byte[] bytes, int from, int length) {
    int end = from;
    while (end < Math.min(bytes.length, from + length) && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, from, end - from, StandardCharsets.UTF_8);
  }

  /** Octal digits, or GNU's binary form for large numbers. */
  private static long number(byte[] header, int from, int length) throws IOException {
    if ((header[from] & 0x80) != 0) {
      long value = header[from] & 0x7F;
      for (int at = from + 1; at < from + length; at++) {
        if (value > Long.MAX_VALUE >> 8) {
          throw new IOException("a number in a header is too large");
        }
        value = value << 8 | header[at] & 0xFF;
      }
      return value;
    }
    String digits = field(header, from, length).strip();
    try {
      return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    } catch (NumberFormatException wrong) {
      throw new IOException("it is no tar archive, or damaged", wrong);
    }
  }

  private static long decimal(String digits) throws IOException {
    try {
      return Long.parseLong(digits.strip());
    } catch (NumberFormatException wrong) {
      throw new IOException("a pax header is damaged", wrong);
    }
  }
}
