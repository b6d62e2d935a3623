package dev.hearth.connection;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Collects output without ever holding more than a limit. What is longer keeps its beginning and
 * its end; a line in between says how much was left out, so that nobody takes the rest for the
 * whole.
 */
final class BoundedOutput {

  /** What one stream of one script may bring, in bytes. */
  static final int LIMIT = 16 * 1024 * 1024;

  private final int half;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private byte[] ring = new byte[0];
  private long behindHead;

  BoundedOutput(int limit) {
    this.half = limit / 2;
  }

  synchronized void add(byte[] buffer, int offset, int length) {
    int first = Math.min(length, half - head.size());
    head.write(buffer, offset, first);
    if (first < length) {
      addToRing(buffer, offset + first, length - first);
    }
  }

  private void addToRing(byte[] buffer, int offset, int length) {
    if (ring.length == 0) {
      ring = new byte[half];
    }
    int skipped = Math.max(0, length - half);
    int from = offset + skipped;
    int left = length - skipped;
    long position = behindHead + skipped;
    while (left > 0) {
      int at = (int) (position % half);
      int part = Math.min(left, half - at);
      System.arraycopy(buffer, from, ring, at, part);
      from += part;
      left -= part;
      position += part;
    }
    behindHead = position;
  }

  /** Everything, or the beginning and the end with a line about what is missing. */
  synchronized byte[] bytes() {
    if (behindHead == 0) {
      return head.toByteArray();
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream(2 * half + 64);
    all.writeBytes(head.toByteArray());
    int at = (int) (behindHead % half);
    if (behindHead <= half) {
      all.write(ring, 0, (int) behindHead);
    } else {
      String gap = "\n[... " + (behindHead - half) + " bytes left out ...]\n";
      all.writeBytes(gap.getBytes(StandardCharsets.US_ASCII));
      all.write(ring, at, half - at);
      all.write(ring, 0, at);
    }
    return all.toByteArray();
  }

  /** The same as text, undecodable bytes replaced. */
  String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }
}
