package dev.hearth.playbook;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where entries are being read.
 *
 * @param context the file and role
 * @param inherited what the entries inherit
 * @param gathered what roles found on the way add to the play
 * @param open the files and roles whose reading is under way, the outermost first
 */
record Site(Context context, Attributes inherited, Gathered gathered, List<Path> open) {

  Site inheriting(Attributes attributes) {
    return new Site(context, attributes, gathered, open);
  }

  Site in(Context other) {
    return new Site(other, inherited, gathered, open);
  }

  Site gathering(Gathered other) {
    return new Site(context, inherited, other, open);
  }

  Site opening(Path path) {
    List<Path> longer = new ArrayList<>(open);
    longer.add(path);
    return new Site(context, inherited, gathered, longer);
  }

  boolean isOpen(Path path) {
    return open.contains(path);
  }
}
