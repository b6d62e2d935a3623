package dev.hearth.module.files;

import dev.hearth.module.Refusal;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What {@code synchronize} was told about, its parameters and the options of rsync's together.
 *
 * @param owner whether owners are taken over
 * @param group whether groups are taken over
 * @param perms whether permissions are taken over
 * @param times whether times are taken over
 * @param directoryTimes whether those of directories are
 * @param links whether links are
 * @param checksum whether contents are compared, not size and time
 * @param numeric whether numbers count, not names
 * @param deleteExcluded whether what is left out is removed as well
 * @param asOwner the owner of everything
 * @param asGroup the group of everything
 * @param ignoreExisting whether files that are there stay as they are
 * @param olderOnly whether files that are newer there stay as they are
 * @param sizeOnly whether files of the same size are the same
 * @param chmod changes of permissions on the way
 * @param filter what is left out
 */
record SyncOptions(
    boolean owner,
    boolean group,
    boolean perms,
    boolean times,
    boolean directoryTimes,
    boolean links,
    boolean checksum,
    boolean numeric,
    boolean deleteExcluded,
    Optional<String> asOwner,
    Optional<String> asGroup,
    boolean ignoreExisting,
    boolean olderOnly,
    boolean sizeOnly,
    SyncChmod chmod,
    SyncFilter filter) {

  /** They change what is printed, or how data travels; here nothing of that happens. */
  private static final List<String> WITHOUT_MEANING =
      List.of(
          "-v",
          "-vv",
          "-q",
          "-h",
          "-z",
          "-P",
          "-W",
          "--verbose",
          "--quiet",
          "--progress",
          "--stats",
          "--human-readable",
          "--compress",
          "--partial",
          "--whole-file",
          "--no-whole-file",
          "--inplace",
          "--no-motd",
          "--delay-updates",
          "--blocking-io",
          "--itemize-changes",
          "-i",
          "--no-compress",
          "--force",
          "-s",
          "--protect-args",
          "--secluded-args",
          "--mkpath");

  static SyncOptions of(Synchronize.Args want) {
    Building options = new Building(want);
    Iterator<String> words = want.rsyncOpts().iterator();
    while (words.hasNext()) {
      options.word(words.next().strip(), words);
    }
    return options.done();
  }

  /** What was understood so far. */
  private static final class Building {
    private final SyncFilter filter = new SyncFilter();
    private final Synchronize.Args want;
    private boolean owner;
    private boolean group;
    private boolean perms;
    private boolean times;
    private boolean directoryTimes = true;
    private boolean links;
    private boolean checksum;
    private boolean numeric;
    private boolean deleteExcluded;
    private boolean ignoreExisting;
    private boolean olderOnly;
    private boolean sizeOnly;
    private SyncChmod chmod = SyncChmod.NONE;
    private Optional<String> asOwner = Optional.empty();
    private Optional<String> asGroup = Optional.empty();

    Building(Synchronize.Args want) {
      this.want = want;
      owner = want.owner().orElse(want.archive());
      group = want.group().orElse(want.archive());
      perms = want.perms().orElse(want.archive());
      times = want.times().orElse(want.archive());
      links = want.links().orElse(want.archive());
      checksum = want.checksum();
    }

    void word(String word, Iterator<String> others) {
      int equals = word.indexOf('=');
      int space = word.indexOf(' ');
      int end = equals > 0 ? equals : space > 0 ? space : word.length();
      String name = word.substring(0, end);
      switch (name) {
        case "--exclude", "--include" ->
            filter.add(
                name.equals("--exclude"),
                unquoted(end < word.length() ? word.substring(end + 1) : next(name, others)));
        case "--chown" -> chown(end < word.length() ? word.substring(end + 1) : next(name, others));
        case "--chmod" ->
            chmod = chmod.with(end < word.length() ? word.substring(end + 1) : next(name, others));
        case "--ignore-existing" -> ignoreExisting = true;
        case "--update", "-u" -> olderOnly = true;
        case "--size-only" -> sizeOnly = true;
        case "--delete-excluded" -> deleteExcluded = true;
        case "--numeric-ids" -> numeric = true;
        case "--omit-dir-times", "-O" -> directoryTimes = false;
        case "--no-owner", "--no-o" -> owner = false;
        case "--no-group", "--no-g" -> group = false;
        case "--no-perms", "--no-p" -> perms = false;
        case "--no-times", "--no-t" -> times = false;
        case "--no-links", "--no-l" -> links = false;
        case "--owner", "-o" -> owner = true;
        case "--group", "-g" -> group = true;
        case "--perms", "-p" -> perms = true;
        case "--times", "-t" -> times = true;
        case "--links", "-l" -> links = true;
        case "--checksum", "-c" -> checksum = true;
        case "-a", "--archive", "-r", "--recursive", "--delete" -> {
          boolean same = name.contains("del") ? want.delete() : want.archive();
          if (!same) {
            throw new Refusal(name + " in rsync_opts; use the parameter of synchronize for it");
          }
        }
        default -> {
          if (!WITHOUT_MEANING.contains(name) && !name.equals("--info") && !name.isEmpty()) {
            throw new Refusal(
                "rsync_opts: Hearth sends the files itself and has no option '"
                    + name
                    + "'; of rsync's it knows --exclude, --include, --chown, --chmod,"
                    + " --ignore-existing, --update, --size-only, --delete-excluded,"
                    + " --numeric-ids, --omit-dir-times and --no-owner, -group, -perms, -times,"
                    + " -links");
          }
        }
      }
    }

    private static String next(String name, Iterator<String> others) {
      if (!others.hasNext()) {
        throw new Refusal("rsync_opts: nothing stands behind " + name);
      }
      return others.next();
    }

    private static String unquoted(String text) {
      boolean quoted =
          text.length() > 1
              && (text.startsWith("'") && text.endsWith("'")
                  || text.startsWith("\"") && text.endsWith("\""));
      return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private void chown(String text) {
      int colon = text.indexOf(':');
      String user = colon < 0 ? text : text.substring(0, colon);
      String its = colon < 0 ? "" : text.substring(colon + 1);
      asOwner = Optional.of(user).filter(name -> !name.isEmpty());
      asGroup = Optional.of(its).filter(name -> !name.isEmpty());
      owner |= asOwner.isPresent();
      group |= asGroup.isPresent();
    }

    SyncOptions done() {
      return new SyncOptions(
          owner,
          group,
          perms,
          times,
          directoryTimes,
          links,
          checksum,
          numeric,
          deleteExcluded,
          asOwner,
          asGroup,
          ignoreExisting,
          olderOnly,
          sizeOnly,
          chmod,
          filter);
    }
  }
}
