package dev.hearth.vault;

import dev.hearth.diag.Diagnostic;
import dev.hearth.diag.ExitCode;
import java.util.Locale;

/** The formats that encrypted texts are written in. */
public enum Format {
  /** Ansible's 1.1 and 1.2: what everybody can open. */
  ANSIBLE,
  /** Hearth's own: stronger, for several recipients, and stable line by line. */
  HEARTH,
  /** age's v1: whole files. */
  AGE;

  /** The word for it on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format of that word.
   *
   * @throws dev.hearth.diag.HearthException if there is none
   */
  public static Format of(String word) {
    for (Format format : values()) {
      if (format.word().equals(word)) {
        return format;
      }
    }
    throw Diagnostic.error(ExitCode.INVALID, "there is no vault format '" + word + "'")
        .because("the formats are ansible, hearth and age")
        .next("write one of them, such as --format hearth")
        .failure();
  }
}
