package dev.hearth.module;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The files in a directory, those in directories below it left out. */
public sealed interface Contents {

  /** A directory of the host, which the module reads itself. */
  record OnHost(String path) implements Contents {}

  /**
   * A directory of this machine, which the engine has read.
   *
   * @param path where it was found
   * @param files their contents by their names, in the order of names, one character per byte
   * @param secret whether one of them was encrypted
   */
  record Here(String path, Map<String, String> files, boolean secret) implements Contents {

    /** Keeps its own copy. */
    public Here {
      files = Collections.unmodifiableMap(new TreeMap<>(files));
    }
  }
}
