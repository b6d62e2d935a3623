package dev.hearth.module.files;

import dev.hearth.module.ControllerListing;
import dev.hearth.module.FileMode;
import dev.hearth.module.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the host of a {@code synchronize} task has otherwise than this machine. */
final class SyncDifference {

  private final SyncPlan plan;
  private final Map<String, ControllerListing.Entry> wanted;
  private final SyncContents.Listing host;

  /** What has to be sent. */
  final TarStream archive = new TarStream();

  /** The paths in it. */
  final List<String> sent = new ArrayList<>();

  /** What has to be removed. */
  final List<String> removed = new ArrayList<>();

  /** Lines of modes, owners, times and paths that have to be set. */
  final List<String> set = new ArrayList<>();

  /** What changes, a line each, as rsync tells it. */
  final List<String> told = new ArrayList<>();

  /**
   * Looks.
   *
   * @param wanted what the host shall have, by path
   * @param host what it has
   */
  SyncDifference(
      SyncPlan plan, Map<String, ControllerListing.Entry> wanted, SyncContents.Listing host) {
    this.plan = plan;
    this.wanted = wanted;
    this.host = host;
    wanted.forEach(
        (path, entry) -> {
          Optional<SyncContents.Entry> now = at(path);
          if (now.isPresent() || !plan.want().existingOnly()) {
            look(path, entry, now);
          }
        });
    if (plan.want().delete() && plan.single().isEmpty()) {
      surplus();
    }
  }

  /** Whether there is nothing to do. */
  boolean nothing() {
    return sent.isEmpty() && removed.isEmpty() && set.isEmpty();
  }

  static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  Optional<SyncContents.Entry> at(String path) {
    return host.at(plan.single().isEmpty() ? path : "");
  }

  private void look(
      String path, ControllerListing.Entry entry, Optional<SyncContents.Entry> there) {
    Optional<SyncContents.Entry> now = there.filter(other -> sameKind(entry, other));
    if (there.isPresent() && now.isEmpty()) {
      conflict(path, there.get());
    }
    if (now.isPresent() && stays(entry, now.get())) {
      return;
    }
    if (now.isPresent() && same(path, entry, now.get())) {
      properties(path, entry, now.get());
      return;
    }
    TarStream.Properties properties =
        new TarStream.Properties(
            plan.options().perms()
                ? entry.mode()
                : now.map(SyncContents.Entry::mode).orElse(entry.mode() & ~host.umask()),
            uid(entry),
            gid(entry),
            entry.mtime());
    switch (entry.kind()) {
      case DIRECTORY -> {
        if (path.isEmpty()) {
          set.add(line(properties.mode(), properties.uid(), properties.gid(), ".", entry));
        } else {
          archive.directory(path, properties);
        }
        told.add("cd+++++++++ " + shown(path) + "/");
      }
      case LINK -> {
        archive.link(path, entry.target(), properties);
        told.add("cL+++++++++ " + shown(path) + " -> " + entry.target());
      }
      case FILE -> {
        archive.file(path, properties, entry.content());
        told.add(
            now.map(
                        old ->
                            "<f"
                                + (plan.options().checksum() ? "c" : ".")
                                + (old.size() == entry.content().length() ? "." : "s")
                                + (old.mtime() == entry.mtime() ? "." : "t")
                                + "...... ")
                    .orElse("<f+++++++++ ")
                + shown(path));
      }
    }
    sent.add(path);
  }

  private boolean stays(ControllerListing.Entry entry, SyncContents.Entry now) {
    return entry.kind() == ControllerListing.Kind.FILE
        && (plan.options().ignoreExisting()
            || plan.options().olderOnly() && now.mtime() > entry.mtime());
  }

  private static boolean sameKind(ControllerListing.Entry entry, SyncContents.Entry other) {
    return switch (entry.kind()) {
      case DIRECTORY -> other.directory();
      case FILE -> other.file();
      case LINK -> !other.directory() && !other.file();
    };
  }

  private boolean same(String path, ControllerListing.Entry entry, SyncContents.Entry now) {
    return switch (entry.kind()) {
      case DIRECTORY -> true;
      case LINK -> entry.target().equals(host.targets().get(path));
      case FILE ->
          entry.content().length() == now.size()
              && (plan.options().sizeOnly()
                  || (plan.options().checksum() || !plan.options().times()
                      ? entry
                          .sum()
                          .get()
                          .equals(
                              host.sums()
                                  .get(
                                      plan.single().isEmpty()
                                          ? path
                                          : plan.root() + "/" + plan.single()))
                      : entry.mtime() == now.mtime()));
    };
  }

