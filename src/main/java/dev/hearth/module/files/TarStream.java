package dev.hearth.module.files;

import dev.hearth.shell.Payload;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Builds a tar archive as a payload whose files are read only when it is sent. */
final class TarStream {

  private static final int BLOCK = 512;

  private final List<Payload> parts = new ArrayList<>();
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

  /** Adds a directory. */
  void directory(String path, int mode, long uid, long gid) {
    header(path + "/", '5', mode, uid, gid, 0);
  }

  /** Adds a file. */
  void file(String path, int mode, long uid, long gid, Payload content) {
    long size = content.length();
    header(path, '0', mode, uid, gid, size);
    parts.add(new Payload.Binary(pending.toByteArray()));
    pending.reset();
    parts.add(content);
    pending.writeBytes(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
  }

  /** The whole archive. */
  Payload end() {
    pending.writeBytes(new byte[2 * BLOCK]);
    parts.add(new Payload.Binary(pending.toByteArray()));
    return new Payload.Joined(parts);
  }

  /** A long name goes ahead as an entry of its own, as GNU tar does and busybox understands. */
  private void header(String path, char type, int mode, long uid, long gid, long size) {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    if (name.length > 100) {
      byte[] ended = Arrays.copyOf(name, name.length + 1);
      block("././@LongLink".getBytes(StandardCharsets.US_ASCII), 'L', 0, 0, 0, ended.length);
      pending.writeBytes(ended);
      pending.writeBytes(new byte[(BLOCK - ended.length % BLOCK) % BLOCK]);
      name = Arrays.copyOf(name, 100);
    }
    block(name, type, mode, uid, gid, size);
  }

  private void block(byte[] name, char type, int mode, long uid, long gid, long size) {
    byte[] block = new byte[BLOCK];
    System.arraycopy(name, 0, block, 0, name.length);
    number(block, 100, 8, mode);
    number(block, 108, 8, uid);
    number(block, 116, 8, gid);
    number(block, 124, 12, size);
    number(block, 136, 12, 0);
    block[156] = (byte) type;
    put(block, 257, "ustar  ");
    Arrays.fill(block, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : block) {
      sum += b & 0xff;
    }
    put(block, 148, String.format(Locale.ROOT, "%06o", sum));
    block[154] = 0;
    pending.writeBytes(block);
  }

  /** Octal digits; a number too large for them is written in binary, as GNU tar does. */
  private static void number(byte[] block, int at, int length, long value) {
    String digits = Long.toOctalString(value);
    if (digits.length() < length) {
      put(block, at, "0".repeat(length - 1 - digits.length()) + digits);
      return;
    }
    for (int i = length - 1; i > 0; i--) {
      block[at + i] = (byte) value;
      value >>= 8;
    }
    block[at] = (byte) 0x80;
  }

  private static void put(byte[] block, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }
}
