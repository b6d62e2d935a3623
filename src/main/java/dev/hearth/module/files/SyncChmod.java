package dev.hearth.module.files;

import dev.hearth.module.ControllerListing;
import dev.hearth.module.FileMode;
import dev.hearth.module.Refusal;
import java.util.ArrayList;
import java.util.List;

/**
 * Rsync's {@code --chmod}: changes of permissions on the way, such as {@code D755,F644} or {@code
 * go-w}.
 *
 * @param parts in their order
 */
record SyncChmod(List<Part> parts) {

  static final SyncChmod NONE = new SyncChmod(List.of());

  /**
   * One change.
   *
   * @param directories whether it is for directories
   * @param files whether it is for files
   * @param mode the change
   */
  record Part(boolean directories, boolean files, FileMode mode) {}

  /** These changes behind the others. */
  SyncChmod with(String text) {
    List<Part> all = new ArrayList<>(parts);
    for (String word : text.split(",", -1)) {
      boolean directories = word.startsWith("D");
      boolean files = word.startsWith("F");
      String mode = directories || files ? word.substring(1) : word;
      if (!FileMode.understands(mode) || mode.equals("preserve")) {
        throw new Refusal("rsync_opts: --chmod does not understand '" + word + "'");
      }
      all.add(new Part(!files, !directories, new FileMode(mode)));
    }
    return new SyncChmod(all);
  }

  /** The entry with these permissions; a link has none of its own. */
  ControllerListing.Entry of(ControllerListing.Entry entry) {
    boolean directory = entry.kind() == ControllerListing.Kind.DIRECTORY;
    int mode = entry.mode();
    for (Part part : parts) {
      if (directory ? part.directories() : part.files()) {
        mode = part.mode().applyTo(mode, directory);
      }
    }
    return mode == entry.mode() || entry.kind() == ControllerListing.Kind.LINK
        ? entry
        : new ControllerListing.Entry(
            entry.path(),
            entry.kind(),
            mode,
            entry.owner(),
            entry.group(),
            entry.mtime(),
            entry.target(),
            entry.content(),
            entry.sum());
  }
}