  /** Something of another kind is in the way. */
  private void conflict(String path, SyncContents.Entry other) {
    boolean filled =
        other.directory()
            && host.entries().keySet().stream().anyMatch(name -> name.startsWith(path + "/"));
    if (filled && !plan.want().delete()) {
      throw new Refusal(
          plan.root()
              + "/"
              + path
              + " is a directory with something in it; set delete: true to remove it");
    }
    removed.add(path);
    if (filled) {
      host.entries().keySet().stream()
          .filter(name -> name.startsWith(path + "/"))
          .forEach(removed::add);
    }
  }

  private void properties(String path, ControllerListing.Entry entry, SyncContents.Entry now) {
    if (entry.kind() == ControllerListing.Kind.LINK) {
      return;
    }
    boolean directory = entry.kind() == ControllerListing.Kind.DIRECTORY;
    boolean mode = plan.options().perms() && now.mode() != entry.mode();
    boolean owner = now.uid() != uid(entry) && plan.options().owner() && root();
    boolean group = now.gid() != gid(entry) && plan.options().group() && root();
    boolean time =
        plan.options().times()
            && (!directory || plan.options().directoryTimes())
            && now.mtime() != entry.mtime();
    if (mode || owner || group || time) {
      set.add(
          line(
              mode ? entry.mode() : -1,
              owner || group ? owner ? uid(entry) : now.uid() : -1,
              owner || group ? group ? gid(entry) : now.gid() : -1,
              path.isEmpty() ? "." : "./" + path,
              entry));
      told.add(
          "."
              + (directory ? "d" : "f")
              + ".."
              + (time ? "t" : ".")
              + (mode ? "p" : ".")
              + (owner ? "o" : ".")
              + (group ? "g" : ".")
              + "... "
              + shown(path)
              + (directory ? "/" : ""));
    }
  }

  String line(int mode, long uid, long gid, String path, ControllerListing.Entry entry) {
    boolean directory = entry.kind() == ControllerListing.Kind.DIRECTORY;
    boolean time = plan.options().times() && (!directory || plan.options().directoryTimes());
    return (mode < 0 ? "-" : FileMode.show(mode))
        + " "
        + (uid < 0 || !root() ? "-" : uid + ":" + gid)
        + " "
        + (time ? entry.mtime() : "-")
        + " "
        + path;
  }

  private boolean root() {
    return host.uid() == 0;
  }

  private long uid(ControllerListing.Entry entry) {
    return plan.options().owner() && root()
        ? id(entry.owner(), plan.options().asOwner(), host.owners())
        : host.uid();
  }

  private long gid(ControllerListing.Entry entry) {
    return plan.options().group() && root()
        ? id(entry.group(), plan.options().asGroup(), host.groups())
        : host.gid();
  }

  /** Names count where the host knows them, then numbers, as with rsync. */
  private static long id(
      ControllerListing.Account account, Optional<String> same, Map<String, Long> known) {
    if (same.isEmpty()) {
      return known.getOrDefault(account.name(), account.id());
    }
    Long id = known.get(same.get());
    if (id == null && !same.get().matches("\\d+")) {
      throw new Refusal("--chown: the host knows nobody called '" + same.get() + "'");
    }
    return id == null ? Long.parseLong(same.get()) : id;
  }

  private String shown(String path) {
    String both = plan.shown() + (plan.shown().isEmpty() || path.isEmpty() ? "" : "/") + path;
    return both.isEmpty() ? "." : both;
  }

  /** What only the host has; a directory stays when something in it is left out. */
  private void surplus() {
    Set<String> kept = new HashSet<>();
    host.entries()
        .forEach(
            (path, entry) -> {
              boolean stays =
                  wanted.containsKey(path)
                      || !plan.options().deleteExcluded()
                          && plan.options().filter().leavesOut(path, entry.directory());
              for (String above = path; stays && !above.isEmpty(); above = parent(above)) {
                kept.add(above);
              }
            });
    for (String path : host.entries().keySet()) {
      if (!path.isEmpty() && !kept.contains(path) && !removed.contains(path)) {
        removed.add(path);
        told.add("*deleting   " + shown(path) + (host.entries().get(path).directory() ? "/" : ""));
      }
    }
  }
}
