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

  /**
   * Who owns an entry, who may use it and how old it is.
   *
   * @param mode permission bits
   * @param uid number of the owner
   * @param gid number of the group
   * @param mtime seconds since 1970
   */
  record Properties(int mode, long uid, long gid, long mtime) {}

  /** Adds a directory that is as old as time. */
  void directory(String path, int mode, long uid, long gid) {
    directory(path, new Properties(mode, uid, gid, 0));
  }

  /** Adds a directory. */
  void directory(String path, Properties properties) {
    header(path + "/", '5', properties, 0, "");
  }

  /** Adds a symbolic link. */
  void link(String path, String target, Properties properties) {
    header(path, '2', properties, 0, target);
  }

  /** Adds a file that is as old as time. */
  void file(String path, int mode, long uid, long gid, Payload content) {
    file(path, new Properties(mode, uid, gid, 0), content);
  }

  /** Adds a file. */
  void file(String path, Properties properties, Payload content) {
    long size = content.length();
    header(path, '0', properties, size, "");
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
  private void header(String path, char type, Properties properties, long size, String target) {
    byte[] name = fitting(path, 'L');
    byte[] link = fitting(target, 'K');
    block(name, type, properties, size, link);
  }

  private byte[] fitting(String text, char type) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= 100) {
      return bytes;
    }
    byte[] ended = Arrays.copyOf(bytes, bytes.length + 1);
    block(
        "././@LongLink".getBytes(StandardCharsets.US_ASCII),
        type,
        new Properties(0, 0, 0, 0),
        ended.length,
        new byte[0]);
    pending.writeBytes(ended);
    pending.writeBytes(new byte[(BLOCK - ended.length % BLOCK) % BLOCK]);
    return Arrays.copyOf(bytes, 100);
  }

  private void block(byte[] name, char type, Properties properties, long size, byte[] link) {
    byte[] block = new byte[BLOCK];
    System.arraycopy(name, 0, block, 0, name.length);
    number(block, 100, 8, properties.mode());
    number(block, 108, 8, properties.uid());
    number(block, 116, 8, properties.gid());
    number(block, 124, 12, size);
    number(block, 136, 12, properties.mtime());
    block[156] = (byte) type;
    System.arraycopy(link, 0, block, 157, link.length);
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
