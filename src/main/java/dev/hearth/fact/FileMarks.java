package dev.hearth.fact;

/** What a file has besides owner, group and mode: its ACL, extended attributes, SELinux context. */
public final class FileMarks {

  /**
   * A shell function {@code marks OLD NEW all|some|new} that gives a new file what the old one has;
   * {@code some} leaves the ACL out, {@code new} is for a path without an old file and sets the
   * SELinux context that the policy has for it. It also sets the old mode with {@code all}, so
   * owner and mode are set after it. Where {@code cp} is busybox's, {@code setfacl} keeps the ACL
   * if it is there.
   */
  public static final String FUNCTION =
      """
      marks() {
        case $3 in
          all)
            cp --attributes-only --preserve=all --no-preserve=ownership,timestamps -- "$1" "$2" 2>/dev/null && return
            if command -v setfacl >/dev/null 2>&1; then
              getfacl -p -- "$1" 2>/dev/null | grep -v '^#' | setfacl --set-file=- -- "$2" 2>/dev/null
            fi
            ;;
          new)
            if [ -e /sys/fs/selinux/enforce ] && usual_context=$(matchpathcon -n "$1" 2>/dev/null); then
              chcon -- "$usual_context" "$2" 2>/dev/null
            fi
            ;;
          some) cp --attributes-only --preserve=all --no-preserve=mode,ownership,timestamps -- "$1" "$2" 2>/dev/null ;;
        esac
        :
      }
      """;

  private FileMarks() {}
}
