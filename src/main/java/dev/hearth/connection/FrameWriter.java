package dev.hearth.connection;

import dev.hearth.shell.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** Writes frames as {@link WorkerProgram} reads them. */
final class FrameWriter {

  private static final int CHUNK = 128 * 1024;

  private final OutputStream out;

  FrameWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * What goes into a frame.
   *
   * @param frame its answer
   * @param text the script, ready for the shell
   * @param input what it reads
   */
  record Outgoing(Frame frame, String text, Payload input) {}

  /**
   * Writes one frame without flushing.
   *
   * @throws InputChanged when the file to send is not as it was; part of it may have been sent
   * @throws IOException when the channel is broken
   */
  void write(Outgoing outgoing) throws IOException {
    switch (outgoing.input()) {
      case Payload.Nothing nothing -> head(outgoing, "-");
      case Payload.Dialogue dialogue -> head(outgoing, "+");
      case Payload.Inline inline ->
          withBytes(outgoing, inline.text().reveal().getBytes(StandardCharsets.UTF_8));
      case Payload.Binary binary -> withBytes(outgoing, binary.bytes());
      case Payload.LocalFile local -> {
        try (InputStream in = open(local)) {
          head(outgoing, Long.toString(local.size()));
          stream(local, in);
          whole(outgoing.frame());
        }
      }
      case Payload.Joined joined -> {
        head(outgoing, Long.toString(joined.length()));
        body(joined);
        whole(outgoing.frame());
      }
    }
  }

  /**
   * The script may not take the end of a broken connection for the end of its input, and the shell
   * not the rest of an input for a frame.
   */
  private void whole(Frame frame) throws IOException {
    out.write((frame.nonce() + "\n" + frame.nonce() + ".\n").getBytes(StandardCharsets.UTF_8));
  }

  private void body(Payload payload) throws IOException {
    switch (payload) {
      case Payload.Nothing nothing -> {}
      case Payload.Dialogue dialogue ->
          throw new IllegalArgumentException("answers are no part of another input");
      case Payload.Inline inline ->
          out.write(inline.text().reveal().getBytes(StandardCharsets.UTF_8));
      case Payload.Binary binary -> out.write(binary.bytes());
      case Payload.LocalFile local -> {
        try (InputStream in = open(local)) {
          stream(local, in);
        }
      }
      case Payload.Joined joined -> {
        for (Payload part : joined.parts()) {
          body(part);
        }
      }
    }
  }

  private void head(Outgoing outgoing, String length) throws IOException {
    String nonce = outgoing.frame().nonce();
    out.write(
        (nonce + " " + length + "\n" + outgoing.text() + "\n" + nonce + "\n")
            .getBytes(StandardCharsets.UTF_8));
  }

  private void withBytes(Outgoing outgoing, byte[] input) throws IOException {
    head(outgoing, Integer.toString(input.length));
    out.write(input);
    whole(outgoing.frame());
  }

  /**
   * The last piece is held back until the file has proved to be as long as announced: a script that
   * has seen the end of its input may already have put it in place.
   */
  private void stream(Payload.LocalFile local, InputStream in) throws IOException {
    byte[] chunk = new byte[CHUNK];
    long left = local.size();
    while (left > 0) {
      int size = read(local, in, chunk, (int) Math.min(CHUNK, left));
      left -= size;
      out.write(chunk, 0, size);
    }
  }

  private static int read(Payload.LocalFile local, InputStream in, byte[] chunk, int wanted)
      throws InputChanged {
    try {
      int size = in.readNBytes(chunk, 0, wanted);
      long now = Files.size(local.file());
      if (size < wanted || now != local.size()) {
        throw new InputChanged(
            local.file(),
            "it had " + local.size() + " bytes when the run looked at it, now it has " + now);
      }
      return size;
    } catch (InputChanged changed) {
      throw changed;
    } catch (IOException failure) {
      throw new InputChanged(local.file(), "reading it failed: " + failure.getMessage());
    }
  }

  private static InputStream open(Payload.LocalFile local) throws InputChanged {
    try {
      return Files.newInputStream(local.file());
    } catch (IOException failure) {
      throw new InputChanged(local.file(), "it cannot be opened any more: " + failure.getMessage());
    }
  }

  void flush() throws IOException {
    out.flush();
  }
}
