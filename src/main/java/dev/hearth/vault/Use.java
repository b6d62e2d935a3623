package dev.hearth.vault;

/** Where an encrypted text stands. */
enum Use {
  /** It is a file. */
  FILE,
  /** It is a value inside of a plain file. */
  VALUE
}
