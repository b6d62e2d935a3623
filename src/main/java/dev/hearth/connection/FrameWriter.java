package dev.hearth.connection;

import dev.hearth.shell.Payload;
import dev.hearth.shell.Renderer;
import dev.hearth.shell.Script;
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
   * Writes one frame without flushing.
   *
   * @throws InputChanged when the file to send is not as it was; part of it may have been sent
   * @throws IOException when the channel is broken
   */
  void write(Frame frame, Script script) throws IOException {
    switch (script.input()) {
      case Payload.Nothing nothing -> head(frame, script, "-");
      case Payload.Dialogue dialogue -> head(frame, script, "+");
      case Payload.Inline inline ->
          withBytes(frame, script, inline.text().reveal().getBytes(StandardCharsets.UTF_8));
      case Payload.Binary binary -> withBytes(frame, script, binary.bytes());
      case Payload.LocalFile local -> {
        try (InputStream in = open(local)) {
          head(frame, script, Long.toString(local.size()));
          stream(local, in);
          whole(frame);
        }
      }
      case Payload.Joined joined -> {
        head(frame, script, Long.toString(joined.length()));
        body(joined);
        whole(frame);
      }
    }
  }

  /** The script may not take the end of a broken connection for the end of its input. */
  private void whole(Frame frame) throws IOException {
    out.write((frame.nonce() + "\n").getBytes(StandardCharsets.UTF_8));
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

  private void head(Frame frame, Script script, String length) throws IOException {
    String lines = Renderer.forWire(script);
    out.write(
        (frame.nonce() + " " + length + "\n" + lines + "\n" + frame.nonce() + "\n")
            .getBytes(StandardCharsets.UTF_8));
  }

  private void withBytes(Frame frame, Script script, byte[] input) throws IOException {
    head(frame, script, Integer.toString(input.length));
    out.write(input);
    whole(frame);
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
