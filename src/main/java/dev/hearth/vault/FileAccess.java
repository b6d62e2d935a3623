package dev.hearth.vault;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Who may do what with a file that takes an older one's place. */
public enum FileAccess {
  /** The same people as before. */
  AS_BEFORE,
  /** Nobody but its owner, and the owner no more than before. */
  OWNER_ONLY;

  /** The permissions that are left of the earlier ones. */
  Set<PosixFilePermission> of(Set<PosixFilePermission> before) {
    Set<PosixFilePermission> left = EnumSet.noneOf(PosixFilePermission.class);
    left.addAll(before);
    if (this == OWNER_ONLY) {
      left.retainAll(PosixFilePermissions.fromString("rw-------"));
    }
    return left;
  }
}
