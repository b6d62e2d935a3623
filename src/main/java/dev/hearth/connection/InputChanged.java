package dev.hearth.connection;

import java.io.IOException;
import java.nio.file.Path;

/** A file of this machine that was to be sent cannot be read as it was when it was looked at. */
final class InputChanged extends IOException {

  private static final long serialVersionUID = 1L;

  private final String file;

  InputChanged(Path file, String what) {
    super(what);
    this.file = file.toString();
  }

  String file() {
    return file;
  }
}
