package dev.hearth.module.files;

import dev.hearth.fact.Fact;
import dev.hearth.fact.UnreadableFact;
import dev.hearth.shell.Outcome;
import dev.hearth.shell.Payload;
import dev.hearth.shell.Script;
import dev.hearth.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that is below a directory of the host, and who is who there.
 *
 * @param root the directory, or a file
 * @param sums files below it whose SHA-1 is wanted
 * @param owners names whose numbers are wanted
 * @param groups names whose numbers are wanted
 */
record SyncContents(String root, List<String> sums, List<String> owners, List<String> groups)
    implements Fact<SyncContents.Listing> {

  private static final String PROBE =
      """
      root=$1 owners=$2
      shift 2
      printf 'user %s %s %s\\n' "$(id -u)" "$(umask)" "$(id -g)"
      for name do
        if [ "$owners" -gt 0 ]; then
          owners=$((owners - 1))
          ! id=$(id -u -- "$name" 2>/dev/null) || printf 'owner %s %s\\n' "$id" "$name"
        else
          if command -v getent >/dev/null 2>&1; then
            id=$(getent group "$name" | cut -d: -f3)
          else
            id=$(awk -F: -v name="$name" '$1 == name { print $3 }' /etc/group)
          fi
          [ -z "$id" ] || printf 'group %s %s\\n' "$id" "$name"
        fi
      done
      if [ -d "$root" ]; then
        cd -- "$root" || exit
      elif [ -e "$root" ] || [ -L "$root" ]; then
        stat -c 'file %f %Y %s %u %g %n' -- "$root" || exit
        [ -z "$(cat)" ] || [ ! -f "$root" ] || sha1sum -- "$root"
        exit
      else
        exit 0
      fi
      find . -exec stat -c 'stat %f %Y %s %u %g %n' -- {} + || exit
      find . -type l -exec sh -c 'for l; do printf "link %s\\nto %s\\n" "$l" "$(readlink "$l")"; done' sh {} +
      list=$(cat)
      [ -z "$list" ] || printf '%s\\n' "$list" | tr '\\n' '\\0' | xargs -0 sha1sum -- 2>/dev/null
      :
      """;

  /** Keeps its own copies. */
  SyncContents {
    sums = List.copyOf(sums);
    owners = List.copyOf(owners);
    groups = List.copyOf(groups);
  }

  /**
   * An entry of the host.
   *
   * @param format type and permissions as the kernel keeps them
   * @param mtime last modification, seconds since 1970
   * @param size in bytes
   * @param uid number of the owner
   * @param gid number of the group
   */
  record Entry(int format, long mtime, long size, long uid, long gid) {

    boolean directory() {
      return (format & 0170000) == 0040000;
    }

    boolean file() {
      return (format & 0170000) == 0100000;
    }

    int mode() {
      return format & 07777;
    }
  }

  /**
   * The answer.
   *
   * @param uid of the user
   * @param umask of the user
   * @param gid of the user's first group
   * @param owners numbers by name
   * @param groups numbers by name
   * @param rootIsFile whether the root is there and no directory
   * @param entries by path, the root with an empty one
   * @param targets of links, by path
   * @param sums SHA-1 by path
   */
  record Listing(
      long uid,
      int umask,
      long gid,
      Map<String, Long> owners,
      Map<String, Long> groups,
      boolean rootIsFile,
      Map<String, Entry> entries,
      Map<String, String> targets,
      Map<String, String> sums) {

    Optional<Entry> at(String path) {
      return Optional.ofNullable(entries.get(path));
    }
  }

  @Override
  public String key() {
    return "everything below " + root;
  }

  @Override
  public Script probe() {
    List<String> words = new ArrayList<>();
    words.add(root);
    words.add(Integer.toString(owners.size()));
    words.addAll(owners);
    words.addAll(groups);
    return Script.of(PROBE, words.toArray(String[]::new))
        .reading(
            sums.isEmpty()
                ? Payload.none()
                : Payload.of(Value.text(String.join("\n", sums) + "\n")));
  }

  @Override
  public Listing parse(Outcome.Exited answer) {
    if (!answer.ok()) {
      throw new UnreadableFact("cannot look below " + root + ": " + answer.err().strip());
    }
    Reading reading = new Reading();
    try {
      answer.out().lines().forEach(reading::line);
    } catch (NumberFormatException | IndexOutOfBoundsException unexpected) {
      throw new UnreadableFact("the host described " + root + " in a way that is not understood");
    }
    return reading.done();
  }

  /** What was read so far. */
  private static final class Reading {
    private final Map<String, Long> owners = new HashMap<>();
    private final Map<String, Long> groups = new HashMap<>();
    private final Map<String, Entry> entries = new TreeMap<>();
    private final Map<String, String> targets = new HashMap<>();
    private final Map<String, String> sums = new HashMap<>();
    private long uid;
    private int umask;
    private long gid;
    private boolean file;
    private String link = "";

    void line(String line) {
      String[] words = line.split(" ", 7);
      switch (words[0]) {
        case "user" -> {
          uid = Long.parseLong(words[1]);
          umask = Integer.parseInt(words[2], 8);
          gid = Long.parseLong(words[3]);
        }
        case "owner" -> owners.put(line.split(" ", 3)[2], Long.parseLong(words[1]));
        case "group" -> groups.put(line.split(" ", 3)[2], Long.parseLong(words[1]));
        case "file", "stat" -> {
          file |= words[0].equals("file");
          entries.put(file ? "" : relative(words[6]), entry(words));
        }
        case "link" -> link = relative(line.substring("link ".length()));
        case "to" -> targets.put(link, line.substring("to ".length()));
        default -> {
          boolean escaped = line.startsWith("\\");
          String path = line.substring(escaped ? 43 : 42);
          sums.put(
              escaped ? path.replace("\\\\", "\\") : path,
              line.substring(escaped ? 1 : 0, escaped ? 41 : 40));
        }
      }
    }

    private static String relative(String path) {
      return path.equals(".") ? "" : path.substring("./".length());
    }

    private static Entry entry(String[] words) {
      return new Entry(
          Integer.parseInt(words[1], 16),
          Long.parseLong(words[2]),
          Long.parseLong(words[3]),
          Long.parseLong(words[4]),
          Long.parseLong(words[5]));
    }

    Listing done() {
      return new Listing(uid, umask, gid, owners, groups, file, entries, targets, sums);
    }
  }
}
