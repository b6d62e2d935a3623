package dev.hearth.run;

import dev.hearth.shell.Payload;
import dev.hearth.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** The content of a local file for a diff: its text when it is a small text, a remark otherwise. */
final class LocalText {

  /** Larger files are not shown, as Ansible's {@code MAX_FILE_SIZE_FOR_DIFF}. */
  private static final long MOST = 104_448;

  private LocalText() {}

  static Value.Textual of(Payload.LocalFile file) {
    if (file.size() > MOST) {
      return Value.text("(diff skipped: the file is larger than " + MOST + " bytes)\n");
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file.file()));
      return Value.text(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException binary) {
      return Value.text("(diff skipped: the file is not text)\n");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
