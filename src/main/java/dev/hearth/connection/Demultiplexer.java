package dev.hearth.connection;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one stream of a worker into the answers of its frames. Bytes arrive in pieces of any size; a
 * marker may be spread over several of them.
 */
final class Demultiplexer {

  private enum Phase {
    BEFORE,
    CONTENT,
    STATUS
  }

  private final Function<Frame, Frame.Part> side;
  private final Queue<Frame> waiting = new ArrayDeque<>();
  private @Nullable Frame current;
  private Phase phase = Phase.BEFORE;
  private byte[] marker = new byte[0];
  private byte[] held = new byte[0];

  /**
   * For one of the two streams.
   *
   * @param side picks this stream's part of a frame
   */
  Demultiplexer(Function<Frame, Frame.Part> side) {
    this.side = side;
  }

  /** Announces a frame; its answer comes after those announced before. */
  synchronized void expect(Frame frame) {
    waiting.add(frame);
  }

  /**
   * Takes the next bytes of the stream.
   *
   * @throws NumberFormatException when a mark is followed by something else than a status
   */
  synchronized void feed(byte[] buffer, int offset, int length) {
    byte[] data = buffer;
    int from = offset;
    int to = offset + length;
    if (held.length > 0) {
      data = Arrays.copyOf(held, held.length + length);
      System.arraycopy(buffer, offset, data, held.length, length);
      from = 0;
      to = data.length;
      held = new byte[0];
    }
    while (from < to && hasCurrent()) {
      int next = step(data, from, to);
      if (next < 0) {
        return;
      }
      from = next;
    }
    // With no frame announced these are words of a process that a former script left running.
  }

  private boolean hasCurrent() {
    if (current == null) {
      current = waiting.poll();
      phase = Phase.BEFORE;
      if (current != null) {
        marker = bytes(current.nonce() + "\n");
      }
    }
    return current != null;
  }

  /** Goes on to the next phase and returns where, or holds what is left back and returns -1. */
  private int step(byte[] data, int from, int to) {
    Frame frame = Objects.requireNonNull(current);
    Frame.Part part = side.apply(frame);
    if (phase == Phase.STATUS) {
      return status(frame, part, data, from, to);
    }
    int found = find(data, from, to);
    if (found < 0) {
      int keep = partialMarker(data, from, to);
      take(part, data, from, to - keep - from);
      held = Arrays.copyOfRange(data, to - keep, to);
      return -1;
    }
    take(part, data, from, found - from);
    if (phase == Phase.BEFORE) {
      part.start();
      phase = Phase.CONTENT;
      marker = bytes(frame.nonce() + " ");
      return found + frame.nonce().length() + 1;
    }
    phase = Phase.STATUS;
    return found + marker.length;
  }

  private void take(Frame.Part part, byte[] data, int from, int length) {
    if (phase == Phase.BEFORE) {
      part.before().add(data, from, length);
    } else {
      part.write(data, from, length);
    }
  }

  private int status(Frame frame, Frame.Part part, byte[] data, int from, int to) {
    for (int end = from; end < to; end++) {
      if (data[end] == '\n') {
        int code = Integer.parseInt(new String(data, from, end - from, StandardCharsets.US_ASCII));
        current = null;
        frame.finish(part, code);
        return end + 1;
      }
    }
    held = Arrays.copyOfRange(data, from, to);
    return -1;
  }

  /** Horspool's search: the marker is 33 bytes, so most of the stream is never looked at. */
  private int find(byte[] data, int from, int to) {
    int last = marker.length - 1;
    int at = from;
    while (at + last < to) {
      byte end = data[at + last];
      if (end == marker[last] && Arrays.equals(data, at, at + last, marker, 0, last)) {
        return at;
      }
      at += shift(end);
    }
    return -1;
  }

  private int shift(byte end) {
    int last = marker.length - 1;
    for (int distance = 1; distance <= last; distance++) {
      if (marker[last - distance] == end) {
        return distance;
      }
    }
    return marker.length;
  }

  /** How many bytes at the end could be the beginning of the marker. */
  private int partialMarker(byte[] data, int from, int to) {
    for (int size = Math.min(marker.length - 1, to - from); size > 0; size--) {
      if (Arrays.equals(data, to - size, to, marker, 0, size)) {
        return size;
      }
    }
    return 0;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
