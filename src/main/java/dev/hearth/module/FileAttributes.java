package dev.hearth.module;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who owns a file and who may use it: the parameters that all modules share that make files.
 *
 * @param owner name or number
 * @param group name or number
 * @param mode permissions
 * @param attributes flags of the file system, as {@code chattr} takes them
 * @param seuser SELinux user
 * @param serole SELinux role
 * @param setype SELinux type
 * @param selevel SELinux level
 * @param unsafeWrites whether to write into the existing file where it cannot be replaced
 */
public record FileAttributes(
    @Arg(doc = "Name or number of the user that shall own it.") Optional<String> owner,
    @Arg(doc = "Name or number of the group that shall own it.") Optional<String> group,
    @Arg(doc = "Its permissions: octal digits in quotes such as '0644', or symbolic, u=rw,g=r.")
        Optional<FileMode> mode,
    @Arg(
            doc =
                "Flags of the file system: letters of chattr behind +, - or =; without a sign no"
                    + " others stay.",
            aliases = {"attr"})
        Optional<String> attributes,
    @Arg(
            doc =
                "User of the SELinux context, _default for the policy's; without effect on a host"
                    + " without SELinux.")
        Optional<String> seuser,
    @Arg(
            doc =
                "Role of the SELinux context, _default for the policy's; without effect on a host"
                    + " without SELinux.")
        Optional<String> serole,
    @Arg(
            doc =
                "Type of the SELinux context, _default for the policy's; without effect on a host"
                    + " without SELinux.")
        Optional<String> setype,
    @Arg(
            doc =
                "Level of the SELinux context, _default for the policy's; without effect on a host"
                    + " without SELinux.")
        Optional<String> selevel,
    @Arg(
            doc =
                "Write into the existing file when it cannot be replaced, as with a single file"
                    + " mounted into a container.",
            defaultsTo = "false")
        boolean unsafeWrites) {

  private static final Pattern FLAGS = Pattern.compile("[-+=]?[A-Za-z]*");

  /** Refuses flags that {@code chattr} would not understand. */
  public FileAttributes {
    if (attributes.isPresent() && !FLAGS.matcher(attributes.get()).matches()) {
      throw new Refusal(
          "attributes: '"
              + attributes.get()
              + "' is not a list of flags; write the letters that chattr knows behind +, - or =");
    }
  }

  /** Whether flags or a part of the SELinux context are wished for. */
  public boolean marked() {
    return attributes.isPresent() || labelled();
  }

  /** Whether a part of the SELinux context is wished for. */
  public boolean labelled() {
    return seuser.isPresent() || serole.isPresent() || setype.isPresent() || selevel.isPresent();
  }

  /** No wishes but perhaps a mode. */
  public static FileAttributes of(Optional<FileMode> mode) {
    Optional<String> none = Optional.empty();
    return new FileAttributes(none, none, mode, none, none, none, none, none, false);
  }

  /** The same with another mode. */
  public FileAttributes withMode(Optional<FileMode> other) {
    return new FileAttributes(
        owner, group, other, attributes, seuser, serole, setype, selevel, unsafeWrites);
  }
}
