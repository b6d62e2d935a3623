package dev.hearth.module;

import dev.hearth.shell.Payload;

/**
 * A file of this machine that a parameter names, found on Ansible's search path and looked at by
 * the engine before the module plans. For {@code template} it is the rendered text.
 *
 * @param name as the user wrote it
 * @param path where it was found; shown in diffs
 * @param content what will be sent
 * @param sum of the content
 * @param mode permission bits of the file here, for {@code mode: preserve}
 */
public record ControllerFile(String name, String path, Payload content, Sha1 sum, int mode)
    implements Origin {

  /** The SHA-1 of the content, hex; waits until it is made. */
  public String sha1() {
    return sum.hex();
  }
}
