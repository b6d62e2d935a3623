package dev.hearth.module.files;

/** The name of the copy that {@code backup: true} leaves beside a file, as Ansible names it. */
public final class BackupCopy {

  /**
   * The shell function {@code backup_name}: a name for the copy of its argument that nothing has
   * yet. The shell of a connection writes several copies within a second, and each must stay.
   */
  public static final String FUNCTION =
      """
      backup_name() {
        set -- "$1" "$$" "$(date +%Y-%m-%d@%H:%M:%S)"
        while [ -e "$1.$2.$3~" ] || [ -L "$1.$2.$3~" ]; do
          set -- "$1" "$(($2 + 1))" "$3"
        done
        printf '%s\\n' "$1.$2.$3~"
      }
      """;

  private BackupCopy() {}
}
