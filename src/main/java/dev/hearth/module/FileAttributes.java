package dev.hearth.module;

import java.util.Optional;

/**
 * Who owns a file and who may use it: the parameters that all modules share that make files.
 *
 * @param owner name or number
 * @param group name or number
 * @param mode permissions
 * @param attributes flags of the file system
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
            doc = "Flags of the file system as chattr sets them; refused.",
            aliases = {"attr"})
        Optional<String> attributes,
    @Arg(doc = "User of the SELinux context; refused.") Optional<String> seuser,
    @Arg(doc = "Role of the SELinux context; refused.") Optional<String> serole,
    @Arg(doc = "Type of the SELinux context; refused.") Optional<String> setype,
    @Arg(doc = "Level of the SELinux context; refused.") Optional<String> selevel,
    @Arg(
            doc =
                "Write into the existing file when it cannot be replaced, as with a single file"
                    + " mounted into a container.",
            defaultsTo = "false")
        boolean unsafeWrites) {

  /** Refuses what cannot be set yet, rather than leave it out silently. */
  public FileAttributes {
    refuse("attributes", attributes);
    refuse("seuser", seuser);
    refuse("serole", serole);
    refuse("setype", setype);
    refuse("selevel", selevel);
  }

  private static void refuse(String name, Optional<String> given) {
    if (given.isPresent()) {
      throw new Refusal(
          "the parameter '"
              + name
              + "' is not supported; remove it and set the "
              + (name.equals("attributes") ? "flags with chattr" : "context with chcon")
              + " in a command task");
    }
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
